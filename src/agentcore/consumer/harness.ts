import type { Scenario } from '../../evaluate/scenario.js';
import type { Alternative } from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { existence, readProperty } from '../../views/properties.js';
import { readEntry, readItems } from '../../views/read.js';
import { type Consumer, OAuthConsumer } from './consumer.js';
import { type GatewayLink, resolveGateway } from './gateway.js';
import { UNKNOWN_KIND } from './target-kind.js';

/** The OAuth blocks of the gateway tools of a harness. */
export function readHarnessConsumers(graph: ResourceGraph, node: ResourceNode, when: Scenario): Consumer[] {
  const { evaluator } = graph;
  return existence(graph, node, when).flatMap((exists) => {
    if (!exists.value) return [];
    const tools = readProperty(graph, node, 'Tools', exists.when);
    return tools.flatMap((list) =>
      readItems(evaluator, list).flatMap((tool) =>
        readEntry(evaluator, tool, 'Config')
          .flatMap((config) => readEntry(evaluator, config, 'AgentCoreGateway'))
          .flatMap((gateway) => {
            const gatewayOf = (within: Scenario): Alternative<GatewayLink>[] =>
              readEntry(evaluator, { ...gateway, when: within }, 'GatewayArn').flatMap((arn) =>
                resolveGateway(graph, arn),
              );
            return readEntry(evaluator, gateway, 'OutboundAuth')
              .flatMap((auth) => readEntry(evaluator, auth, 'Oauth'))
              .flatMap((block) =>
                block.value.kind === 'map'
                  ? [
                      new OAuthConsumer(graph, node, 'harness', block, {
                        gateway: gatewayOf,
                        targetKind: (within) => [
                          { value: UNKNOWN_KIND, when: within, at: block.at, trace: [] },
                        ],
                      }),
                    ]
                  : [],
              );
          }),
      ),
    );
  });
}
