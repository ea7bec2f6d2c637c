import type { Evaluator } from '../../evaluate/evaluator.js';
import type { Scenario } from '../../evaluate/scenario.js';
import type { Cursor } from '../../evaluate/stack-instance.js';
import { type Alternative, chain } from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { isMap } from '../../plain/map.js';
import { memoizeByNode } from '../../views/memoize-by-node.js';
import { memoizeByScenario } from '../../views/memoize-by-scenario.js';
import { type MisspelledKey, misspelledKey } from '../../views/misspelled-key.js';
import { existence, readProperty } from '../../views/properties.js';
import { lacks, readEntry, readItems, textOf, withDefault } from '../../views/read.js';
import type { ConsumerGrant, ConsumerKind } from '../facts/grants.js';
import { grantsOf } from '../facts/look-up.js';
import { type TargetKindFact, targetKinds } from '../facts/targets.js';
import { isOnBehalfOfKey } from '../provider/on-behalf-of-names.js';
import { type GatewayLink, resolveGateway } from './gateway.js';
import { type ProviderLink, resolveProvider } from './provider-reference.js';

/** One entry of a gateway target's `CredentialProviderConfigurations`, in one scenario. */
export interface CredentialConfiguration {
  readonly target: ResourceNode;
  /** The entry itself, a map. */
  readonly entry: Alternative;
  /** What `CredentialProviderType` says. */
  type(when?: Scenario): Alternative[];
  /** The `CredentialProvider` block. */
  provider(when?: Scenario): Alternative[];
  gateway(when?: Scenario): Alternative<GatewayLink>[];
  targetKind(when?: Scenario): Alternative<TargetKind>[];
}

/** What a gateway target is, and the key that says so. */
export type TargetKind =
  | { readonly kind: 'known'; readonly fact: TargetKindFact; readonly key: Cursor }
  | { readonly kind: 'unknown' };

const PROPERTIES = ['ProviderArn', 'Scopes', 'GrantType', 'CustomParameters', 'DefaultReturnUrl'] as const;

/** What the OAuth block of a consumer takes. */
export type ConsumerProperty = (typeof PROPERTIES)[number];

/** The OAuth block of a consumer, in one scenario. */
export interface Consumer {
  readonly kind: ConsumerKind;
  readonly node: ResourceNode;
  /** The block that holds `ProviderArn` and `GrantType`: a map. */
  readonly block: Alternative;
  property(name: string, when?: Scenario): Alternative[];
  /** What was meant to be a property, under a slip of its name; undefined where the property is there. */
  misspelled(name: ConsumerProperty): MisspelledKey | undefined;
  /** What `GrantType` says; parameters that nobody set are tried at their default. */
  grant(when?: Scenario): Alternative[];
  /** Where `ProviderArn` leads. */
  provider(when?: Scenario): Alternative<ProviderLink>[];
  gateway(when?: Scenario): Alternative<GatewayLink>[];
  /** On-behalf-of blocks that stand on the consumer, where they mean nothing. */
  misplacedOnBehalfOf(): readonly Cursor[];
  /** What the target is; unknown for a harness. */
  targetKind(when?: Scenario): Alternative<TargetKind>[];
}

/** The credential configurations of a gateway target in all scenarios in which it is created. */
export function credentialConfigurations(
  graph: ResourceGraph,
  target: ResourceNode,
  when: Scenario,
): CredentialConfiguration[] {
  return configurationsOf(graph, target)(when);
}

const configurationsOf = memoizeByNode((graph, target) =>
  memoizeByScenario((when) => readConfigurations(graph, target, when)),
);

function readConfigurations(
  graph: ResourceGraph,
  target: ResourceNode,
  when: Scenario,
): CredentialConfiguration[] {
  const { evaluator } = graph;
  return chain(existence(graph, target, when), (exists) => {
    if (!exists.value) return [];
    const list = readProperty(graph, target, 'CredentialProviderConfigurations', exists.when);
    return chain(list, (so) =>
      chain(readItems(evaluator, so), (entry) => {
        if (entry.value.kind !== 'map') return [];
        return [new ConfigurationEntry(graph, target, entry)];
      }),
    );
  });
}

