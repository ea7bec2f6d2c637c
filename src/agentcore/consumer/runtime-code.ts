import type { Scenario } from '../../evaluate/scenario.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { existence, readProperty } from '../../views/properties.js';
import { type Consumer, OAuthConsumer } from './consumer.js';
import { UNKNOWN_KIND } from './target-kind.js';

/** The OAuth block of code that asks for a token. No gateway stands around it: its provider decides alone. */
export function readRuntimeCode(graph: ResourceGraph, node: ResourceNode, when: Scenario): Consumer[] {
  return existence(graph, node, when).flatMap((exists) => {
    if (!exists.value) return [];
    return readProperty(graph, node, 'Oauth', exists.when).flatMap((block) =>
      block.value.kind === 'map'
        ? [
            new OAuthConsumer(graph, node, 'runtime-code', block, {
              gateway: () => [],
              targetKind: (within) => [{ value: UNKNOWN_KIND, when: within, at: block.at, trace: [] }],
            }),
          ]
        : [],
    );
  });
}
