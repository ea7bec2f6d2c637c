import type { Scenario } from '../../evaluate/scenario.js';
import type { Alternative } from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { existence, readProperty } from '../../views/properties.js';
import { readEntry, readItems } from '../../views/read.js';
import { type Consumer, OAuthConsumer } from './consumer.js';
import { type GatewayLink, resolveGateway } from './gateway.js';
import { UNKNOWN_KIND } from './target-kind.js';

/** A gateway that is a tool of a harness, in one scenario. */
export interface HarnessTool {
  /** The `OutboundAuth` block. */
  readonly auth: Alternative;
  gateway(when: Scenario): Alternative<GatewayLink>[];
}

/** The gateway tools of a harness. */
export function harnessTools(graph: ResourceGraph, node: ResourceNode, when: Scenario): HarnessTool[] {
  const { evaluator } = graph;
  return existence(graph, node, when).flatMap((exists) => {
    if (!exists.value) return [];
    const tools = readProperty(graph, node, 'Tools', exists.when);
    return tools.flatMap((list) =>
      readItems(evaluator, list).flatMap((tool) =>
        readEntry(evaluator, tool, 'Config')
          .flatMap((config) => readEntry(evaluator, config, 'AgentCoreGateway'))
          .filter(({ value }) => value.kind === 'map')
          .flatMap((gateway) =>
            readEntry(evaluator, gateway, 'OutboundAuth').map((auth) => ({
              auth,
              gateway: (within: Scenario) =>
                readEntry(evaluator, { ...gateway, when: within }, 'GatewayArn').flatMap((arn) =>
                  resolveGateway(graph, arn),
                ),
            })),
          ),
      ),
    );
  });
}

/** The OAuth blocks of the gateway tools of a harness. */
export function readHarnessConsumers(graph: ResourceGraph, node: ResourceNode, when: Scenario): Consumer[] {
  return harnessTools(graph, node, when).flatMap(({ auth, gateway }) =>
    readEntry(graph.evaluator, auth, 'Oauth').flatMap((block) =>
      block.value.kind === 'map'
        ? [
            new OAuthConsumer(graph, node, 'harness', block, {
              gateway,
              targetKind: (within) => [{ value: UNKNOWN_KIND, when: within, at: block.at, trace: [] }],
            }),
          ]
        : [],
    ),
  );
}
