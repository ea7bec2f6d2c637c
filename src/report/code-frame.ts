import type { Range } from '../source/types.js';
import { displayWidth, wrapWithin } from './display-width.js';
import { type LineView, type Stretch, viewLine } from './line-view.js';
import { neutralise } from './neutralise.js';

export type Brush = (text: string) => string;

/** A place to point at. */
export interface Mark {
  readonly range: Range;
  /** What stands beside the pointer; may be empty. */
  readonly label: string;
  /** The place to change; all others explain it. */
  readonly primary: boolean;
  readonly brush: Brush;
}

export interface FrameLayout {
  /** Columns of the terminal. */
  readonly width: number;
  /** Columns for line numbers. */
  readonly numberWidth: number;
  readonly faint: Brush;
}

/** A mark in 1-based lines that exist, with 0-based UTF-16 columns. */
interface Placed {
  readonly mark: Mark;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly start: number;
  readonly end: number;
}

/** Lines above and below the place to change. */
const CONTEXT_LINES = 1;
/** A place of more lines than this is shown by its first and last two. */
const WHOLE_BLOCK_LINES = 6;
/** A label beside its pointer gets at least this many columns, or moves below it. */
const LABEL_COLUMNS = 24;

/**
 * Draws the marked places of one file in the order of its lines, with dots where lines are left out.
 *
 * @param lines the file's lines without their ends, secrets masked already. Control characters may be in them.
 * @returns rows without line feeds and without white space at their ends.
 */
export function codeFrame(lines: readonly string[], marks: readonly Mark[], layout: FrameLayout): string[] {
  const placed = marks.map((mark) => place(lines, mark));
  const blocks = bracketed(placed);
  const pointers = placed.filter((one) => !blocks.includes(one)).map((one) => onFirstLine(lines, one));
  const available = Math.max(16, layout.width - layout.numberWidth - 5 - (blocks.length > 0 ? 2 : 0));

  const rows: string[] = [];
  let previous = 0;
  for (const number of shownLines(placed, lines)) {
    if (previous !== 0 && number > previous + 1) {
      rows.push(row('⋮', undefined, bracketInside(blocks, previous, number), '', layout, blocks));
    }
    previous = number;
    const line = lines[number - 1] ?? '';
    const flag = placed.find((one) => one.mark.primary && number >= one.firstLine && number <= one.lastLine)
      ?.mark.brush;
    const bracket = bracketOn(blocks, number);
    for (const { view, here } of views(line, pointers, number, available)) {
      rows.push(row(String(number), flag, bracket, view.text, layout, blocks));
      const after = bracketInside(blocks, number, number + 1);
      for (const one of here) {
        for (const text of pointerRows(view, one, available))
          rows.push(row('', undefined, after, text, layout, blocks));
      }
    }
    for (const block of blocks.filter((one) => one.lastLine === number)) {
      for (const text of blockLabelRows(block, available))
        rows.push(row('', undefined, '', text, layout, []));
    }
  }
  return rows;
}

/** Moves a mark into the text as it is: a range may end past it, or at the start of the line after it. */
function place(lines: readonly string[], mark: Mark): Placed {
  const { start, end } = mark.range;
  const firstLine = Math.min(Math.max(1, start.line), Math.max(1, lines.length));
  const length = (line: number) => lines[line - 1]?.length ?? 0;
  let lastLine = Math.min(Math.max(firstLine, end.line), Math.max(1, lines.length));
  let last = Math.min(end.column - 1, length(lastLine));
  if (lastLine > firstLine && last <= 0) {
    lastLine--;
    last = length(lastLine);
  }
  return {
    mark,
    firstLine,
    lastLine,
    start: Math.min(Math.max(0, start.column - 1), length(firstLine)),
    end: last,
  };
}

/** The marks of several lines that get a bracket beside the code: those that do not cross, the primary one first. */
function bracketed(placed: readonly Placed[]): Placed[] {
  const blocks: Placed[] = [];
  const byRank = [...placed].sort((a, b) => Number(b.mark.primary) - Number(a.mark.primary));
  for (const one of byRank) {
    const crosses = blocks.some(
      (other) => one.firstLine <= other.lastLine && other.firstLine <= one.lastLine,
    );
    if (one.lastLine > one.firstLine && !crosses) blocks.push(one);
  }
  return blocks;
}

/** A mark without a bracket is shown on its first line alone. */
function onFirstLine(lines: readonly string[], one: Placed): Placed {
  if (one.lastLine === one.firstLine) return one;
  return { ...one, lastLine: one.firstLine, end: lines[one.firstLine - 1]?.length ?? 0 };
}

