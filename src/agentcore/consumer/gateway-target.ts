import type { Scenario } from '../../evaluate/scenario.js';
import { chain } from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { readEntry } from '../../views/read.js';
import { type Consumer, OAuthConsumer } from './consumer.js';
import { credentialConfigurations, targetGateway } from './credential-configuration.js';
import { targetKind } from './target-kind.js';

/** The OAuth blocks of a gateway target. */
export function readTargetConsumers(graph: ResourceGraph, node: ResourceNode, when: Scenario): Consumer[] {
  return chain(credentialConfigurations(graph, node, when), (configuration) =>
    chain(configuration.provider(), (provider) =>
      chain(readEntry(graph.evaluator, provider, 'OauthCredentialProvider'), (block) =>
        block.value.kind === 'map'
          ? [
              new OAuthConsumer(graph, node, 'gateway-target', block, {
                gateway: targetGateway(graph, node),
                targetKind: targetKind(graph, node),
              }),
            ]
          : [],
      ),
    ),
  );
}
