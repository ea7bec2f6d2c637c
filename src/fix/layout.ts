import type { Span } from '../source/types.js';

/** The offset of the first character of the line that `offset` lies in; a byte order mark is not part of a line. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** The offset of the line break (or the end of the text) that ends the line which `offset` lies in. */
export function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  if (feed < 0) return text.length;
  return feed > offset && text[feed - 1] === '\r' ? feed - 1 : feed;
}

/** The offset behind the line break that ends the line; the end of the text on the last line. */
export function nextLine(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  return feed < 0 ? text.length : feed + 1;
}

/** What stands on the line before `offset`. */
export function before(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), offset);
}

/** What stands on the line from `offset` on, without the line break. */
export function after(text: string, offset: number): string {
  return text.slice(offset, lineEnd(text, offset));
}

export function isBlank(text: string): boolean {
  return /^[ \t]*$/.test(text);
}

/** The white space that the line begins with. */
export function indentOf(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start, lineEnd(text, start)))?.[0] ?? '';
}

/** The line break in use around `offset`: that of its line, else of the line before; `\n` in a text of one line. */
export function lineBreakAt(text: string, offset: number): string {
  const next = text.indexOf('\n', offset);
  const feed = next < 0 ? text.lastIndexOf('\n') : next;
  return feed > 0 && text[feed - 1] === '\r' ? '\r\n' : '\n';
}

/**
 * The span that takes out the whole lines from `start` to `end`. On the last line of a text that ends without a line
 * break, the break before goes instead of the one after, so that the text still ends without one.
 */
export function wholeLines(text: string, { start, end }: Span): Span {
  const from = lineStart(text, start);
  const to = nextLine(text, end);
  if (to > lineEnd(text, end) || from === lineStart(text, 0)) return { start: from, end: to };
  const breakLength = text[from - 2] === '\r' ? 2 : 1;
  return { start: from - breakLength, end: to };
}
