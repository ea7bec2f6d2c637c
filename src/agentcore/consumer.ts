import type { Cursor } from '../evaluate/instance.js';
import type { Scenario } from '../evaluate/scenario.js';
import type { Alternative } from '../evaluate/value.js';
import type { ResourceNode, World } from '../graph/world.js';
import { isMap } from '../template/own.js';
import type { ConsumerGrant, ConsumerKind } from './facts/grants.js';
import { grantsOf } from './facts/look-up.js';
import { type TargetKindFact, targetKinds } from './facts/targets.js';
import { type GatewayLink, resolveGateway } from './gateway.js';
import { type MisspeltKey, misspeltKey } from './misspelt-key.js';
import { isOnBehalfOfKey } from './on-behalf-of-names.js';
import { perNode } from './per-node.js';
import { perScenario } from './per-scenario.js';
import { type ProviderLink, resolveProvider } from './provider-reference.js';
import { readEntry, readItems, readRoute, textOf, withDefault } from './read.js';

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
  misspelt(name: ConsumerProperty): MisspeltKey | undefined;
  /** What `GrantType` says; parameters that nobody set are tried at their default. */
  grant(when?: Scenario): Alternative[];
  /** Where `ProviderArn` leads. */
  provider(when?: Scenario): Alternative<ProviderLink>[];
  gateway(when?: Scenario): Alternative<GatewayLink>[];
  /** On-behalf-of blocks that stand on the consumer, where they mean nothing. */
  strayOnBehalfOf(): readonly Cursor[];
  /** What the target is; unknown for a harness. */
  targetKind(when?: Scenario): Alternative<TargetKind>[];
}

const CONFIGURATIONS = ['Properties', 'CredentialProviderConfigurations'];

/** The credential configurations of a gateway target in all scenarios in which it is created. */
export function credentialConfigurations(
  world: World,
  target: ResourceNode,
  when: Scenario,
): CredentialConfiguration[] {
  return configurationsOf(world, target)(when);
}

const configurationsOf = perNode((world, target) =>
  perScenario((when) => readConfigurations(world, target, when)),
);

function readConfigurations(world: World, target: ResourceNode, when: Scenario): CredentialConfiguration[] {
  const { evaluator } = world;
  return evaluator.exists(target.instance, target.logicalId, when).flatMap((exists) => {
    if (!exists.value) return [];
    const list = readRoute(evaluator, target.cursor, CONFIGURATIONS, exists.when);
    return list.flatMap((so) =>
      readItems(evaluator, so).flatMap((entry) => {
        if (entry.value.kind !== 'map') return [];
        return [
          {
            target,
            entry,
            type: (within = entry.when) =>
              readEntry(evaluator, { ...entry, when: within }, 'CredentialProviderType').flatMap(withDefault),
            provider: (within = entry.when) =>
              readEntry(evaluator, { ...entry, when: within }, 'CredentialProvider'),
            gateway: (within = entry.when) => targetGateway(world, target)(within),
            targetKind: (within = entry.when) => targetKind(world, target)(within),
          },
        ];
      }),
    );
  });
}

/** The OAuth blocks of a gateway target or a harness in all scenarios in which it is created. */
export function consumersOf(
  world: World,
  node: ResourceNode,
  kind: ConsumerKind,
  when: Scenario,
): Consumer[] {
  return (kind === 'harness' ? harnessConsumers : targetConsumers)(world, node)(when);
}

/** The alternatives in which a consumer asks for a grant. A grant that its kind does not take is another rule's. */
export function asksFor(consumer: Consumer, grant: ConsumerGrant): Alternative[] {
  return grantsOf(consumer.kind).includes(grant)
    ? consumer.grant().filter((asked) => textOf(asked) === grant)
    : [];
}

const targetConsumers = perNode((world, node) =>
  perScenario((when) => readTargetConsumers(world, node, when)),
);

function readTargetConsumers(world: World, node: ResourceNode, when: Scenario): Consumer[] {
  return credentialConfigurations(world, node, when).flatMap((configuration) =>
    configuration.provider().flatMap((provider) =>
      readEntry(world.evaluator, provider, 'OauthCredentialProvider').flatMap((block) =>
        block.value.kind === 'map'
          ? [
              consumer(world, node, 'gateway-target', block, {
                gateway: targetGateway(world, node),
                targetKind: targetKind(world, node),
              }),
            ]
          : [],
      ),
    ),
  );
}

