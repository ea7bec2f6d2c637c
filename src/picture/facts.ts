import type { Gateway } from '../agentcore/consumer/gateway.js';
import { targetKind } from '../agentcore/consumer/target-kind.js';
import { TYPES } from '../agentcore/facts/resource-types.js';
import { clientSettingsOf } from '../agentcore/provider/client-settings.js';
import type { Provider } from '../agentcore/provider/provider.js';
import { rolesOf } from '../agentcore/role/role-reference.js';
import { Scenario } from '../evaluate/scenario.js';
import { simplify } from '../evaluate/simplify.js';
import { type Alternative, displayText, onlySymbol } from '../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import { askedOf, type Way } from '../lint/ways.js';
import { scenarioWords } from '../lint/wording.js';
import { isBesideDefault } from '../views/open-value.js';
import { presentKeys, readItems, readRoute, withDefault } from '../views/read.js';

/** A name and a value, as the details of a node list them; an empty value is left out. */
export type Fact = readonly [name: string, value: string];

const ALWAYS = Scenario.always;
const UNKNOWN = 'known only when it is deployed';

/** What a gateway says of who may call it, and what it runs as. */
export function gatewayFacts(graph: ResourceGraph, gateway: Gateway): Fact[] {
  const jwt = (name: string): Alternative[] =>
    readRoute(
      graph.evaluator,
      gateway.node.cursor,
      ['Properties', 'AuthorizerConfiguration', 'CustomJWTAuthorizer', name],
      ALWAYS,
    );
  const rows: readonly (readonly [string, () => Alternative[], (found: Alternative) => string])[] = [
    ['Authorizer', () => gateway.authorizerType(ALWAYS), textIn],
    ['Discovery URL', () => jwt('DiscoveryUrl'), textIn],
    ['Audience', () => jwt('AllowedAudience'), (found) => listIn(graph, found)],
    ['Clients', () => jwt('AllowedClients'), (found) => listIn(graph, found)],
    ['Protocol', () => gateway.property('ProtocolType', ALWAYS).flatMap(withDefault), textIn],
  ];
  return [
    ...rows.map(([name, ask, show]): Fact => [name, said(askedOf(graph, ask), show)]),
    ['Role', roleIn(graph, gateway)],
  ];
}

function roleIn(graph: ResourceGraph, gateway: Gateway): string {
  const roles = askedOf(graph, () => rolesOf(graph, gateway, ALWAYS));
  const inView = roles.every(({ value }) => value !== undefined);
  return inView
    ? said(roles, ({ value }) => value?.name ?? '')
    : said(
        askedOf(graph, () => gateway.property('RoleArn', ALWAYS)),
        textIn,
      );
}

/** How a provider gets its tokens. Of its client's secret it tells where it is kept, and never the secret. */
export function providerFacts(graph: ResourceGraph, provider: Provider): Fact[] {
  const asked = <Value>(question: () => Alternative<Value>[]): Alternative<Value>[] =>
    askedOf(graph, question);
  const exchange = asked(() => provider.exchange(ALWAYS));
  const settings = exchange.flatMap((setup) =>
    setup.value.kind === 'configured' ? [{ ...setup, value: setup.value.onBehalfOf }] : [],
  );
  const ofExchange = (name: string): Alternative[] =>
    settings.flatMap(({ value }) =>
      value.exchangeConfig === undefined
        ? []
        : asked(() => readRouteIn(graph, value.exchangeConfig as Alternative, name)),
    );
  const client = asked(() => clientSettingsOf(provider, ALWAYS));
  return [
    [
      'Vendor',
      said(
        asked(() => provider.property('CredentialProviderVendor', ALWAYS)),
        textIn,
      ),
    ],
    [
      'Exchange grant',
      said(exchange, ({ value }) => {
        switch (value.kind) {
          case 'configured':
            return value.onBehalfOf.grant === undefined ? '' : textIn(value.onBehalfOf.grant);
          case 'built-in':
            return value.vendor.nativeExchange === null ? 'none' : `${value.vendor.nativeExchange}, built in`;
          case 'not-configured':
            return 'none';
          case 'faulty':
            return 'not as AWS takes it';
          case 'unknown':
            return UNKNOWN;
        }
      }),
    ],
    ['Actor token', said(ofExchange('ActorTokenContent'), textIn)],
    ['Actor token scopes', said(ofExchange('ActorTokenScopes'), (found) => listIn(graph, found))],
    ['Client authentication', said(client, ({ value }) => value.method.fact?.method ?? UNKNOWN)],
    ['Client secret', secretSource(graph, provider)],
  ];
}

function readRouteIn(graph: ResourceGraph, block: Alternative, name: string): Alternative[] {
  return block.value.kind === 'map' ? readRoute(graph.evaluator, block.value.cursor, [name], block.when) : [];
}

/** Where the secret of a provider's client is kept. */
function secretSource(graph: ResourceGraph, provider: Provider): string {
  const client = askedOf(graph, () => clientSettingsOf(provider, ALWAYS));
  if (client.length === 0) {
    const written = askedOf(graph, () =>
      provider
        .union(ALWAYS)
        .flatMap((union) => provider.blockProperty(union.value, ['ClientSecret'], union.when)),
    );
    return said(written, keptIn);
  }
  return said(client, ({ value, when }) => {
    if (value.method.fact?.secret === false) return `none: ${value.method.fact.method}`;
    if (value.source.value === 'EXTERNAL') return 'EXTERNAL: a secret of Secrets Manager';
    const written = askedOf(graph, () => readRoute(graph.evaluator, value.block, ['ClientSecret'], when));
    return [...new Set(written.map(keptIn))].filter((words) => words !== '').join(' or ');
  });
}

