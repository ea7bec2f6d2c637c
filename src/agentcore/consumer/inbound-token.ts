import type { Scenario } from '../../evaluate/scenario.js';
import { type Alternative, chain } from '../../evaluate/value.js';
import type { ResourceGraph } from '../../graph/resource-graph.js';
import { readEntry, withDefault } from '../../views/read.js';
import type { Issuer } from '../facts/identity-provider-of.js';
import { issuerBehind } from '../provider/identity-provider.js';
import type { Gateway } from './gateway.js';

/** Whose tokens a gateway admits, told by its discovery URL; undefined where nothing is known of it. */
export function inboundIssuersOf(
  graph: ResourceGraph,
  gateway: Gateway,
  when: Scenario,
): Alternative<Issuer | undefined>[] {
  return chain(
    chain(authorizerProperty(graph, gateway, 'DiscoveryUrl', when), withDefault),
    (url): Alternative<Issuer | undefined>[] => [{ ...url, value: issuerBehind(url.value) }],
  );
}

/** An audience that a gateway admits, as it is written in the list. */
export interface Audiences {
  readonly list: Alternative;
  readonly entries: readonly Alternative[];
}

/** The audiences that a gateway admits, jointly; an empty list where it asks for none, or nobody knows. */
export function audiencesOf(
  graph: ResourceGraph,
  gateway: Gateway,
  when: Scenario,
): Alternative<Audiences>[] {
  return chain(authorizerProperty(graph, gateway, 'AllowedAudience', when), (list) => {
    if (list.value.kind !== 'list') return [{ ...list, value: { list, entries: [] } }];
    let found: Alternative<Audiences>[] = [{ ...list, value: { list, entries: [] } }];
    for (const item of list.value.items) {
      found = chain(found, (before) =>
        chain(graph.evaluator.evaluateItem(item, list.at, before.when), withDefault).map((entry) => ({
          ...before,
          when: entry.when,
          value:
            entry.value.kind === 'absent'
              ? before.value
              : { list, entries: [...before.value.entries, entry] },
        })),
      );
    }
    return found;
  });
}

function authorizerProperty(
  graph: ResourceGraph,
  gateway: Gateway,
  name: string,
  when: Scenario,
): Alternative[] {
  const { evaluator } = graph;
  return chain(gateway.property('AuthorizerConfiguration', when), (configuration) =>
    chain(readEntry(evaluator, configuration, 'CustomJWTAuthorizer'), (authorizer) =>
      readEntry(evaluator, authorizer, name),
    ),
  );
}
