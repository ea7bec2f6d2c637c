import { type Item, isOccupied, resolvePicture, type StackItem } from './model.js';
import type { Picture, PictureNode } from './picture.js';

/** A stack with what stands in it, for formats that nest. */
export interface StackTree {
  /** Index into the picture's stacks. */
  readonly index: number;
  readonly label: string;
  readonly file: string;
  readonly nodes: readonly PictureNode[];
  readonly children: readonly StackTree[];
}

/** The stacks that hold something, outermost first, and the nodes that stand in none. */
export function stackTrees(picture: Picture): {
  readonly roots: readonly StackTree[];
  readonly loose: readonly PictureNode[];
} {
  const { items } = resolvePicture(picture);
  const roots = new Set<StackItem>();
  for (const item of items) {
    if (item.stack !== null) roots.add(rootOf(item.stack));
  }
  const nodesOf = (list: readonly Item[]): PictureNode[] => list.map((item) => item.node);
  const toTree = ({ index, label, file, items: own, children }: StackItem): StackTree => ({
    index,
    label,
    file,
    nodes: nodesOf(own),
    children: children.filter(isOccupied).map(toTree),
  });
  return { roots: [...roots].map(toTree), loose: nodesOf(items.filter((item) => item.stack === null)) };
}

function rootOf(stack: StackItem): StackItem {
  let root = stack;
  while (root.parent !== null) root = root.parent;
  return root;
}
