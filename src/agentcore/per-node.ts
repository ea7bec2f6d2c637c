import type { ResourceNode, World } from '../graph/world.js';

/**
 * Makes one view for each resource, so that what was found out about it is found out once. (A world has one node for
 * each resource.)
 */
export function perNode<View>(
  view: (world: World, node: ResourceNode) => View,
): (world: World, node: ResourceNode) => View {
  // Weak in the few worlds and not in the many nodes, which would be a burden to the garbage collector.
  const byWorld = new WeakMap<World, Map<ResourceNode, { readonly view: View }>>();
  return (world, node) => {
    let views = byWorld.get(world);
    if (views === undefined) {
      views = new Map();
      byWorld.set(world, views);
    }
    let known = views.get(node);
    if (known === undefined) {
      known = { view: view(world, node) };
      views.set(node, known);
    }
    return known.view;
  };
}
