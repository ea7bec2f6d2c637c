import { COLUMNS, CONSUMER_COLUMN } from './columns.js';
import type { PictureEdge } from './picture.js';
import { SIZES } from './sizes.js';
import { fitText, textWidth } from './text.js';
import { edgeLines } from './words.js';

/** Room for the mark in front of a label, and the space around both. */
export const LABEL_MARK = 16;
export const LABEL_PADDING = 6;
/** Between a node and the label of an edge that leaves or reaches it. */
export const LABEL_OFFSET = 8;

/** What is written on an edge, each line cut to fit; empty when nothing is. */
export function labelLines(edge: PictureEdge): readonly string[] {
  return edgeLines(edge).map((line) => fitText(line, SIZES.labelFont, SIZES.labelMaximum));
}

/** How high the box around these lines is; 0 without lines. */
export function labelHeight(lines: readonly string[]): number {
  return lines.length === 0 ? 0 : lines.length * SIZES.labelLine + SIZES.labelPadding;
}

/** Whether an edge's label has a mark before its text. */
export function hasMark(edge: PictureEdge): boolean {
  return edge.status !== 'plain' || edge.lost;
}

/** How wide the box around an edge's label is; 0 without a label. */
export function labelWidth(edge: PictureEdge, lines: readonly string[]): number {
  if (lines.length === 0) return 0;
  const widest = lines.reduce((width, line) => Math.max(width, textWidth(line, SIZES.labelFont)), 0);
  return Math.ceil(widest) + (hasMark(edge) ? LABEL_MARK : 0) + 2 * LABEL_PADDING;
}

/**
 * Whether the label of an edge stands where it ends: a gateway calls many tools, and each says for itself as whom it is
 * called.
 */
export function isLabelledAtEnd(fromColumn: number, toColumn: number): boolean {
  return fromColumn < CONSUMER_COLUMN && toColumn >= CONSUMER_COLUMN;
}

/** The column after which the label of an edge between two columns stands. */
export function gapOf(fromColumn: number, toColumn: number): number {
  if (isLabelledAtEnd(fromColumn, toColumn)) return toColumn - 1;
  return toColumn < fromColumn ? fromColumn - 1 : fromColumn;
}

/** The room that labels take between two columns, by the column before it. */
export class LabelRooms {
  private readonly widths: number[] = COLUMNS.map(() => 0);

  add(gap: number, width: number): void {
    this.widths[gap] = Math.max(this.widths[gap] ?? 0, width);
  }

  /** The room after a column, with that around the labels; 0 where there is none. */
  after(column: number): number {
    const width = this.widths[column] ?? 0;
    return width === 0 ? 0 : width + 2 * LABEL_OFFSET;
  }
}
