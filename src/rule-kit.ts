/**
 * What a rule of one's own is written with: the views that its visitors get, and functions that read on from them.
 * The package's main entry hands all of it on; `docs/writing-rules.md` shows how it is used.
 */

export type { Consumer } from './agentcore/consumer/consumer.js';
export type { CredentialConfiguration } from './agentcore/consumer/credential-configuration.js';
export type { Gateway, GatewayLink } from './agentcore/consumer/gateway.js';
export type { InvalidReference, ProviderLink } from './agentcore/consumer/provider-reference.js';
export type { Target } from './agentcore/consumer/target.js';
export type { TargetKind } from './agentcore/consumer/target-kind.js';
export type { OnBehalfOf } from './agentcore/provider/on-behalf-of.js';
export type { ExchangeSetup, Provider, ProviderUnion } from './agentcore/provider/provider.js';
export type { Evaluator } from './evaluate/evaluator.js';
export type { Constraint, Scenario, Variable } from './evaluate/scenario.js';
export type { Cursor, StackInstance } from './evaluate/stack-instance.js';
export {
  type Alternative,
  displayText,
  type Hop,
  type ListValue,
  type MapValue,
  onlySymbol,
  type TextSymbol,
  type TextValue,
  type UnknownValue,
  type Value,
} from './evaluate/value.js';
export type { Change, PlainValue, ProposedFix } from './fix/change.js';
export type { ResourceGraph, ResourceNode } from './graph/resource-graph.js';
export type { Consequence } from './lint/consequence.js';
export {
  type AnyRule,
  defineRule,
  type MessageTemplate,
  type RelatedPlace,
  type Rule,
  type RuleContext,
  type RuleReport,
  type RuleVisitor,
} from './lint/rule.js';
export { nearest } from './plain/did-you-mean.js';
export { readEntry, readItems, readRoute, textOf, withDefault } from './views/read.js';