class ConfigurationEntry implements CredentialConfiguration {
  private readonly types = memoizeByScenario((when) =>
    chain(this.read('CredentialProviderType', when), withDefault),
  );
  private readonly providers = memoizeByScenario((when) => this.read('CredentialProvider', when));

  constructor(
    private readonly graph: ResourceGraph,
    readonly target: ResourceNode,
    readonly entry: Alternative,
  ) {}

  type(when: Scenario = this.entry.when): Alternative[] {
    return this.types(when);
  }

  provider(when: Scenario = this.entry.when): Alternative[] {
    return this.providers(when);
  }

  gateway(when: Scenario = this.entry.when): Alternative<GatewayLink>[] {
    return targetGateway(this.graph, this.target)(when);
  }

  targetKind(when: Scenario = this.entry.when): Alternative<TargetKind>[] {
    return targetKind(this.graph, this.target)(when);
  }

  private read(key: string, when: Scenario): Alternative[] {
    return readEntry(this.graph.evaluator, { ...this.entry, when }, key);
  }
}

/** The OAuth blocks of a gateway target or a harness in all scenarios in which it is created. */
export function consumersOf(
  graph: ResourceGraph,
  node: ResourceNode,
  kind: ConsumerKind,
  when: Scenario,
): Consumer[] {
  return (kind === 'harness' ? harnessConsumers : targetConsumers)(graph, node)(when);
}

/** The alternatives in which a consumer asks for a grant. A grant that its kind does not take is another rule's. */
export function asksFor(consumer: Consumer, grant: ConsumerGrant): Alternative[] {
  if (!grantsOf(consumer.kind).includes(grant)) return [];
  const asked = consumer.grant();
  const isAsked = (alternative: Alternative): boolean => textOf(alternative) === grant;
  return asked.every(isAsked) ? asked : asked.filter(isAsked);
}

const targetConsumers = memoizeByNode((graph, node) =>
  memoizeByScenario((when) => readTargetConsumers(graph, node, when)),
);

