import type { Scenario } from '../evaluate/scenario.js';
import type { Cursor } from '../evaluate/stack-instance.js';
import { type Alternative, chain } from '../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import { memoizeByNode } from './memoize-by-node.js';
import { memoizeByScenario } from './memoize-by-scenario.js';
import { readEntry } from './read.js';

/** A place in a resource, and what was found from there on. */
interface Place {
  readonly ask: (when: Scenario) => Alternative[];
  readonly below: Map<string, Place>;
}

const placesOf = memoizeByNode(() => new Map<Cursor, Place>());

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
  let place = placeIn(placesOf(graph, node), from, (within) => evaluator.evaluate(from, within));
  for (const key of route) {
    const around = place;
    place = placeIn(around.below, key, (within) =>
      chain(around.ask(within), (block) => readEntry(evaluator, block, key)),
    );
  }
  return place.ask(when);
}

function placeIn<Key>(places: Map<Key, Place>, key: Key, ask: Place['ask']): Place {
  let place = places.get(key);
  if (place === undefined) {
    place = { ask: memoizeByScenario(ask), below: new Map() };
    places.set(key, place);
  }
  return place;
}
