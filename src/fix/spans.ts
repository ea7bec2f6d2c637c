import { memoizeLast } from '../plain/memoize.js';
import type { Position, Span } from '../source/types.js';

/** A replacement of a stretch of one text; an empty span inserts. */
export interface SpanEdit {
  readonly span: Span;
  readonly text: string;
}

/** Puts edits in the order they stand in; those at one place keep the order they came in. */
export function inOrder(edits: readonly SpanEdit[]): readonly SpanEdit[] {
  return edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** Whether two of the edits change the same character. Insertions at one place do not. */
export function overlapping(edits: readonly SpanEdit[]): boolean {
  const sorted = inOrder(edits);
  return sorted.some((edit, index) => {
    const before = sorted[index - 1];
    return before !== undefined && edit.span.start < before.span.end;
  });
}

/** The text with all edits done. The edits must not overlap. */
export function editText(text: string, edits: readonly SpanEdit[]): string {
  let result = '';
  let done = 0;
  for (const { span, text: replacement } of inOrder(edits)) {
    result += text.slice(done, span.start) + replacement;
    done = span.end;
  }
  return result + text.slice(done);
}

/** Turns positions of a text (line and column from 1) into 0-based offsets. */
export type OffsetOf = (position: Position) => number;

/** Makes the inverse of `Source.position` for a text: line breaks are `\n`, `\r\n`, `\r`; a byte order mark takes no column. */
export const offsetsOf = memoizeLast((text): OffsetOf => {
  const lineStarts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (const lineBreak of text.matchAll(/\r\n|\n|\r/g))
    lineStarts.push(lineBreak.index + lineBreak[0].length);
  return ({ line, column }) => {
    const start = lineStarts[line - 1] ?? text.length;
    return Math.min(start + column - 1, text.length);
  };
});
