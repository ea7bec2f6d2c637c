import type { Scenario } from '../../evaluate/scenario.js';
import type { Cursor } from '../../evaluate/stack-instance.js';
import { type Alternative, chain, onlySymbol, type Value } from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { existence, readProperty } from '../../views/properties.js';
import { textOf, withDefault } from '../../views/read.js';
import { anyOf, scenariosWhere, type Verdict } from '../../views/verdict.js';
import { TYPES } from '../facts/resource-types.js';
import type { Provider } from './provider.js';

/** A resource of Cognito that a reference leads to. */
export interface CognitoResource {
  readonly node: ResourceNode;
  property(name: string, when: Scenario): Alternative[];
}

/** The user pool client whose id a provider has for its `ClientId`. */
export interface UserPoolClient extends CognitoResource {
  /** Where the provider names it. */
  readonly at: Cursor;
  /** The pool that it belongs to, where that is in view. */
  pools(when: Scenario): Alternative<CognitoResource>[];
  /** The scenarios in which a list certainly does not hold a text; an absent list holds nothing. */
  lacksItem(list: Alternative, item: string): Scenario[];
}

/** The user pool clients of the templates that a provider exchanges tokens as, in each scenario. */
export function userPoolClientsOf(
  graph: ResourceGraph,
  provider: Provider,
  when: Scenario,
): Alternative<UserPoolClient>[] {
  return chain(provider.union(when), (union) =>
    chain(provider.blockProperty(union.value, ['ClientId'], union.when), (id) =>
      chain(referredTo(graph, id, TYPES.userPoolClient), (client) => [
        { ...client, value: clientView(graph, client.value, id.at) },
      ]),
    ),
  );
}

function clientView(graph: ResourceGraph, client: CognitoResource, at: Cursor): UserPoolClient {
  return {
    ...client,
    at,
    pools: (when) =>
      chain(client.property('UserPoolId', when), (id) => referredTo(graph, id, TYPES.userPool)),
    lacksItem: (list, item) => {
      if (list.value.kind !== 'list') return list.value.kind === 'absent' ? [list.when] : [];
      return scenariosWhere(mayHold(graph, list, list.value.items, item), false, list.when);
    },
  };
}

/** Whether a list may hold a text: what nobody knows may be it. */
function mayHold(
  graph: ResourceGraph,
  { at, when }: Alternative,
  items: readonly (Cursor | Value)[],
  wanted: string,
): Verdict[] {
  return anyOf(items, when, (item, within) =>
    chain(graph.evaluator.evaluateItem(item, at, within), withDefault).map((entry) => {
      const text = textOf(entry);
      return {
        holds: entry.value.kind !== 'absent' && (text === undefined || text === wanted),
        when: entry.when,
      };
    }),
  );
}

/** The resource of a type that a value refers to, where it is there. */
function referredTo(
  graph: ResourceGraph,
  reference: Alternative,
  type: string,
): Alternative<CognitoResource>[] {
  const symbol = onlySymbol(reference.value);
  if (symbol?.kind !== 'attribute') return [];
  const node = graph.resource(symbol.instance, symbol.logicalId);
  if (node?.type !== type) return [];
  return chain(existence(graph, node, reference.when), (exists) =>
    exists.value
      ? [
          {
            ...reference,
            when: exists.when,
            value: { node, property: (name, when) => readProperty(graph, node, name, when) },
          },
        ]
      : [],
  );
}
