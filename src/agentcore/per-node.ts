import type { ResourceNode, World } from '../graph/world.js';

/** How many kinds of views there are: each has its place among a node's views. */
let kinds = 0;

/**
 * Makes one view for each resource, so that what was found out about it is found out once. (A world has one node for
 * each resource, and a node belongs to one world.)
 */
export function perNode<View extends object>(
  view: (world: World, node: ResourceNode) => View,
): (world: World, node: ResourceNode) => View {
  const kind = kinds++;
  return (world, node) => {
    const known = node.views[kind] as View | undefined;
    if (known !== undefined) return known;
    const made = view(world, node);
    node.views[kind] = made;
    return made;
  };
}
