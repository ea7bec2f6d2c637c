import type { Scenario } from '../evaluate/scenario.js';
import { type Alternative, chain } from '../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import { memoizeByNode } from './memoize-by-node.js';
import { memoizeByScenario } from './memoize-by-scenario.js';
import { readEntry, readRoute } from './read.js';

const propertiesOf = memoizeByNode((graph, node) =>
  memoizeByScenario((when) => readRoute(graph.evaluator, node.cursor, ['Properties'], when)),
);

/** What a property of a resource can be, within a scenario. */
export function readProperty(
  graph: ResourceGraph,
  node: ResourceNode,
  property: string,
  when: Scenario,
): Alternative[] {
  return chain(propertiesOf(graph, node)(when), (properties) =>
    readEntry(graph.evaluator, properties, property),
  );
}

const existenceOf = memoizeByNode((graph, node) =>
  memoizeByScenario((when) => graph.evaluator.exists(node.instance, node.logicalId, when)),
);

/** Whether a resource is created, within a scenario. */
export function existence(graph: ResourceGraph, node: ResourceNode, when: Scenario): Alternative<boolean>[] {
  return existenceOf(graph, node)(when);
}
