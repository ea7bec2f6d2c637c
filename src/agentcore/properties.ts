import type { Scenario } from '../evaluate/scenario.js';
import { type Alternative, chain } from '../evaluate/value.js';
import type { ResourceNode, World } from '../graph/world.js';
import { perNode } from './per-node.js';
import { perScenario } from './per-scenario.js';
import { readEntry, readRoute } from './read.js';

const propertiesOf = perNode((world, node) =>
  perScenario((when) => readRoute(world.evaluator, node.cursor, ['Properties'], when)),
);

/** What a property of a resource can be, within a scenario. */
export function readProperty(
  world: World,
  node: ResourceNode,
  property: string,
  when: Scenario,
): Alternative[] {
  return chain(propertiesOf(world, node)(when), (properties) =>
    readEntry(world.evaluator, properties, property),
  );
}

const existenceOf = perNode((world, node) =>
  perScenario((when) => world.evaluator.exists(node.instance, node.logicalId, when)),
);

/** Whether a resource is created, within a scenario. */
export function existence(world: World, node: ResourceNode, when: Scenario): Alternative<boolean>[] {
  return existenceOf(world, node)(when);
}
