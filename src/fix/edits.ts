/*
 * Changes to a template's value as edits of its text. This room is needed only when there is something to fix: import
 * it dynamically, because it loads positioned parsers of both formats.
 */
import { parseJson } from '../source/json.js';
import type { Path, Source } from '../source/types.js';
import { parseYaml } from '../source/yaml.js';
import type { Change } from './change.js';
import type { Editor } from './editor.js';
import { jsonEditor } from './json-edits.js';
import { changeValue, rebase, sameValue, startsWith, valueAt } from './plain-value.js';
import { Revision } from './revision.js';
import { editText, inOrder, overlapping, type SpanEdit } from './spans.js';
import { yamlEditor } from './yaml-edits.js';

export type { SpanEdit } from './spans.js';

/** The editor of each source that was asked for: a template can have many fixes. */
const editors = new WeakMap<Source, Editor>();

/**
 * So many characters of a source are read again to check its fixes, beside each once: thousands of fixes in one large
 * resource would each read it anew. What is past it gets no fix; the findings stay. YAML takes about six times as long
 * to read with its places as JSON does; fixes are not written into programs.
 */
export const MOST_READ_AGAIN: Readonly<Record<Source['format'], number>> = {
  json: 8_000_000,
  yaml: 1_500_000,
  python: 0,
};
const readAgain = new WeakMap<Source, number>();

function isPastReadAgain(source: Source): boolean {
  const most = MOST_READ_AGAIN[source.format] + source.text.length;
  return (readAgain.get(source) ?? 0) > most;
}

/**
 * Turns the changes of one fix into edits of the source's text, in order and without overlaps. They keep the file's
 * way of writing (indentation, quotes, line breaks) and every other byte.
 *
 * Undefined when the changes do not fit the template or cannot be written safely: the text with the edits is read
 * again, and must have exactly the value that the changes describe. So there is no fix rather than a wrong one.
 */
export function toTextEdits(source: Source, changes: readonly Change[]): readonly SpanEdit[] | undefined {
  const editor = editors.get(source) ?? editorOf(source);
  editors.set(source, editor);
  const all = withEchoes(source, editor, changes);
  if (changes.length === 0 || all === undefined) return undefined;

  const edits = sideBySide(editor, changes);
  if (edits !== undefined && isRight(source, editor, all, edits)) return edits;
  if (changes.length === 1) return undefined;
  const joined = oneByOne(source, changes);
  return joined !== undefined && isRight(source, editor, all, joined) ? joined : undefined;
}

/** The changes and what comes with them elsewhere; undefined when that would be wrong. */
function withEchoes(
  source: Source,
  editor: Editor,
  changes: readonly Change[],
): readonly Change[] | undefined {
  const all: Change[] = [];
  for (const change of changes) {
    const echoes = editor.echoes(source.value, change);
    if (echoes === undefined) return undefined;
    all.push(change, ...echoes);
  }
  return rebased(all);
}

/** The edits of all changes on the text as it stands; undefined when they get in each other's way. */
function sideBySide(editor: Editor, changes: readonly Change[]): readonly SpanEdit[] | undefined {
  const edits: SpanEdit[] = [];
  for (const change of changes) {
    const own = editor.edit(change);
    if (own === undefined) return undefined;
    edits.push(...own);
  }
  return overlapping(edits) ? undefined : inOrder(edits);
}

/** The edits of one change after the other: slower, but for changes that share a comma or empty a map together. */
function oneByOne(source: Source, changes: readonly Change[]): readonly SpanEdit[] | undefined {
  const revision = new Revision(source.text);
  let current: Source | undefined = source;
  for (const change of rebased(changes) ?? []) {
    const edits: readonly SpanEdit[] | undefined = current && editorOf(current).edit(change);
    if (edits === undefined || overlapping(edits)) return undefined;
    revision.apply(edits);
    current = readText(source, revision.text);
  }
  return revision.edits();
}

/** The changes with their paths as they are once the changes before them are made. */
function rebased(changes: readonly Change[]): readonly Change[] | undefined {
  const done: Change[] = [];
  for (const change of changes) {
    let { path } = change;
    for (const earlier of done) {
      const moved = rebase(path, earlier);
      if (moved === undefined) return undefined;
      path = moved;
    }
    done.push({ ...change, path });
  }
  return done;
}

function editorOf(source: Source): Editor {
  return source.format === 'json' ? jsonEditor(source) : yamlEditor(source.text);
}

/** Whether the text with the edits has the value that the changes describe. Reads only the resource where it can. */
function isRight(
  source: Source,
  editor: Editor,
  changes: readonly Change[],
  edits: readonly SpanEdit[],
): boolean {
  const scope = scopeOf(changes);
  return isPartRight(source, editor, changes, edits, scope) || isWholeRight(source, changes, edits);
}

function isWholeRight(source: Source, changes: readonly Change[], edits: readonly SpanEdit[]): boolean {
  if (isPastReadAgain(source)) return false;
  const expected = valueAfter(source.value, changes, []);
  const read = expected && readText(source, editText(source.text, edits));
  return expected !== undefined && read !== undefined && sameValue(read.value, expected.value);
}

function isPartRight(
  source: Source,
  editor: Editor,
  changes: readonly Change[],
  edits: readonly SpanEdit[],
  scope: Path,
): boolean {
  const part = scope.length === 0 ? undefined : editor.part(scope);
  if (isPastReadAgain(source)) return false;
  const current = part && valueAt(source.value, scope);
  const expected = current && valueAfter(current.value, changes, scope);
  if (part === undefined || expected === undefined) return false;
  const { span, editable, pick } = part;
  if (edits.some((edit) => edit.span.start < editable || edit.span.end > span.end)) return false;
  const moved = edits.map((edit) => ({
    span: { start: edit.span.start - span.start, end: edit.span.end - span.start },
    text: edit.text,
  }));
  const text = editText(source.text.slice(span.start, span.end), moved);
  // What follows must begin on a new line, as before.
  const isJoined = source.format === 'yaml' && span.end < source.text.length && !text.endsWith('\n');
  const read = isJoined ? undefined : readText(source, text);
  return read !== undefined && sameValue(pick(read.value), expected.value);
}

/** The path that all changes stay below, and that itself stays: a resource, a section, or the whole. */
function scopeOf(changes: readonly Change[]): Path {
  const places = changes.map(({ kind, path }) => (kind === 'insert' ? path : path.slice(0, -1)));
  const [first = []] = places;
  let length = Math.min(2, first.length);
  while (!places.every((place) => startsWith(place, first.slice(0, length)))) length--;
  return first.slice(0, length);
}

/** The value at `scope` after changes below it, which follow one on the other. */
function valueAfter(
  before: unknown,
  changes: readonly Change[],
  scope: Path,
): { readonly value: unknown } | undefined {
  let value: { readonly value: unknown } | undefined = { value: before };
  for (const change of changes) {
    value = value && changeValue(value.value, { ...change, path: change.path.slice(scope.length) });
  }
  return value;
}

function readText(source: Source, text: string): Source | undefined {
  const { file, format } = source;
  readAgain.set(source, (readAgain.get(source) ?? 0) + text.length);
  if (isPastReadAgain(source)) return undefined;
  const parsed = format === 'json' ? parseJson(file, text) : parseYaml(file, text);
  return parsed.ok ? parsed.source : undefined;
}
