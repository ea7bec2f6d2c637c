import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';

/** How many kinds of views there are: each has its place among a node's views. */
let kinds = 0;

/**
 * Makes one view for each resource, so that what was found out about it is found out once. (A graph has one node for
 * each resource, and a node belongs to one graph.)
 */
export function memoizeByNode<View extends object>(
  view: (graph: ResourceGraph, node: ResourceNode) => View,
): (graph: ResourceGraph, node: ResourceNode) => View {
  const kind = kinds++;
  return (graph, node) => {
    const known = node.views[kind] as View | undefined;
    if (known !== undefined) return known;
    const made = view(graph, node);
    node.views[kind] = made;
    return made;
  };
}
