/*
 * Path-wise changes as edits of the text. This room is needed only when there is something to fix: import it
 * dynamically, because it loads the positioned parsers of both formats.
 */
import { parseJson } from '../source/json.js';
import type { Source, SourceFormat } from '../source/types.js';
import { parseYaml } from '../source/yaml.js';
import type { Change } from './change.js';
import type { Editor } from './editor.js';
import { jsonEditor } from './json-edits.js';
import { changeValue, rebase, sameValue } from './plain-value.js';
import { editText, inOrder, overlapping, type SpanEdit } from './spans.js';
import { changesThroughAliases } from './yaml-anchors.js';
import { yamlEditor } from './yaml-edits.js';

export type { SpanEdit } from './spans.js';

/** The editor of each source that was asked for: a template can have many fixes. */
const editors = new WeakMap<Source, Editor>();

/**
 * Turns the changes of one fix into edits of the source's text, in order and without overlaps. They keep the file's
 * way of writing (indentation, quotes, line breaks) and every other byte.
 *
 * Undefined when the changes do not fit the template or cannot be written safely: the text with the edits is parsed
 * again, and must have exactly the value that the changes describe. So no fix is ever a wrong one.
 */
export function toTextEdits(source: Source, changes: readonly Change[]): readonly SpanEdit[] | undefined {
  if (changes.length === 0) return undefined;
  const expected = valueAfter(source, changes);
  if (expected === undefined) return undefined;
  const edits = sideBySide(source, changes);
  if (edits !== undefined && reads(source, editText(source.text, edits), expected.value))
    return inOrder(edits);
  if (changes.length === 1) return undefined;
  const text = oneByOne(source, changes);
  return text !== undefined && reads(source, text, expected.value)
    ? [difference(source.text, text)]
    : undefined;
}

/** The value that the template must have in the end. */
function valueAfter(source: Source, changes: readonly Change[]): { readonly value: unknown } | undefined {
  const all: Change[] = [];
  for (const change of changes) {
    const others = source.format === 'yaml' ? changesThroughAliases(source.text, source.value, change) : [];
    if (others === undefined) return undefined;
    all.push(change, ...others);
  }
  let value: { readonly value: unknown } | undefined = source;
  for (const change of rebased(all) ?? [undefined]) {
    value = value && change && changeValue(value.value, change);
  }
  return value && { value: value.value };
}

/** The edits of all changes on the text as it stands; undefined when they get in each other's way. */
function sideBySide(source: Source, changes: readonly Change[]): readonly SpanEdit[] | undefined {
  let editor = editors.get(source);
  if (editor === undefined) {
    editor = editorOf(source.format, source.text);
    editors.set(source, editor);
  }
  const edits: SpanEdit[] = [];
  for (const change of changes) {
    const own = editor(change);
    if (own === undefined) return undefined;
    edits.push(...own);
  }
  return overlapping(edits) ? undefined : edits;
}

/** The text after one change after the other: slower, but for changes that share a comma or empty a map together. */
function oneByOne(source: Source, changes: readonly Change[]): string | undefined {
  let text = source.text;
  for (const change of rebased(changes) ?? [undefined]) {
    const edits = change && editorOf(source.format, text)(change);
    if (edits === undefined || overlapping(edits)) return undefined;
    text = editText(text, edits);
  }
  return text;
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

function editorOf(format: SourceFormat, text: string): Editor {
  return format === 'json' ? jsonEditor(text) : yamlEditor(text);
}

function reads(source: Source, text: string, expected: unknown): boolean {
  const parsed = source.format === 'json' ? parseJson(source.file, text) : parseYaml(source.file, text);
  return parsed.ok && sameValue(parsed.source.value, expected);
}

/** The one edit between two texts, from the first character that differs to the last. */
function difference(before: string, after: string): SpanEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (isInsideCharacter(before, start) || isInsideCharacter(after, start)) start--;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  if (isInsideCharacter(before, before.length - tail) || isInsideCharacter(after, after.length - tail))
    tail--;
  return { span: { start, end: before.length - tail }, text: after.slice(start, after.length - tail) };
}

/** Whether an offset lies between the halves of a surrogate pair or of a CRLF. */
function isInsideCharacter(text: string, offset: number): boolean {
  return /^(?:\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])$/.test(text.slice(offset - 1, offset + 1));
}
