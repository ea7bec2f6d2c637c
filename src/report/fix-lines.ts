import { editText, inOrder, offsetsOf, overlapping, type SpanEdit } from '../fix/spans.js';
import type { Fix, TextEdit } from '../lint/result.js';
import { withFixedMasks } from './fixed-mask.js';
import { neutralise } from './neutralise.js';

/** More lines than this are no longer read at a glance. */
const MOST_LINES = 12;
/** A longer line is no line that somebody wrote, such as that of a JSON file without line breaks. */
const MOST_CHARACTERS = 200;

/** The ends of a line are looked for so far, and no farther: it would not be shown. */
const FARTHEST = 10 * MOST_CHARACTERS;

const LINE_BREAK = /\r\n|\n|\r/;

/**
 * The lines that a fix takes away and writes, as in a diff: `- ` or `+ ` before the line with its indentation, `…`
 * between places that are apart and where lines are left out. Lines of a file other than `file` stand below its name.
 *
 * @param file the file that the reader is already at
 * @param textOf the text of a file with its secrets masked at equal length; undefined when it cannot be shown
 * @returns lines that are safe to print; undefined where the fix cannot be shown as lines, and its title has to do
 */
export function fixLines(
  fix: Fix,
  file: string,
  textOf: (file: string) => string | undefined,
): readonly string[] | undefined {
  const lines: string[] = [];
  for (const name of new Set(fix.edits.map((edit) => edit.file))) {
    const text = textOf(name);
    const changed =
      text &&
      changedLines(
        text,
        fix.edits.filter((edit) => edit.file === name),
      );
    if (!changed) return undefined;
    if (name !== file) lines.push(`in ${neutralise(name)}:`);
    else if (lines.length > 0) lines.push('…');
    lines.push(...changed.map(withFixedMasks));
  }
  if (lines.length === 0 || lines.some((line) => line.length > MOST_CHARACTERS)) return undefined;
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES - 1), '…'] : lines;
}

/** Undefined when the edits do not fit each other, or leave every line as it is. */
function changedLines(text: string, edits: readonly TextEdit[]): readonly string[] | undefined {
  const offsetOf = offsetsOf(text);
  const spanEdits = edits.map(({ range, text: written }) => ({
    span: { start: offsetOf(range.start), end: offsetOf(range.end) },
    text: written,
  }));
  if (overlapping(spanEdits)) return undefined;
  const places = stretches(text, inOrder(spanEdits))?.map((stretch) => difference(text, stretch));
  if (places === undefined) return undefined;
  const lines = places
    .filter((place) => place.length > 0)
    .flatMap((place, index) => [...(index > 0 ? ['…'] : []), ...place]);
  return lines.length === 0 ? undefined : lines;
}

/** Whole lines, without the last line break, and the edits that lie in them. */
interface Stretch {
  readonly start: number;
  end: number;
  readonly edits: SpanEdit[];
}

/** Edits that touch the same line are shown together; undefined where one lies in a line that is too long for that. */
function stretches(text: string, edits: readonly SpanEdit[]): readonly Stretch[] | undefined {
  const found: Stretch[] = [];
  for (const edit of edits) {
    const start = lineStart(text, edit.span.start);
    const end = lineEnd(text, edit.span.end);
    if (start === undefined || end === undefined) return undefined;
    const last = found.at(-1);
    if (last !== undefined && start <= last.end) {
      last.edits.push(edit);
      last.end = Math.max(last.end, end);
    } else found.push({ start, end, edits: [edit] });
  }
  return found;
}

function lineStart(text: string, offset: number): number | undefined {
  let start = offset;
  while (start > 0 && !'\r\n\uFEFF'.includes(text.charAt(start - 1))) {
    if (offset - start > FARTHEST) return undefined;
    start -= 1;
  }
  return start;
}

function lineEnd(text: string, offset: number): number | undefined {
  let end = offset;
  while (end < text.length && !'\r\n'.includes(text.charAt(end))) {
    if (end - offset > FARTHEST) return undefined;
    end += 1;
  }
  return end;
}

function difference(text: string, { start, end, edits }: Stretch): readonly string[] {
  const here = edits.map(({ span, text: written }) => ({
    span: { start: span.start - start, end: span.end - start },
    text: written,
  }));
  const stretch = text.slice(start, end);
  const before = stretch.split(LINE_BREAK);
  const after = editText(stretch, here).split(LINE_BREAK);
  // A line that an edit begins inside of is the one that changes, though the last line written may be like it was.
  const first = before[0] !== after[0] && (here[0]?.span.start ?? 0) > 0 ? 1 : 0;
  while (before.length > 0 && before[0] === after[0]) {
    before.shift();
    after.shift();
  }
  while (before.length > first && before.at(-1) === after.at(-1)) {
    before.pop();
    after.pop();
  }
  return [...before.map((line) => signed('-', line)), ...after.map((line) => signed('+', line))];
}

/** A tab would stand as its code: two spaces show the indentation. */
function signed(sign: '-' | '+', line: string): string {
  return `${sign} ${neutralise(line.replaceAll('\t', '  '))}`.trimEnd();
}
