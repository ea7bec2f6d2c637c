import { firstFrom } from '../plain/first-from.js';
import { memoizeLast } from '../plain/memoize.js';
import type { Span } from '../source/types.js';

const BLANKS = /[ \t]*/y;

/**
 * Where the line feeds of a text are, ascending. A hostile text is one line of a megabyte with thousands of fixes: each
 * of them finds its line without going through that line.
 */
const feedsOf = memoizeLast((text): readonly number[] => {
  const feeds: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) feeds.push(at);
  return feeds;
});

/** The first line feed at or after an offset, as its place among all; their number if there is none. */
function feedFrom(feeds: readonly number[], offset: number): number {
  return firstFrom(feeds, offset, (feed) => feed);
}

/** The offset of the first character of the line that `offset` lies in; a byte order mark is not part of a line. */
export function lineStart(text: string, offset: number): number {
  const feeds = feedsOf(text);
  const start = (feeds[feedFrom(feeds, offset) - 1] ?? -1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** The offset of the line break (or the end of the text) that ends the line which `offset` lies in. */
export function lineEnd(text: string, offset: number): number {
  const feeds = feedsOf(text);
  const feed = feeds[feedFrom(feeds, offset)];
  if (feed === undefined) return text.length;
  return feed > offset && text[feed - 1] === '\r' ? feed - 1 : feed;
}

/** The offset behind the line break that ends the line; the end of the text on the last line. */
export function nextLine(text: string, offset: number): number {
  const feeds = feedsOf(text);
  const feed = feeds[feedFrom(feeds, offset)];
  return feed === undefined ? text.length : feed + 1;
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
  BLANKS.lastIndex = start;
  return BLANKS.exec(text)?.[0] ?? '';
}

/** The line break in use around `offset`: that of its line, else of the line before; `\n` in a text of one line. */
export function lineBreakAt(text: string, offset: number): string {
  const feeds = feedsOf(text);
  const feed = feeds[feedFrom(feeds, offset)] ?? feeds.at(-1) ?? -1;
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
