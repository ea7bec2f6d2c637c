import type { Position, Range, Span } from './types.js';

export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Turns offsets into lines and columns. A line ends with LF, CRLF or a lone CR, as in the Language Server Protocol,
 * so that editors agree with what is printed.
 */
export class LineIndex {
  private readonly text: string;
  private lineStarts: number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /**
   * The position of a 0-based UTF-16 offset; one outside the text is taken as its nearest end. A byte order mark at
   * the beginning takes no column.
   */
  position(offset: number): Position {
    const starts = this.starts();
    const place = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    const column = place - (starts[low] ?? 0) + 1;
    const marked = low === 0 && column > 1 && this.text.startsWith(BYTE_ORDER_MARK);
    return { line: low + 1, column: marked ? column - 1 : column };
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }

  /** The offsets at which the lines begin: at least one, ascending. */
  starts(): readonly number[] {
    this.lineStarts ??= lineStarts(this.text);
    return this.lineStarts;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
    return starts;
  }
  for (const ending of text.matchAll(/\r\n?|\n/g)) starts.push(ending.index + ending[0].length);
  return starts;
}

/** The offset of the first character that is neither white space nor a byte order mark; the length if none is. */
export function firstCharacter(text: string): number {
  const from = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const skipped = /[^ \t\r\n]/g;
  skipped.lastIndex = from;
  return skipped.exec(text)?.index ?? text.length;
}