const harnessConsumers = perNode((world, node) =>
  perScenario((when) => readHarnessConsumers(world, node, when)),
);

function readHarnessConsumers(world: World, node: ResourceNode, when: Scenario): Consumer[] {
  const { evaluator } = world;
  return evaluator.exists(node.instance, node.logicalId, when).flatMap((exists) => {
    if (!exists.value) return [];
    const tools = readRoute(evaluator, node.cursor, ['Properties', 'Tools'], exists.when);
    return tools.flatMap((list) =>
      readItems(evaluator, list).flatMap((tool) =>
        readEntry(evaluator, tool, 'Config')
          .flatMap((config) => readEntry(evaluator, config, 'AgentCoreGateway'))
          .flatMap((gateway) => {
            const gatewayOf = (within: Scenario): Alternative<GatewayLink>[] =>
              readEntry(evaluator, { ...gateway, when: within }, 'GatewayArn').flatMap((arn) =>
                resolveGateway(world, arn),
              );
            return readEntry(evaluator, gateway, 'OutboundAuth')
              .flatMap((auth) => readEntry(evaluator, auth, 'Oauth'))
              .flatMap((block) =>
                block.value.kind === 'map'
                  ? [
                      consumer(world, node, 'harness', block, {
                        gateway: gatewayOf,
                        targetKind: (within) => [
                          { value: { kind: 'unknown' }, when: within, at: block.at, trail: [] },
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

function consumer(
  world: World,
  node: ResourceNode,
  kind: ConsumerKind,
  block: Alternative,
  around: {
    gateway(when: Scenario): Alternative<GatewayLink>[];
    targetKind(when: Scenario): Alternative<TargetKind>[];
  },
): Consumer {
  const property = (name: string, when: Scenario = block.when): Alternative[] =>
    readEntry(world.evaluator, { ...block, when }, name);
  const grant = perScenario((when) => property('GrantType', when).flatMap(withDefault));
  const provider = perScenario((when) =>
    property('ProviderArn', when).flatMap((arn) => resolveProvider(world, arn)),
  );
  const { gateway, targetKind } = around;
  return {
    kind,
    node,
    block,
    property,
    misspelt: (name) => misspeltKey(block.value, name, PROPERTIES),
    grant: (when = block.when) => grant(when),
    provider: (when = block.when) => provider(when),
    gateway: (when = block.when) => gateway(when),
    strayOnBehalfOf: () => {
      const properties = node.cursor.child('Properties');
      // Most often there is none, and then nothing has to be made on the way.
      return hasKeyBelow(properties.raw, isOnBehalfOfKey) ? keysBelow(properties, isOnBehalfOfKey) : [];
    },
    targetKind: (when = block.when) => targetKind(when),
  };
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
  return isMap(value) && Object.keys(value).some((key) => wanted(key) || hasKeyBelow(value[key], wanted));
}

const targetGateway = perNode((world, target) =>
  perScenario((when) =>
    readRoute(world.evaluator, target.cursor, ['Properties', 'GatewayIdentifier'], when).flatMap(
      (identifier) => resolveGateway(world, identifier),
    ),
  ),
);

const targetKind = perNode((world, target) => perScenario((when) => readTargetKind(world, target, when)));

/** What a target is: the keys below `TargetConfiguration` that are there in the scenario. */
function readTargetKind(world: World, target: ResourceNode, when: Scenario): Alternative<TargetKind>[] {
  const { evaluator } = world;
  const configuration = readRoute(evaluator, target.cursor, ['Properties', 'TargetConfiguration'], when);
  return configuration.flatMap((so) => {
    let found: Alternative<TargetKind>[] = [{ ...so, value: { kind: 'unknown' } }];
    for (const fact of targetKinds) {
      const [protocol, key] = fact.path;
      found = found.flatMap((before): Alternative<TargetKind>[] => {
        if (before.value.kind === 'known' || so.value.kind !== 'map') return [before];
        return readEntry(evaluator, { ...so, when: before.when }, protocol).flatMap((outer) => {
          if (outer.value.kind !== 'map') return [{ ...before, when: outer.when }];
          const place = outer.value.cursor.child(key);
          return readEntry(evaluator, outer, key).map((inner) => ({
            ...before,
            when: inner.when,
            value:
              inner.value.kind === 'absent' || inner.value.kind === 'unknown'
                ? { kind: 'unknown' as const }
                : { kind: 'known' as const, fact, key: place },
          }));
        });
      });
    }
    return found;
  });
}
