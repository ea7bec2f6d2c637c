import type { Scenario } from '../../evaluate/scenario.js';
import {
  type Alternative,
  chain,
  concatenate,
  onlySymbol,
  type Part,
  type TextValue,
} from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { memoizeByNode } from '../../views/memoize-by-node.js';
import { memoizeByScenario } from '../../views/memoize-by-scenario.js';
import { existence, readProperty } from '../../views/properties.js';
import { textOf, withDefault } from '../../views/read.js';
import type { Consumer } from '../consumer/consumer.js';
import {
  type ClientAuthentication,
  clientAuthentications,
  defaultClientAuthentication,
  managedSecretPrefix,
  type RoleActionFact,
  roleActions,
} from '../facts/exchange-actions.js';
import { TYPES } from '../facts/resource-types.js';
import { type Provider, type ProviderUnion, providerOf } from '../provider/provider.js';
import { type CalledResource, OPEN_SEGMENT, OPEN_TEXT } from './resource-pattern.js';
import type { Call } from './role.js';

/** A call that a gateway makes as its role to get a token for a target. */
export interface TokenCall extends Call {
  readonly fact: RoleActionFact;
  /** What the call is about, as a message names it; empty where nothing can be told. */
  readonly about: string;
}

/**
 * The calls that a gateway makes as its role for a target, in each scenario; none for one that gets no token.
 * Which they are follows from the grant and from how the client authenticates itself.
 */
export function callsFor(
  graph: ResourceGraph,
  consumer: Consumer,
  when: Scenario,
): Alternative<readonly TokenCall[]>[] {
  return chain(consumer.grant(when), (grant) =>
    chain(consumer.provider(grant.when), (link): Alternative<readonly TokenCall[]>[] => {
      const exchanges = textOf(grant) === 'TOKEN_EXCHANGE';
      const wanted = wantedBy(exchanges);
      switch (link.value.kind) {
        case 'provider':
          return providerCalls(graph, link.value.provider.node)[exchanges ? 'exchange' : 'other'](link.when);
        case 'unresolved':
          // Its client is not known either.
          return [
            {
              ...link,
              value: wanted
                .filter((row) => row.authentications === null)
                .map((fact) => ({ fact, action: fact.action, resource: undefined, about: '' })),
            },
          ];
        default:
          return [];
      }
    }),
  );
}

function wantedBy(exchanges: boolean): RoleActionFact[] {
  return roleActions.filter((row) => row.grants === 'every' || exchanges);
}

/** The calls for a provider, found once for all targets that take their tokens from it. */
const providerCalls = memoizeByNode((graph, node) => {
  const provider = providerOf(graph, node);
  const of = (exchanges: boolean) =>
    memoizeByScenario((when) => callsOf(graph, provider, wantedBy(exchanges), when));
  return { exchange: of(true), other: of(false) };
});

function callsOf(
  graph: ResourceGraph,
  provider: Provider,
  wanted: readonly RoleActionFact[],
  when: Scenario,
): Alternative<readonly TokenCall[]>[] {
  return chain(provider.union(when), (union) => {
    if (!('vendor' in union.value)) return [];
    const block = union.value;
    return chain(authentications(provider, { ...union, value: block }), (method) => {
      const rows = wanted.filter(
        ({ authentications: only }) =>
          only === null || (method.value !== undefined && only.includes(method.value)),
      );
      const callOf = (
        fact: RoleActionFact,
        resource: CalledResource | undefined,
        about: string,
      ): TokenCall => ({
        fact,
        action: fact.action,
        resource,
        about,
      });
      const plain = rows.filter((row) => row.resource === null).map((fact) => callOf(fact, undefined, ''));
      const token = rows.find((row) => row.resource === 'provider');
      const secret = rows.find((row) => row.resource === 'client secret');
      return chain(secrets(graph, provider, block, method.when), (client) => [
        {
          ...client,
          value: [
            ...plain,
            ...(token === undefined
              ? []
              : [callOf(token, calledProvider(provider), `the provider ${provider.name}`)]),
            ...(secret === undefined
              ? []
              : [callOf(secret, client.value, `the client secret of ${provider.name}`)]),
          ],
        },
      ]);
    });
  });
}

