import { enclosing, type Item, type Link, type Model } from './model.js';

/** Nodes that edges or a common outermost stack connect, and the edges between them. */
export interface ConnectedPart {
  readonly items: Item[];
  readonly links: Link[];
}

const GRAVITY: Readonly<Record<string, number>> = { failed: 0, unverified: 1 };

/**
 * Splits a picture into what hangs together. Parts with a failed consumer come first, then those with an unverified
 * one; within these, larger parts come first, and else the order of the picture stands.
 */
export function splitParts(model: Model): readonly ConnectedPart[] {
  const union = new DisjointSets();
  for (const item of model.items) {
    const outermost = enclosing(item.stack).at(-1);
    if (outermost !== undefined) union.join(item, outermost);
  }
  for (const link of model.links) union.join(link.from, link.to);
  const parts = new Map<object, ConnectedPart>();
  for (const item of model.items) {
    const root = union.find(item);
    const part = parts.get(root);
    if (part) part.items.push(item);
    else parts.set(root, { items: [item], links: [] });
  }
  for (const link of model.links) parts.get(union.find(link.from))?.links.push(link);
  return [...parts.values()]
    .map((part) => ({ part, gravity: gravity(part) }))
    .sort((left, right) => left.gravity - right.gravity || right.part.items.length - left.part.items.length)
    .map(({ part }) => part);
}

function gravity(part: ConnectedPart): number {
  return part.items.reduce((least, { node }) => Math.min(least, GRAVITY[node.outcome ?? ''] ?? 2), 2);
}

/** Union-find over any objects, with path halving. */
class DisjointSets {
  private readonly parents = new Map<object, object>();

  find(member: object): object {
    let current = member;
    for (;;) {
      const parent = this.parents.get(current) ?? current;
      if (parent === current) return current;
      const grandparent = this.parents.get(parent) ?? parent;
      this.parents.set(current, grandparent);
      current = grandparent;
    }
  }

  join(left: object, right: object): void {
    const leftRoot = this.find(left);
    const rightRoot = this.find(right);
    if (leftRoot !== rightRoot) this.parents.set(leftRoot, rightRoot);
  }
}
