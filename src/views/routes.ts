import type { Scenario } from '../evaluate/scenario.js';
import type { Cursor } from '../evaluate/stack-instance.js';
import { type Alternative, chain } from '../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import { memoizeByNode } from './memoize-by-node.js';
import { memoizeByScenario } from './memoize-by-scenario.js';
import { readEntry } from './read.js';

/** A place in a resource, and what was found from there on. */
interface RouteNode {
  readonly ask: (when: Scenario) => Alternative[];
  readonly below: Map<string, RouteNode>;
}

const routesOf = memoizeByNode(() => new Map<Cursor, RouteNode>());

/**
 * Like `readRoute` for a place in a resource, and read once for all who ask, as are the blocks on the way.
 * @param from the very cursor that was used before: another one for the same place is read again
 */
export function readRouteOnce(
  graph: ResourceGraph,
  node: ResourceNode,
  from: Cursor,
  route: readonly string[],
  when: Scenario,
): Alternative[] {
  const { evaluator } = graph;
  let reached = nodeIn(routesOf(graph, node), from, (within) => evaluator.evaluate(from, within));
  for (const key of route) {
    const around = reached;
    reached = nodeIn(around.below, key, (within) =>
      chain(around.ask(within), (block) => readEntry(evaluator, block, key)),
    );
  }
  return reached.ask(when);
}

function nodeIn<Key>(nodes: Map<Key, RouteNode>, key: Key, ask: RouteNode['ask']): RouteNode {
  let known = nodes.get(key);
  if (known === undefined) {
    known = { ask: memoizeByScenario(ask), below: new Map() };
    nodes.set(key, known);
  }
  return known;
}
