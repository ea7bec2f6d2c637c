import { COLUMNS } from './columns.js';
import type { Item } from './model.js';
import type { ConnectedPart } from './parts.js';
import { SIZES } from './sizes.js';

/** How often the columns are gone through, from the left and from the right in turn. */
const SWEEPS = 10;

/** What is wrong comes first among what leads to the same places. */
const FIRST: Readonly<Record<Item['look']['status'], number>> = {
  failed: 0,
  unverified: 1,
  plain: 2,
  verified: 2,
};

/**
 * What is above what in each column, so that few edges cross: the barycentre method of layered drawing (Sugiyama,
 * Tagawa and Toda 1981), for which the columns are given here. It takes about as long as its edges are many.
 *
 * @returns the middle of each node, in pixels from an arbitrary zero, as if there were no stacks
 */
export function orderRows(part: ConnectedPart): Map<Item, number> {
  const neighbours = neighboursIn(part);
  const columns = firstOrder(part, neighbours);
  const middles = new Map<Item, number>();
  for (const column of columns) place(column, middles);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const rightwards = sweep % 2 === 0;
    const order = rightwards ? columns : [...columns].reverse();
    for (const column of order) {
      const wishes = new Map(column.map((item) => [item, wishOf(item, neighbours, middles, rightwards)]));
      column.sort(
        (a, b) =>
          (wishes.get(a) ?? 0) - (wishes.get(b) ?? 0) ||
          // What leads to the same place stays in the order that what it comes from gave it.
          (rightwards ? FIRST[a.look.status] - FIRST[b.look.status] || a.index - b.index : 0),
      );
      place(column, middles);
    }
  }
  return middles;
}

type Neighbours = ReadonlyMap<Item, readonly Item[]>;

/** What each node is connected with in other columns, once for each edge. */
function neighboursIn({ items, links }: ConnectedPart): Neighbours {
  const neighbours = new Map<Item, Item[]>(items.map((item) => [item, []]));
  for (const { from, to } of links) {
    if (from.column === to.column) continue;
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  return neighbours;
}

/** The columns in the order in which a walk along the edges comes by, from the left. */
function firstOrder({ items }: ConnectedPart, neighbours: Neighbours): Item[][] {
  const columns: Item[][] = COLUMNS.map(() => []);
  const seen = new Set<Item>();
  const walk = [...items].sort((a, b) => b.column - a.column || b.index - a.index);
  for (let item = walk.pop(); item !== undefined; item = walk.pop()) {
    if (seen.has(item)) continue;
    seen.add(item);
    columns[item.column]?.push(item);
    for (const other of [...(neighbours.get(item) ?? [])].reverse()) {
      if (other.column > item.column && !seen.has(other)) walk.push(other);
    }
  }
  return columns;
}

/** The mean of what a node is connected with on the side that was placed before; where it stands, without any. */
function wishOf(
  item: Item,
  neighbours: Neighbours,
  middles: ReadonlyMap<Item, number>,
  rightwards: boolean,
): number {
  let sum = 0;
  let count = 0;
  for (const other of neighbours.get(item) ?? []) {
    if (other.column < item.column !== rightwards) continue;
    sum += middles.get(other) ?? 0;
    count += 1;
  }
  return count === 0 ? (middles.get(item) ?? 0) : sum / count;
}

/** Puts a column's nodes below each other, around zero. */
function place(column: readonly Item[], middles: Map<Item, number>): void {
  const height = column.reduce((sum, item) => sum + item.height + SIZES.rowGap, 0);
  let top = -height / 2;
  for (const item of column) {
    middles.set(item, top + item.height / 2);
    top += item.height + SIZES.rowGap;
  }
}