function shownLines(placed: readonly Placed[], lines: readonly string[]): number[] {
  const shown = new Set<number>();
  const marked = (line: number) => placed.some((one) => line >= one.firstLine && line <= one.lastLine);
  const add = (from: number, to: number) => {
    for (let line = Math.max(1, from); line <= Math.min(lines.length, to); line++) {
      // An empty line explains nothing around a place.
      if (marked(line) || lines[line - 1]?.trim() !== '') shown.add(line);
    }
  };
  for (const { mark, firstLine, lastLine } of placed) {
    const context = mark.primary ? CONTEXT_LINES : 0;
    if (lastLine - firstLine < WHOLE_BLOCK_LINES) {
      add(firstLine - context, lastLine + context);
    } else {
      add(firstLine - context, firstLine + 1);
      add(lastLine - 1, lastLine + context);
    }
  }
  // One line is no longer than the dots that would stand for it.
  for (const line of [...shown]) if (shown.has(line + 2)) shown.add(line + 1);
  return [...shown].sort((a, b) => a - b);
}

/** The views of one line with the marks that each shows: several where they lie too far apart for one. */
function views(
  line: string,
  pointers: readonly Placed[],
  number: number,
  available: number,
): { view: LineView; here: Placed[] }[] {
  const here = pointers.filter((one) => one.firstLine === number).sort((a, b) => a.start - b.start);
  const groups: { focus: Stretch; here: Placed[] }[] = [];
  for (const one of here) {
    const group = groups.at(-1);
    if (group !== undefined && (line.length <= available || one.end - group.focus.start <= available - 2)) {
      group.here.push(one);
      group.focus = { start: group.focus.start, end: Math.max(group.focus.end, one.end) };
    } else {
      groups.push({ focus: one, here: [one] });
    }
  }
  if (groups.length === 0) groups.push({ focus: { start: 0, end: 0 }, here: [] });
  return groups.map((group) => ({
    view: viewLine(line, group.focus, available),
    here: group.here.sort((a, b) => Number(b.mark.primary) - Number(a.mark.primary)),
  }));
}

/** The pointer below a line with its label: beside it where there is room, else below. */
function pointerRows(view: LineView, one: Placed, available: number): string[] {
  const { brush, primary } = one.mark;
  const label = neutralise(one.mark.label);
  const start = Math.min(view.column(one.start), available - 1);
  const width = Math.max(1, view.column(one.end) - start);
  const pointer = ' '.repeat(start) + brush((primary ? '^' : '-').repeat(width));
  if (label === '') return [pointer];

  const beside = start + width + 1;
  const room = available - beside;
  if (displayWidth(label) <= room || room >= LABEL_COLUMNS) {
    const [first = '', ...rest] = wrapWithin(label, room);
    return [`${pointer} ${brush(first)}`, ...rest.map((text) => ' '.repeat(beside) + brush(text))];
  }
  const indent = Math.min(start, Math.max(0, available - Math.max(LABEL_COLUMNS, displayWidth(label))));
  return [pointer, ...wrapWithin(label, available - indent).map((text) => ' '.repeat(indent) + brush(text))];
}

function blockLabelRows({ mark }: Placed, available: number): string[] {
  if (mark.label === '') return [];
  return wrapWithin(neutralise(mark.label), available - 4).map((text, index) =>
    mark.brush(index === 0 ? `╰─ ${text}` : `   ${text}`),
  );
}

function bracketOn(blocks: readonly Placed[], line: number): string {
  const block = blocks.find((one) => line >= one.firstLine && line <= one.lastLine);
  if (block === undefined) return '';
  const corner =
    line === block.firstLine ? '╭' : line === block.lastLine && block.mark.label === '' ? '╰' : '│';
  return block.mark.brush(corner);
}

/** The bracket between two lines that are shown one after the other. */
function bracketInside(blocks: readonly Placed[], line: number, next: number): string {
  return blocks.find((one) => one.firstLine <= line && one.lastLine >= next)?.mark.brush('│') ?? '';
}

function row(
  number: string,
  flag: Brush | undefined,
  bracket: string,
  text: string,
  layout: FrameLayout,
  blocks: readonly Placed[],
): string {
  const gutter = layout.faint(`${number.padStart(layout.numberWidth)} │`);
  const column = blocks.length === 0 ? '' : bracket === '' ? '  ' : `${bracket} `;
  return `${flag?.('>') ?? ' '} ${gutter} ${column}${text.trimEnd()}`.trimEnd();
}
