import { Scenario } from '../../evaluate/scenario.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { memoizeByNode } from '../../views/memoize-by-node.js';
import { memoizeByScenario } from '../../views/memoize-by-scenario.js';
import { type ConsumerKind, consumerKindOfType } from '../facts/consumer-kinds.js';
import type { Consumer } from './consumer.js';
import { readTargetConsumers } from './gateway-target.js';
import { readHarnessConsumers } from './harness.js';
import { readRecordConsumers } from './registry-record.js';
import { readRuntimeCode } from './runtime-code.js';

/** Finds the OAuth blocks of a resource in all scenarios, within one, in which it is created. */
type ConsumerReader = (graph: ResourceGraph, node: ResourceNode, when: Scenario) => Consumer[];

/** How each kind of consumer is read. What a kind is stands in its row of `consumerKinds`. */
const READERS: Readonly<Record<ConsumerKind, ConsumerReader>> = {
  'gateway-target': readTargetConsumers,
  harness: readHarnessConsumers,
  'registry-record': readRecordConsumers,
  'runtime-code': readRuntimeCode,
};

/** The OAuth blocks of a resource, whatever kind of consumer it is; none for every other resource. */
export function consumersOf(
  graph: ResourceGraph,
  node: ResourceNode,
  when: Scenario = Scenario.always,
): Consumer[] {
  const kind = consumerKindOfType(node.type);
  return kind === undefined ? [] : consumersByKind[kind](graph, node)(when);
}

/** The same with what was found kept by the resource and the scenario. */
const consumersByKind = Object.fromEntries(
  Object.entries(READERS).map(([kind, read]) => [
    kind,
    memoizeByNode((graph, node) => memoizeByScenario((when) => read(graph, node, when))),
  ]),
) as Readonly<
  Record<ConsumerKind, (graph: ResourceGraph, node: ResourceNode) => (when: Scenario) => Consumer[]>
>;