/** How the client authenticates itself; undefined where nobody knows. A built-in vendor's client has a secret. */
function authentications(
  provider: Provider,
  { value: union, when, at, trace }: Alternative<Extract<ProviderUnion, { readonly vendor: unknown }>>,
): Alternative<ClientAuthentication | undefined>[] {
  const usual = { value: defaultClientAuthentication, when, at, trace };
  if (!union.vendor.custom) return [usual];
  const written = chain(provider.blockProperty(union, ['ClientAuthenticationMethod'], when), withDefault);
  if (written.length === 0) return [usual];
  return written.map((method) => ({
    ...method,
    value:
      method.value.kind === 'absent'
        ? defaultClientAuthentication
        : clientAuthentications.find((row) => row.method === textOf(method))?.method,
  }));
}

/** A provider as a policy names it. */
function calledProvider(provider: Provider): CalledResource {
  const arn = (name: readonly Part[]): TextValue =>
    concatenate([
      'arn:',
      OPEN_SEGMENT,
      ':bedrock-agentcore:',
      OPEN_SEGMENT,
      ':',
      OPEN_SEGMENT,
      ':token-vault/',
      OPEN_SEGMENT,
      '/oauth2credentialprovider/',
      ...name,
    ]);
  return called(provider.node, arn, (when) => provider.property('Name', when));
}

/** @param arn its ARN for a name */
function called(
  node: ResourceNode,
  arn: (name: readonly Part[]) => TextValue,
  names: (when: Scenario) => readonly Alternative[],
): CalledResource {
  return {
    arn: arn([OPEN_TEXT]),
    named: (within) =>
      names(within).map(({ value, when }) => ({
        arn: arn(value.kind === 'text' ? value.parts : [OPEN_SEGMENT]),
        when,
      })),
    node,
  };
}

/** The secret of the client, as a policy names it; undefined where nobody knows which it is. */
function secrets(
  graph: ResourceGraph,
  provider: Provider,
  union: ProviderUnion,
  when: Scenario,
): Alternative<CalledResource | undefined>[] {
  const sources = chain(provider.blockProperty(union, ['ClientSecretSource'], when), withDefault);
  return chain(sources, (source): Alternative<CalledResource | undefined>[] => {
    const written = source.value.kind === 'absent' ? 'MANAGED' : textOf(source);
    if (written === 'EXTERNAL')
      return chain(provider.blockProperty(union, ['ClientSecretConfig', 'SecretId'], source.when), (id) =>
        externalSecret(graph, id),
      );
    if (written !== 'MANAGED') return [{ ...source, value: undefined }];
    // ClientSecretArn of the provider is its ARN, too.
    const managed = called(
      provider.node,
      (name) => secretArn([managedSecretPrefix, ...name, OPEN_SEGMENT]),
      (within) => provider.property('Name', within),
    );
    return [{ ...source, value: managed }];
  });
}

/** A secret by its ARN, with or without the characters that Secrets Manager adds, or by its name. */
function externalSecret(graph: ResourceGraph, id: Alternative): Alternative<CalledResource | undefined>[] {
  if (id.value.kind !== 'text') return [{ ...id, value: undefined }];
  const symbol = onlySymbol(id.value);
  if (symbol?.kind === 'attribute') {
    const node = graph.resource(symbol.instance, symbol.logicalId);
    return node?.type === TYPES.secret ? declaredSecret(graph, node, id) : [{ ...id, value: undefined }];
  }
  const [first] = id.value.parts;
  const isArn = typeof first === 'string' && first.startsWith('arn:');
  if (!isArn && typeof first !== 'string') return [{ ...id, value: undefined }];
  const parts = [...id.value.parts, OPEN_SEGMENT];
  const arn = isArn ? concatenate(parts) : secretArn(parts);
  return [{ ...id, value: { arn, named: (when) => [{ arn, when }], node: undefined } }];
}

function declaredSecret(
  graph: ResourceGraph,
  node: ResourceNode,
  id: Alternative,
): Alternative<CalledResource>[] {
  const secret = called(
    node,
    // Secrets Manager adds characters to the name.
    (name) => secretArn([...name, OPEN_SEGMENT]),
    (within) => readProperty(graph, node, 'Name', within),
  );
  return existence(graph, node, id.when).map(({ when }) => ({ ...id, when, value: secret }));
}

function secretArn(name: readonly Part[]): TextValue {
  return concatenate([
    'arn:',
    OPEN_SEGMENT,
    ':secretsmanager:',
    OPEN_SEGMENT,
    ':',
    OPEN_SEGMENT,
    ':secret:',
    ...name,
  ]);
}