function readTargetConsumers(graph: ResourceGraph, node: ResourceNode, when: Scenario): Consumer[] {
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

const harnessConsumers = memoizeByNode((graph, node) =>
  memoizeByScenario((when) => readHarnessConsumers(graph, node, when)),
);

function readHarnessConsumers(graph: ResourceGraph, node: ResourceNode, when: Scenario): Consumer[] {
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
                          { value: { kind: 'unknown' }, when: within, at: block.at, trace: [] },
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

/** What differs between the kinds of consumers. */
interface Around {
  gateway(when: Scenario): Alternative<GatewayLink>[];
  targetKind(when: Scenario): Alternative<TargetKind>[];
}

class OAuthConsumer implements Consumer {
  private readonly grants = memoizeByScenario((when) => chain(this.property('GrantType', when), withDefault));
  private readonly providers = memoizeByScenario((when) =>
    chain(this.property('ProviderArn', when), (arn) => resolveProvider(this.graph, arn)),
  );
  private misplaced: readonly Cursor[] | undefined;

  constructor(
    private readonly graph: ResourceGraph,
    readonly node: ResourceNode,
    readonly kind: ConsumerKind,
    readonly block: Alternative,
    private readonly around: Around,
  ) {}

  property(name: string, when: Scenario = this.block.when): Alternative[] {
    return readEntry(this.graph.evaluator, { ...this.block, when }, name);
  }

  misspelled(name: ConsumerProperty): MisspelledKey | undefined {
    return misspelledKey(this.block.value, name, PROPERTIES);
  }

  grant(when: Scenario = this.block.when): Alternative[] {
    return this.grants(when);
  }

  provider(when: Scenario = this.block.when): Alternative<ProviderLink>[] {
    return this.providers(when);
  }

  gateway(when: Scenario = this.block.when): Alternative<GatewayLink>[] {
    return this.around.gateway(when);
  }

  misplacedOnBehalfOf(): readonly Cursor[] {
    if (this.misplaced === undefined) {
      const properties = this.node.cursor.child('Properties');
      // Most often there is none, and then nothing has to be made on the way.
      this.misplaced = hasKeyBelow(properties.raw, isOnBehalfOfKey)
        ? keysBelow(properties, isOnBehalfOfKey)
        : [];
    }
    return this.misplaced;
  }

  targetKind(when: Scenario = this.block.when): Alternative<TargetKind>[] {
    return this.around.targetKind(when);
  }
}

/** The entries below a place whose key passes, however deep. */
function keysBelow(cursor: Cursor, wanted: (key: string) => boolean): Cursor[] {
  if (Array.isArray(cursor.raw))
    return cursor.raw.flatMap((_, index) => keysBelow(cursor.child(index), wanted));
  if (!isMap(cursor.raw)) return [];
  return Object.keys(cursor.raw).flatMap((key) => {
    const entry = cursor.child(key);
    return wanted(key) ? [entry] : keysBelow(entry, wanted);
  });
}

function hasKeyBelow(value: unknown, wanted: (key: string) => boolean): boolean {
  if (Array.isArray(value)) return value.some((item) => hasKeyBelow(item, wanted));
  if (!isMap(value)) return false;
  // Plain maps inherit no keys.
  for (const key in value) {
    if (wanted(key)) return true;
    const entry = value[key];
    if (typeof entry === 'object' && hasKeyBelow(entry, wanted)) return true;
  }
  return false;
}

const targetGateway = memoizeByNode((graph, target) =>
  memoizeByScenario((when) =>
    chain(readProperty(graph, target, 'GatewayIdentifier', when), (identifier) =>
      resolveGateway(graph, identifier),
    ),
  ),
);

const targetKind = memoizeByNode((graph, target) =>
  memoizeByScenario((when) => readTargetKind(graph, target, when)),
);

/** The kinds of targets by their first key: what stands under it is read once for all of them. */
const kindsByProtocol = new Map<string, TargetKindFact[]>();
for (const fact of targetKinds) {
  const [protocol] = fact.path;
  kindsByProtocol.set(protocol, [...(kindsByProtocol.get(protocol) ?? []), fact]);
}

const UNKNOWN_KIND: TargetKind = { kind: 'unknown' };

/** What a target is: the keys below `TargetConfiguration` that are there in the scenario. */
function readTargetKind(
  graph: ResourceGraph,
  target: ResourceNode,
  when: Scenario,
): Alternative<TargetKind>[] {
  const { evaluator } = graph;
  const configuration = readProperty(graph, target, 'TargetConfiguration', when);
  return chain(configuration, (so) => {
    let found: Alternative<TargetKind>[] = [{ ...so, value: UNKNOWN_KIND }];
    if (so.value.kind !== 'map') return found;
    for (const [protocol, facts] of kindsByProtocol) {
      if (lacks(so.value, protocol)) continue;
      found = chain(found, (before) =>
        before.value.kind === 'known'
          ? [before]
          : chain(readEntry(evaluator, { ...so, when: before.when }, protocol), (block) =>
              kindIn(evaluator, block, facts, before),
            ),
      );
    }
    return found;
  });
}

/** What the keys in the block of a protocol say; `before` where they say nothing. */
function kindIn(
  evaluator: Evaluator,
  block: Alternative,
  facts: readonly TargetKindFact[],
  before: Alternative<TargetKind>,
): Alternative<TargetKind>[] {
  let found = [block.when === before.when ? before : { ...before, when: block.when }];
  if (block.value.kind !== 'map') return found;
  const { cursor } = block.value;
  for (const fact of facts) {
    const key = fact.path[1];
    if (lacks(block.value, key)) continue;
    found = chain(found, (so) =>
      so.value.kind === 'known'
        ? [so]
        : readEntry(evaluator, { ...block, when: so.when }, key).map(({ value, when }) => ({
            ...before,
            when,
            value:
              value.kind === 'absent' || value.kind === 'unknown'
                ? UNKNOWN_KIND
                : { kind: 'known', fact, key: cursor.child(key) },
          })),
    );
  }
  return found;
}
