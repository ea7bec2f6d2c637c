import type { Scenario } from '../evaluate/scenario.js';
import { type Alternative, chain } from '../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import { memoizeByNode } from './memoize-by-node.js';
import { memoizeByScenario } from './memoize-by-scenario.js';
import { readEntry, readRoute } from './read.js';

const propertiesOf = memoizeByNode((graph, node) =>
  memoizeByScenario((when) => readRoute(graph.evaluator, node.cursor, ['Properties'], when)),
);

/** The questions for properties that were asked of a resource, by the property's name. */
const questionsOf = memoizeByNode(() => new Map<string, (when: Scenario) => Alternative[]>());

/**
 * What a property of a resource can be, within a scenario. It is read once for all who ask: what a gateway, a role or
 * a provider says is asked for again by each target.
 */
export function readProperty(
  graph: ResourceGraph,
  node: ResourceNode,
  property: string,
  when: Scenario,
): Alternative[] {
  const questions = questionsOf(graph, node);
  let ask = questions.get(property);
  if (ask === undefined) {
    ask = memoizeByScenario((within) =>
      chain(propertiesOf(graph, node)(within), (properties) =>
        readEntry(graph.evaluator, properties, property),
      ),
    );
    questions.set(property, ask);
  }
  return ask(when);
}

const existenceOf = memoizeByNode((graph, node) =>
  memoizeByScenario((when) => graph.evaluator.exists(node.instance, node.logicalId, when)),
);

/** Whether a resource is created, within a scenario. */
export function existence(graph: ResourceGraph, node: ResourceNode, when: Scenario): Alternative<boolean>[] {
  return existenceOf(graph, node)(when);
}
