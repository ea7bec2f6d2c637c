import type { Scenario } from '../../evaluate/scenario.js';
import type { Cursor } from '../../evaluate/stack-instance.js';
import { type Alternative, chain } from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { isMap } from '../../plain/map.js';
import { hasKeyBelow, keysBelow } from '../../views/keys-below.js';
import { memoizeByNode } from '../../views/memoize-by-node.js';
import { memoizeByScenario } from '../../views/memoize-by-scenario.js';
import { type MisspelledKey, misspelledKey } from '../../views/misspelled-key.js';
import { presentKeys, readEntry, textOf, withDefault } from '../../views/read.js';
import { type ConsumerGrant, type ConsumerKind, grantsOf } from '../facts/consumer-kinds.js';
import { isOnBehalfOfKey } from '../provider/on-behalf-of-names.js';
import type { GatewayLink } from './gateway.js';
import { type ProviderLink, resolveProvider } from './provider-reference.js';
import type { TargetKind } from './target-kind.js';

const PROPERTIES = ['ProviderArn', 'Scopes', 'GrantType', 'CustomParameters', 'DefaultReturnUrl'] as const;

/** What the OAuth block of a consumer takes. */
export type ConsumerProperty = (typeof PROPERTIES)[number];

/** The OAuth block of a consumer, in one scenario. */
export interface Consumer {
  readonly kind: ConsumerKind;
  readonly node: ResourceNode;
  /** The grants that it takes: its kind's in CloudFormation, or what holds in the input that it is written in. */
  readonly grants: readonly string[];
  /** The block that holds `ProviderArn` and `GrantType`: a map. */
  readonly block: Alternative;
  property(name: string, when?: Scenario): Alternative[];
  /** The properties that the block takes in CloudFormation. */
  readonly takes: readonly ConsumerProperty[];
  /** The keys of the block that are none of these, in the scenarios in which they are there. */
  unknownKeys(): { readonly key: string; readonly entry: Alternative; readonly at: Cursor }[];
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

/** The alternatives in which a consumer asks for a grant. A grant that its kind does not take is another rule's. */
export function asksFor(consumer: Consumer, grant: ConsumerGrant): Alternative[] {
  if (!consumer.grants.includes(grant)) return [];
  const asked = consumer.grant();
  const isAsked = (alternative: Alternative): boolean => textOf(alternative) === grant;
  return asked.every(isAsked) ? asked : asked.filter(isAsked);
}

/** What differs between the kinds of consumers. */
export interface Around {
  gateway(when: Scenario): Alternative<GatewayLink>[];
  targetKind(when: Scenario): Alternative<TargetKind>[];
}

/** A consumer whose OAuth block is a map with CloudFormation's names. */
export class OAuthConsumer implements Consumer {
  private readonly askedGrants = memoizeByScenario((when) =>
    chain(this.property('GrantType', when), withDefault),
  );
  private readonly providers = memoizeByScenario((when) =>
    chain(this.property('ProviderArn', when), (arn) => resolveProvider(this.graph, arn)),
  );

  constructor(
    private readonly graph: ResourceGraph,
    readonly node: ResourceNode,
    readonly kind: ConsumerKind,
    readonly block: Alternative,
    private readonly around: Around,
  ) {}

  get grants(): readonly string[] {
    const { instance, logicalId, type } = this.node;
    const { facts } = instance.template.input.dialectOf(logicalId);
    return facts.grants?.get(type) ?? grantsOf(this.kind);
  }

  get takes(): readonly ConsumerProperty[] {
    // A consumer that never sends a user to a login page has no page to send them back to.
    const returns = grantsOf(this.kind).includes('AUTHORIZATION_CODE');
    return returns ? PROPERTIES : PROPERTIES.filter((name) => name !== 'DefaultReturnUrl');
  }

  unknownKeys(): { readonly key: string; readonly entry: Alternative; readonly at: Cursor }[] {
    const { value } = this.block;
    if (value.kind !== 'map' || !isMap(value.cursor.raw)) return [];
    const known: readonly string[] = this.takes;
    // Most often there is none, and then nothing has to be evaluated.
    if (Object.keys(value.cursor.raw).every((key) => known.includes(key))) return [];
    return presentKeys(this.graph.evaluator, this.block).flatMap(({ key, entry }) =>
      known.includes(key) || key.startsWith('Fn::') || isOnBehalfOfKey(key)
        ? []
        : [{ key, entry, at: value.cursor.child(key) }],
    );
  }

  property(name: string, when: Scenario = this.block.when): Alternative[] {
    return readEntry(this.graph.evaluator, { ...this.block, when }, name);
  }

  misspelled(name: ConsumerProperty): MisspelledKey | undefined {
    return misspelledKey(this.block.value, name, PROPERTIES);
  }

  grant(when: Scenario = this.block.when): Alternative[] {
    return this.askedGrants(when);
  }

  provider(when: Scenario = this.block.when): Alternative<ProviderLink>[] {
    return this.providers(when);
  }

  gateway(when: Scenario = this.block.when): Alternative<GatewayLink>[] {
    return this.around.gateway(when);
  }

  misplacedOnBehalfOf(): readonly Cursor[] {
    return misplacedIn(this.graph, this.node).blocks;
  }

  targetKind(when: Scenario = this.block.when): Alternative<TargetKind>[] {
    return this.around.targetKind(when);
  }
}

/** The on-behalf-of blocks in a resource, which all of its OAuth blocks share. */
const misplacedIn = memoizeByNode((_, { cursor }): { readonly blocks: readonly Cursor[] } => {
  const properties = cursor.child('Properties');
  // Most often there is none, and then nothing has to be made on the way.
  return {
    blocks: hasKeyBelow(properties.raw, isOnBehalfOfKey) ? keysBelow(properties, isOnBehalfOfKey) : [],
  };
});
