import type { Layout } from '../layout.js';
import type { Picture } from '../picture.js';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The node that an arrow key leads to: up and down within the column, left and right along the edges, and where there
 * is none, to the nearest node of the next column that has any. Null at the border.
 */
export function findNeighbour(
  picture: Picture,
  layout: Layout,
  index: number,
  direction: Direction,
): number | null {
  const here = layout.nodes[index];
  if (here === undefined) return null;
  const middle = here.y + here.height / 2;
  const distance = (other: Layout['nodes'][number]): number => Math.abs(other.y + other.height / 2 - middle);
  const nearest = (candidates: readonly Layout['nodes'][number][]): number | null =>
    candidates.reduce<Layout['nodes'][number] | null>(
      (best, other) => (best === null || distance(other) < distance(best) ? other : best),
      null,
    )?.index ?? null;

  if (direction === 'up' || direction === 'down') {
    const sign = direction === 'up' ? -1 : 1;
    const after = (other: Layout['nodes'][number]): boolean => (other.y - here.y) * sign > 0;
    return nearest(layout.nodes.filter((other) => other.column === here.column && after(other)));
  }
  const forwards = direction === 'right';
  const connected = new Set(
    picture.edges
      .filter((edge) => (forwards ? edge.from : edge.to) === here.node.id)
      .map((edge) => (forwards ? edge.to : edge.from)),
  );
  const along = nearest(
    layout.nodes.filter((other) => connected.has(other.node.id) && other.index !== index),
  );
  if (along !== null) return along;
  const beyond = layout.nodes.filter((other) =>
    forwards ? other.column > here.column : other.column < here.column,
  );
  const columns = beyond.map((other) => other.column);
  const next = columns.reduce<number | null>(
    (best, column) =>
      best === null || Math.abs(column - here.column) < Math.abs(best - here.column) ? column : best,
    null,
  );
  return nearest(beyond.filter((other) => other.column === next));
}
