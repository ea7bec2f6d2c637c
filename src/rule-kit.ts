/**
 * What a rule of one's own is written with: the views that its visitors get, and functions that read on from them.
 * The package's main entry hands all of it on; `docs/writing-rules.md` shows how it is used.
 */

export type { Consumer, CredentialConfiguration, TargetKind } from './agentcore/consumer.js';
export type { Gateway, GatewayLink } from './agentcore/gateway.js';
export type { OnBehalfOf } from './agentcore/on-behalf-of.js';
export type { ExchangeSetup, Provider, ProviderUnion } from './agentcore/provider.js';
export type { InvalidReference, ProviderLink } from './agentcore/provider-reference.js';
export { readEntry, readItems, readRoute, textOf, withDefault } from './agentcore/read.js';
export { nearest } from './agentcore/spelling.js';
export type { Evaluator } from './evaluate/evaluator.js';
export type { Cursor, Instance } from './evaluate/instance.js';
export type { Constraint, Scenario, Variable } from './evaluate/scenario.js';
export {
  type Alternative,
  type Atom,
  displayText,
  type Hop,
  type ListValue,
  type MapValue,
  onlyAtom,
  type TextValue,
  type UnknownValue,
  type Value,
} from './evaluate/value.js';
export type { Change, PlainValue, ProposedFix } from './fix/change.js';
export type { ResourceNode, World } from './graph/world.js';
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
