import type { PictureNode } from './picture.js';
import { SIZES } from './sizes.js';
import { fitText, plainText, textWidth } from './text.js';
import { causeLine, detailLines, LOST } from './words.js';

/** One line of text in a node. */
export interface NodeLine {
  readonly kind: 'label' | 'detail' | 'cause';
  readonly text: string;
}

/** Room for the icon on the left of a name. */
export const ICON_ROOM = 40;
/** Room for the mark of an outcome on the right of a name. */
const MARK_ROOM = 32;
const SIDE = 12;
/** A cause is written on so many lines at most. */
const CAUSE_LINES = 2;

/** What is written in a node, each line cut to fit. The causes come last, and say so. */
export function nodeLines(node: PictureNode, width: number, lost: boolean): readonly NodeLine[] {
  const beside = width - ICON_ROOM - (node.outcome === null && !lost ? SIDE : MARK_ROOM);
  const [first] = node.causes;
  const more = node.causes.length > 1 ? ` (and ${node.causes.length - 1} more)` : '';
  const told = first === undefined ? (lost ? LOST : '') : `${causeLine(first)}${more}`;
  return [
    { kind: 'label', text: fitText(node.label, SIZES.nodeFont, beside) },
    ...detailLines(node).map(
      (line): NodeLine => ({ kind: 'detail', text: fitText(line, SIZES.detailFont, beside) }),
    ),
    ...wrapText(told, SIZES.detailFont, width - 2 * SIDE, CAUSE_LINES).map(
      (line): NodeLine => ({ kind: 'cause', text: line }),
    ),
  ];
}

/** How high a node with so many lines is. */
export function nodeHeight(lines: number): number {
  return Math.max(SIZES.nodeHeight, lines * SIZES.nodeLine + 2 * SIZES.nodePadding);
}

/** A text on several lines, broken at spaces and hyphens; the last is cut where there are more. */
function wrapText(text: string, size: number, width: number, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of plainText(text).split(/(?<=[ -])/)) {
    if (line !== '' && textWidth(line + piece.trimEnd(), size) > width && lines.length < most - 1) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  if (line !== '') lines.push(line);
  return lines.map((one) => fitText(one, size, width));
}
