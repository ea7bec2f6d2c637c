import { firstFrom } from '../plain/first-from.js';
import { type Cell, toCells } from './display-width.js';
import { fixedMasks } from './fixed-mask.js';

/** One source line as it is printed: whole, or cut around the stretch that matters. */
export interface LineView {
  readonly text: string;
  /** The 0-based terminal column in `text` of a 0-based UTF-16 offset in the line; the nearest one where it is cut off. */
  readonly column: (offset: number) => number;
}

/** A stretch of one line: 0-based UTF-16 offsets, the end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const ELLIPSIS = '…';

/**
 * Fits a line into `available` columns so that the start of `focus` can be seen, with dots where something is cut.
 *
 * Only the neighbourhood of `focus` is looked at: a minified template is one line of a megabyte.
 */
export function viewLine(line: string, focus: Stretch, available: number): LineView {
  const from = Math.max(0, focus.start - 2 * available);
  const to = Math.min(line.length, focus.start + 3 * available);
  const cells = fixedMasks(toCells(line.slice(from, to), from));
  const ends = columnsAfter(cells);
  const whole = ends.at(-1) ?? 0;
  if (from === 0 && to === line.length && whole <= available)
    return show(cells, ends, 0, cells.length, false, false);

  const first = firstShown(cells, ends, focus, available, from > 0);
  const cutLeft = from > 0 || first > 0;
  const room = available - (cutLeft ? 1 : 0);
  const before = ends[first - 1] ?? 0;
  if (to === line.length && whole - before <= room)
    return show(cells, ends, first, cells.length, cutLeft, false);
  let last = first;
  while (last < cells.length && (ends[last] ?? 0) - before <= room - 1) last++;
  return show(cells, ends, first, last, cutLeft, true);
}

/** The index of the first cell to show: 0 where the focus fits from there, else one that centres it. */
function firstShown(
  cells: readonly Cell[],
  ends: readonly number[],
  focus: Stretch,
  available: number,
  cutLeft: boolean,
): number {
  const focusFirst = cellAt(cells, focus.start);
  const focusLast = cellAt(cells, Math.max(focus.start + 1, focus.end));
  const startColumn = ends[focusFirst - 1] ?? 0;
  const endColumn = ends[focusLast - 1] ?? startColumn;
  if (!cutLeft && endColumn <= available - 1) return 0;
  const lead = Math.max(0, Math.floor((available - 2 - (endColumn - startColumn)) / 2));
  let first = focusFirst;
  while (first > 0 && startColumn - (ends[first - 2] ?? 0) <= lead) first--;
  return first;
}

function show(
  cells: readonly Cell[],
  ends: readonly number[],
  first: number,
  last: number,
  cutLeft: boolean,
  cutRight: boolean,
): LineView {
  const shift = (cutLeft ? 1 : 0) - (ends[first - 1] ?? 0);
  const text = cells
    .slice(first, last)
    .map((cell) => cell.text)
    .join('');
  return {
    text: (cutLeft ? ELLIPSIS : '') + text + (cutRight ? ELLIPSIS : ''),
    column: (offset) => (ends[Math.min(last, Math.max(first, cellAt(cells, offset))) - 1] ?? 0) + shift,
  };
}

/** The column after each cell, counted from the first one. */
function columnsAfter(cells: readonly Cell[]): number[] {
  let column = 0;
  return cells.map((cell) => {
    column += cell.width;
    return column;
  });
}

/** The index of the first cell at or after an offset. */
function cellAt(cells: readonly Cell[], offset: number): number {
  return firstFrom(cells, offset, ({ index }) => index);
}
