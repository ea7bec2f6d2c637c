import type { Cell } from './display-width.js';

/** As long as the mask in messages is. A mask as long as its secret would tell the length. */
const MASK_LENGTH = 4;
const LONGER = /\*{5,}/g;

/** Shortens each mask in a line that is shown, which was masked at equal length, to one length. */
export function withFixedMasks(line: string): string {
  return line.replace(LONGER, '*'.repeat(MASK_LENGTH));
}

/** The lines of a masked text in which something is masked with masks of one length; all others as they were. */
export function fixedMaskLines(text: string, masked: string): string {
  if (masked === text) return text;
  const before = text.split('\n');
  return masked
    .split('\n')
    .map((line, index) => (line === before[index] ? line : withFixedMasks(line)))
    .join('\n');
}

/** The same of cells: what is left out of a mask has no cell, and offsets in it lead to the next. */
export function fixedMasks(cells: readonly Cell[]): readonly Cell[] {
  let run = 0;
  return cells.filter(({ text }) => {
    run = text === '*' ? run + 1 : 0;
    return run <= MASK_LENGTH;
  });
}
