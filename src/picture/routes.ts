import { isLabelledAtEnd, LABEL_OFFSET, labelHeight, labelWidth } from './labels.js';
import type { Item, Link } from './model.js';
import type { PictureEdge } from './picture.js';
import { SIZES } from './sizes.js';

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
  /** Where the edge leaves its node; it runs straight from here to the curve. */
  readonly start: Point;
  /** Where it reaches the other one, straight from the curve. */
  readonly end: Point;
  /** Between the two. */
  readonly curve: { readonly from: Point; readonly to: Point };
  /** Whether the edge ends on the side that it left from, as one to the same column does. */
  readonly returns: boolean;
  /** The lines, and the box around them; null when there is nothing to write. */
  readonly label: (Box & { readonly lines: readonly string[] }) | null;
}

/**
 * Finds the way of each edge. Several labelled edges leave or reach their node at heights of their own, in the order of
 * their other ends, so that no label covers another.
 *
 * @param boxOf the place of a node
 */
export function routeEdges(links: readonly Link[], boxOf: (item: Item) => Box): readonly PlacedEdge[] {
  const ports = assignPorts(links, boxOf);
  return links.map((link) => {
    const { edge, index, lines } = link;
    const from = boxOf(link.from);
    const to = boxOf(link.to);
    const backwards = link.to.column < link.from.column;
    const returns = link.to.column === link.from.column;
    const atEnd = isAtEnd(link);
    const port = ports.get(link);
    const start = {
      x: backwards ? from.x : from.x + from.width,
      y: atEnd ? middle(from) : (port ?? middle(from)),
    };
    const end = {
      x: backwards || returns ? to.x + to.width : to.x,
      y: atEnd ? (port ?? middle(to)) : link.from === link.to ? middle(to) + to.height / 3 : middle(to),
    };
    const width = labelWidth(edge, lines);
    const height = labelHeight(lines);
    const place = atEnd ? end : start;
    // The label stands between the node and the rest of the way.
    const left = atEnd !== backwards ? place.x - LABEL_OFFSET - width : place.x + LABEL_OFFSET;
    const label = height === 0 ? null : { lines, x: left, y: place.y - height / 2, width, height };
    const beyond =
      label === null ? place.x : place.x + (atEnd !== backwards ? -1 : 1) * (LABEL_OFFSET + width);
    const leave = atEnd ? start : { x: beyond, y: start.y };
    const arrive = atEnd ? { x: beyond, y: end.y } : end;
    return { edge, index, start, end, curve: { from: leave, to: arrive }, returns, label };
  });
}

function isAtEnd({ from, to }: Link): boolean {
  return isLabelledAtEnd(from.column, to.column);
}

function middle(box: Box): number {
  return box.y + box.height / 2;
}

function assignPorts(links: readonly Link[], boxOf: (item: Item) => Box): ReadonlyMap<Link, number> {
  const labelled = new Map<Item, Link[]>();
  for (const link of links) {
    if (link.lines.length === 0) continue;
    const item = isAtEnd(link) ? link.to : link.from;
    const group = labelled.get(item);
    if (group) group.push(link);
    else labelled.set(item, [link]);
  }
  const ports = new Map<Link, number>();
  for (const [item, all] of labelled) {
    // What stands on the left of a node and what stands on its right do not meet.
    const isLeft = (link: Link): boolean => isAtEnd(link) || link.to.column < link.from.column;
    for (const group of [all.filter(isLeft), all.filter((link) => !isLeft(link))]) {
      const other = (link: Link): Item => (isAtEnd(link) ? link.from : link.to);
      const ends = new Map(group.map((link) => [link, middle(boxOf(other(link)))]));
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
  }
  return ports;
}
