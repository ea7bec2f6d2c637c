import { type Item, type Link, labelHeight } from './model.js';
import type { PictureEdge } from './picture.js';
import { SIZES } from './sizes.js';
import { textWidth } from './text.js';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly edge: PictureEdge;
  /** Index into the picture's edges. */
  readonly index: number;
  /** Where the edge leaves its node; it runs straight from here to the first curve. */
  readonly start: Point;
  /** Curves, joined by straight lines where the edge passes a column. */
  readonly curves: readonly { readonly from: Point; readonly to: Point }[];
  /** Whether the edge ends on the side that it left from, as one to the same column does. */
  readonly returns: boolean;
  /** The lines, and the box around them; null when there is nothing to write. */
  readonly label: (Box & { readonly lines: readonly string[] }) | null;
}

/** Room for the mark in front of a label, and the space around both. */
const LABEL_MARK = 17;
const LABEL_PADDING = 7;
/** Between a node and the label of an edge that leaves it. */
const LABEL_OFFSET = 12;

/** How wide the box around an edge's label is; 0 without a label. */
export function labelWidth(link: Link): number {
  if (link.lines.length === 0) return 0;
  const widest = link.lines.reduce((width, line) => Math.max(width, textWidth(line, SIZES.labelFont)), 0);
  const mark = link.edge.status === 'plain' ? 0 : LABEL_MARK;
  return Math.ceil(widest) + mark + 2 * LABEL_PADDING;
}

/** The room between a node and where the longest of these labels ends. */
export function labelRoom(links: readonly Link[]): number {
  const widest = links.reduce((width, link) => Math.max(width, labelWidth(link)), 0);
  return widest === 0 ? 0 : widest + 2 * LABEL_OFFSET;
}

/**
 * Finds the way of each edge. Several labelled edges leave their node at heights of their own, in the order of their
 * ends, so that no label covers another.
 *
 * @param boxOf the place of a node
 * @param bendsOf the heights at which an edge passes the columns between its ends
 * @param columnLefts the left side of each column
 */
export function routeEdges(
  links: readonly Link[],
  boxOf: (item: Item) => Box,
  bendsOf: (link: Link) => readonly number[],
  columnLefts: readonly number[],
): readonly PlacedEdge[] {
  const ports = assignPorts(links, boxOf);
  return links.map((link) => {
    const from = boxOf(link.from);
    const to = boxOf(link.to);
    const backwards = link.to.column < link.from.column;
    const side = backwards ? -1 : 1;
    const start = { x: backwards ? from.x : from.x + from.width, y: ports.get(link) ?? middle(from) };
    const width = labelWidth(link);
    const labelLeft = backwards ? start.x - LABEL_OFFSET - width : start.x + LABEL_OFFSET;
    const height = labelHeight(link.lines);
    const top = start.y - height / 2;
    const label = height === 0 ? null : { lines: link.lines, x: labelLeft, y: top, width, height };
    const leave = { x: label === null ? start.x : start.x + side * (LABEL_OFFSET + width), y: start.y };
    const returns = link.to.column === link.from.column;
    const end = {
      x: backwards || returns ? to.x + to.width : to.x,
      y: link.from === link.to ? middle(to) + to.height / 3 : middle(to),
    };
    const curves: { from: Point; to: Point }[] = [];
    let current: Point = leave;
    for (const [index, y] of bendsOf(link).entries()) {
      const left = columnLefts[link.from.column + 1 + index] ?? current.x;
      curves.push({ from: current, to: { x: left, y } });
      current = { x: left + SIZES.nodeWidth, y };
    }
    curves.push({ from: current, to: end });
    return { edge: link.edge, index: link.index, start, curves, returns, label };
  });
}

function middle(box: Box): number {
  return box.y + box.height / 2;
}

function assignPorts(links: readonly Link[], boxOf: (item: Item) => Box): ReadonlyMap<Link, number> {
  const labelled = new Map<Item, Link[]>();
  for (const link of links) {
    if (link.lines.length === 0) continue;
    const group = labelled.get(link.from);
    if (group) group.push(link);
    else labelled.set(link.from, [link]);
  }
  const ports = new Map<Link, number>();
  for (const [item, group] of labelled) {
    const ends = new Map(group.map((link) => [link, middle(boxOf(link.to))]));
    group.sort((left, right) => (ends.get(left) ?? 0) - (ends.get(right) ?? 0) || left.index - right.index);
    const total = group.reduce(
      (sum, { lines }) => sum + labelHeight(lines) + SIZES.labelGap,
      -SIZES.labelGap,
    );
    let top = middle(boxOf(item)) - total / 2;
    for (const link of group) {
      const height = labelHeight(link.lines);
      ports.set(link, top + height / 2);
      top += height + SIZES.labelGap;
    }
  }
  return ports;
}
