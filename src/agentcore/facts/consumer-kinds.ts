import { RUNTIME_CODE_TYPE } from '../../frontends/front-end.js';
import type { Fact } from './fact.js';
import { table } from './fact.js';
import { sources } from './sources.js';

/** The grants that a consumer asks for. */
export type ConsumerGrant = 'CLIENT_CREDENTIALS' | 'AUTHORIZATION_CODE' | 'TOKEN_EXCHANGE';

/** What a kind of consumer is; each kind has exactly one row. */
export interface ConsumerKindFact extends Fact {
  /** As the report names it. */
  readonly kind: string;
  /** The resource type whose resources are consumers of this kind. */
  readonly type: string;
  /** What a message calls one; it follows an article or a number. */
  readonly noun: string;
  readonly plural: string;
  /** The values that its `GrantType` takes in CloudFormation; inputs of other kinds can say otherwise. */
  readonly grants: readonly ConsumerGrant[];
  /** The kind of its node in pictures. */
  readonly node: string;
  /** The name of that kind, as a picture shows and reads it out. */
  readonly label: string;
  /** An outline in a square of 20 by 20, drawn with a stroke and no fill. */
  readonly icon: string;
  /** The shape of the node where it is written as text, in Mermaid's brackets and by Graphviz's name. */
  readonly shape: { readonly mermaid: readonly [open: string, close: string]; readonly dot: string };
  /**
   * Whether it calls its gateway, which then stands behind it; a target is called through its gateway. Null where it
   * has none: its provider and identity provider decide alone.
   */
  readonly gateway: 'before' | 'behind' | null;
}

/** Every kind of consumer: what takes tokens from a credential provider. */
export const consumerKinds = table([
  {
    kind: 'gateway-target',
    type: 'AWS::BedrockAgentCore::GatewayTarget',
    noun: 'gateway target',
    plural: 'gateway targets',
    grants: ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE', 'TOKEN_EXCHANGE'],
    node: 'target',
    label: 'Target',
    // Rings around a point.
    icon: 'M10 3a7 7 0 1 0 0 14 7 7 0 1 0 0-14ZM10 6.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 1 0 0-6.8ZM10 9.9v.2',
    shape: { mermaid: ['[', ']'], dot: 'box' },
    gateway: 'before',
    source: sources.targetOauthCredentialProvider,
  },
  {
    kind: 'harness',
    type: 'AWS::BedrockAgentCore::Harness',
    noun: 'harness',
    plural: 'harnesses',
    grants: ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE'],
    node: 'harness',
    label: 'Harness',
    // Connected boxes.
    icon: 'M3.5 3.5h5v5h-5ZM11.5 11.5h5v5h-5ZM6 8.5V14h5.5M8.5 6H14v5.5',
    shape: { mermaid: ['[[', ']]'], dot: 'component' },
    gateway: 'behind',
    source: sources.harnessOauthCredentialProvider,
  },
  {
    kind: 'registry-record',
    type: 'AWS::AgentRegistry::RegistryRecord',
    noun: 'registry record',
    plural: 'registry records',
    grants: ['CLIENT_CREDENTIALS'],
    node: 'record',
    label: 'Registry record',
    // A card with lines on it.
    icon: 'M4 3.5h12v13H4ZM6.5 7h7M6.5 10h7M6.5 13h4',
    shape: { mermaid: ['[(', ')]'], dot: 'cylinder' },
    gateway: null,
    source: sources.registryRecordOauthCredentialProvider,
  },
  {
    kind: 'runtime-code',
    // No template has one: front ends make it of code, and of what code is generated from.
    type: RUNTIME_CODE_TYPE,
    noun: 'piece of code',
    plural: 'pieces of code',
    grants: ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE', 'TOKEN_EXCHANGE'],
    node: 'code',
    label: 'Code',
    // Angle brackets around a stroke.
    icon: 'M6.5 5.5 2.5 10l4 4.5M13.5 5.5l4 4.5-4 4.5M11.5 4l-3 12',
    shape: { mermaid: ['[/', '/]'], dot: 'parallelogram' },
    gateway: null,
    source: sources.getResourceOauth2Token,
  },
]) satisfies readonly ConsumerKindFact[];

/** A kind of consumer, by its name in the report. */
export type ConsumerKind = (typeof consumerKinds)[number]['kind'];

/** The kind of a consumer's node in pictures. */
export type ConsumerNodeKind = (typeof consumerKinds)[number]['node'];

const byKind: ReadonlyMap<string, (typeof consumerKinds)[number]> = new Map(
  consumerKinds.map((row) => [row.kind, row]),
);
const byType: ReadonlyMap<string, (typeof consumerKinds)[number]> = new Map(
  consumerKinds.map((row) => [row.type, row]),
);

/** The row of a kind. */
export function consumerKindOf(kind: ConsumerKind): (typeof consumerKinds)[number] {
  return byKind.get(kind) as (typeof consumerKinds)[number];
}

/** The kind of consumer that resources of a type are; undefined for every other type. */
export function consumerKindOfType(type: string): ConsumerKind | undefined {
  return byType.get(type)?.kind;
}

/** Whether resources of a type are looked at at all: those of AgentCore, and consumers that are none. */
export function isOfAgentCore(type: string): boolean {
  return type.startsWith('AWS::BedrockAgentCore::') || byType.has(type);
}

/** The grants that this kind of consumer takes in CloudFormation. */
export function grantsOf(kind: ConsumerKind): readonly ConsumerGrant[] {
  return consumerKindOf(kind).grants;
}
