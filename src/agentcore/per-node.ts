import type { ResourceNode, World } from '../graph/world.js';

/**
 * Makes one view for each resource, so that what was found out about it is found out once. (A node belongs to one
 * world, which has one node for each resource.)
 */
export function perNode<View>(
  view: (world: World, node: ResourceNode) => View,
): (world: World, node: ResourceNode) => View {
  const views = new WeakMap<ResourceNode, { readonly view: View }>();
  return (world, node) => {
    let known = views.get(node);
    if (known === undefined) {
      known = { view: view(world, node) };
      views.set(node, known);
    }
    return known.view;
  };
}