/** Says where a secret comes from by the form of what is written; nothing of the value is read out. */
function keptIn({ value, at }: Alternative): string {
  if (value.kind === 'absent') return '';
  if (value.kind !== 'text') return UNKNOWN;
  const service = /\{\{resolve:(ssm|secretsmanager)/.exec(JSON.stringify(at.raw) ?? '')?.[1];
  if (service !== undefined)
    return `MANAGED: from ${service === 'ssm' ? 'the Parameter Store' : 'Secrets Manager'}`;
  const symbol = onlySymbol(value);
  const variable = symbol?.kind === 'variable' ? symbol.variable : value.assumed;
  if (variable !== undefined)
    return `MANAGED: the parameter ${variable.name}${variable.secret ? ' (NoEcho)' : ''}`;
  if (symbol?.kind === 'derived') return `MANAGED: from the parameter ${symbol.from[0]?.name ?? '?'}`;
  if (value.parts.some((part) => typeof part !== 'string')) return `MANAGED: ${UNKNOWN}`;
  return `MANAGED: ${typeof at.raw === 'string' ? 'written in the template' : 'what a parameter gives'}`;
}

/** What a tool is, and what it asks its provider for. */
export function toolFacts(graph: ResourceGraph, node: ResourceNode, ways: readonly Way[]): Fact[] {
  const consumers = [...new Set(ways.flatMap(({ oauth }) => (oauth === undefined ? [] : [oauth.consumer])))];
  const property = (name: string): Alternative[] =>
    consumers.flatMap((consumer) => askedOf(graph, () => consumer.property(name)));
  return [
    ['Type', targetType(graph, node)],
    [
      'Credential',
      said(ways.map(readingOf(({ credentialType }) => credentialType ?? '')), ({ value }) => value),
    ],
    [
      'Grant',
      said(
        ways.flatMap(({ oauth, when }) => (oauth === undefined ? [] : [{ value: grantWords(oauth), when }])),
        ({ value }) => value,
      ),
    ],
    ['Scopes', said(property('Scopes'), (found) => listIn(graph, found))],
    ['Parameters', said(property('CustomParameters'), (found) => entriesIn(graph, found))],
    ['Return URL', said(property('DefaultReturnUrl'), textIn)],
  ];
}

/** How an edge and the details call the grant that a tool asks for. */
export function grantWords({ grant, isWithoutGrant }: NonNullable<Way['oauth']>): string {
  return isWithoutGrant ? 'no grant' : (grant ?? 'grant not known');
}

/** What a gateway target is; empty for everything else. */
export function targetType(graph: ResourceGraph, node: ResourceNode): string {
  if (node.type !== TYPES.gatewayTarget) return '';
  return said(
    askedOf(graph, () => targetKind(graph, node)(ALWAYS)),
    ({ value }) => (value.kind === 'known' ? value.fact.kind : ''),
  );
}

function readingOf<Value>(read: (way: Way) => Value): (way: Way) => { value: Value; when: Scenario } {
  return (way) => ({ value: read(way), when: way.when });
}

/** What is said of alternatives, each value once, with the scenario where there are several: `A when Mode is 'a', or B`. */
function said<Found extends { readonly when: Scenario; readonly value: unknown }>(
  alternatives: readonly Found[],
  show: (alternative: Found) => string,
): string {
  const scenarios = new Map<string, Scenario[]>();
  for (const alternative of alternatives) {
    if (isRest(alternative)) continue;
    const words = show(alternative);
    scenarios.set(words, [...(scenarios.get(words) ?? []), alternative.when]);
  }
  if (scenarios.size === 1) return [...scenarios.keys()].join('');
  return [...scenarios]
    .filter(([words]) => words !== '')
    .map(([words, so]) => [words, scenarioWords(simplify(so)) ?? ''].filter((part) => part !== '').join(' '))
    .join(', or ');
}

/** Whether an alternative is what remains of a parameter beside its default. */
function isRest(alternative: { readonly value: unknown }): boolean {
  const { value } = alternative;
  const isValue = typeof value === 'object' && value !== null && 'kind' in value && 'parts' in value;
  return isValue && isBesideDefault(alternative as Alternative);
}

function textIn({ value }: Alternative): string {
  if (value.kind === 'absent') return '';
  return value.kind === 'text' ? displayText(value) : UNKNOWN;
}

function listIn(graph: ResourceGraph, list: Alternative): string {
  if (list.value.kind !== 'list') return textIn(list);
  return [...new Set(readItems(graph.evaluator, list).map(textIn))].filter((item) => item !== '').join(', ');
}

function entriesIn(graph: ResourceGraph, map: Alternative): string {
  if (map.value.kind !== 'map') return textIn(map);
  return presentKeys(graph.evaluator, map)
    .map(({ key, entry }) => `${key}=${textIn(entry)}`)
    .join(', ');
}
