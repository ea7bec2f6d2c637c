import type { Scenario } from '../../evaluate/scenario.js';
import { chain } from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { existence, readProperty } from '../../views/properties.js';
import { presentKeys, readEntry, readItems } from '../../views/read.js';
import { type Consumer, OAuthConsumer } from './consumer.js';
import { UNKNOWN_KIND } from './target-kind.js';

/**
 * The OAuth blocks of a registry record: with them the registry fetches what it describes from a URL. No gateway stands
 * around them.
 */
export function readRecordConsumers(graph: ResourceGraph, node: ResourceNode, when: Scenario): Consumer[] {
  const { evaluator } = graph;
  return chain(existence(graph, node, when), (exists) => {
    if (!exists.value) return [];
    return chain(readProperty(graph, node, 'Descriptors', exists.when), (descriptors) =>
      // Whatever is described: those that have a source by URL have it in the same place.
      presentKeys(evaluator, descriptors).flatMap(({ entry: descriptor }) =>
        chain(readEntry(evaluator, descriptor, 'Source'), (source) =>
          chain(readEntry(evaluator, source, 'FromUrl'), (url) =>
            chain(readEntry(evaluator, url, 'CredentialProviderConfigurations'), (list) =>
              chain(readItems(evaluator, list), (item) =>
                chain(readEntry(evaluator, item, 'CredentialProvider'), (provider) =>
                  chain(readEntry(evaluator, provider, 'OauthCredentialProvider'), (block): Consumer[] =>
                    block.value.kind === 'map'
                      ? [
                          new OAuthConsumer(graph, node, 'registry-record', block, {
                            gateway: () => [],
                            targetKind: (within) => [
                              { value: UNKNOWN_KIND, when: within, at: block.at, trace: [] },
                            ],
                          }),
                        ]
                      : [],
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    );
  });
}
