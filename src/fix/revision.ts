import type { Span } from '../source/types.js';
import { editText, inOrder, type SpanEdit } from './spans.js';

/** A stretch of the original text that stayed, or text that was put in. */
type Piece = Span | string;

/** A text that is edited again and again, and knows in the end what became of the original. */
export class Revision {
  private current: string;
  private readonly length: number;
  private pieces: readonly Piece[];

  constructor(original: string) {
    this.current = original;
    this.length = original.length;
    this.pieces = [{ start: 0, end: original.length }];
  }

  get text(): string {
    return this.current;
  }

  /** Makes edits of the text as it stands now. They must not overlap. */
  apply(edits: readonly SpanEdit[]): void {
    const pieces: Piece[] = [];
    let done = 0;
    for (const { span, text } of inOrder(edits)) {
      pieces.push(...cut(this.pieces, done, span.start), text);
      done = span.end;
    }
    pieces.push(...cut(this.pieces, done, this.current.length));
    this.pieces = pieces;
    this.current = editText(this.current, edits);
  }

  /** All that was done, as edits of the original: each changes one stretch, and none holds text that stayed. */
  edits(): readonly SpanEdit[] {
    const edits: SpanEdit[] = [];
    let done = 0;
    let text = '';
    for (const piece of [...this.pieces, { start: this.length, end: this.length }]) {
      if (typeof piece === 'string') {
        text += piece;
        continue;
      }
      if (text !== '' || piece.start > done) edits.push({ span: { start: done, end: piece.start }, text });
      done = piece.end;
      text = '';
    }
    return edits;
  }
}

/** The pieces of the text from `start` to `end`. */
function cut(pieces: readonly Piece[], start: number, end: number): readonly Piece[] {
  const found: Piece[] = [];
  let offset = 0;
  for (const piece of pieces) {
    const length = typeof piece === 'string' ? piece.length : piece.end - piece.start;
    const from = Math.max(0, start - offset);
    const to = Math.min(length, end - offset);
    if (from < to) {
      found.push(
        typeof piece === 'string'
          ? piece.slice(from, to)
          : { start: piece.start + from, end: piece.start + to },
      );
    }
    offset += length;
  }
  return found;
}
