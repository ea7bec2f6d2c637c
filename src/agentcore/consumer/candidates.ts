import type { Scenario } from '../../evaluate/scenario.js';
import type { Cursor } from '../../evaluate/stack-instance.js';
import type { Alternative } from '../../evaluate/value.js';
import { ambiguityKey, type Candidate, type Choice, chosenLinks } from './candidate.js';
import type { Consumer } from './consumer.js';
import type { CredentialConfiguration } from './credential-configuration.js';
import type { GatewayLink } from './gateway.js';
import type { ProviderLink } from './provider-reference.js';
import type { Target } from './target.js';

/** A reference that can lead to several places, in one scenario. */
export interface Ambiguity {
  readonly what: 'provider' | 'gateway';
  readonly key: string;
  /** The reference itself. */
  readonly at: Cursor;
  readonly when: Scenario;
  readonly trace: Alternative['trace'];
  /** A clause: "the export idp-arn can be one of several, in a.yaml, b.yaml". */
  readonly reason: string;
  readonly candidates: readonly (Candidate<ProviderLink> | Candidate<GatewayLink>)[];
}

/** The ambiguities among links to providers or gateways. */
export function ambiguitiesAmong(
  what: Ambiguity['what'],
  links: readonly (Alternative<ProviderLink> | Alternative<GatewayLink>)[],
): Ambiguity[] {
  return links.flatMap(({ value, at, when, trace }) => {
    if (value.kind !== 'unresolved' || value.candidates === undefined) return [];
    const { reason, candidates } = value;
    return [{ what, key: ambiguityKey(candidates), at, when, trace, reason, candidates }];
  });
}

/** The references of a consumer that can lead to several places. */
export function ambiguitiesOf(consumer: Consumer, when: Scenario = consumer.block.when): Ambiguity[] {
  return [
    ...ambiguitiesAmong('provider', consumer.provider(when)),
    ...ambiguitiesAmong('gateway', consumer.gateway(when)),
  ];
}

/** Whether any link can lead to several places. */
export function isAmbiguous(links: readonly Alternative<ProviderLink | GatewayLink>[]): boolean {
  return links.some(({ value }) => value.kind === 'unresolved' && value.candidates !== undefined);
}

/** What was chosen to make a consumer out of another. */
const choices = new WeakMap<Consumer, readonly Choice[]>();
const chosen = new WeakMap<Consumer, Map<string, Consumer>>();

/** What was chosen for a consumer; nothing for one as it is written. */
export function choicesOf(consumer: Consumer): readonly Choice[] {
  return choices.get(consumer) ?? [];
}

/** The consumer if an ambiguous reference of it leads to one of its candidates: the same for the same choice. */
export function chooseFor(consumer: Consumer, choice: Choice): Consumer {
  const made = chosen.get(consumer) ?? new Map<string, Consumer>();
  chosen.set(consumer, made);
  const id = `${choice.index} ${choice.key}`;
  const known = made.get(id);
  if (known !== undefined) return known;
  const fresh = withChoice(consumer, choice);
  made.set(id, fresh);
  choices.set(fresh, [...choicesOf(consumer), choice]);
  return fresh;
}

function withChoice(consumer: Consumer, choice: Choice): Consumer {
  const { kind, node, grants, block, takes } = consumer;
  const always = block.when;
  return {
    kind,
    node,
    grants,
    block,
    takes,
    property: (name, when) => consumer.property(name, when),
    unknownKeys: () => consumer.unknownKeys(),
    misspelled: (name) => consumer.misspelled(name),
    grant: (when) => consumer.grant(when),
    provider: (when = always) => chosenLinks<ProviderLink>(consumer.provider(when), choice),
    gateway: (when = always) => chosenLinks<GatewayLink>(consumer.gateway(when), choice),
    misplacedOnBehalfOf: () => consumer.misplacedOnBehalfOf(),
    targetKind: (when) => consumer.targetKind(when),
  };
}

/** A target if its gateway is one of those that the reference can lead to. */
export function chooseForTarget(target: Target, choice: Choice): Target {
  return {
    ...target,
    gateway: (when) => chosenLinks<GatewayLink>(target.gateway(when), choice),
    consumers: (when) => target.consumers(when).map((consumer) => chooseFor(consumer, choice)),
  };
}

/** An entry of a target's credential configurations if its gateway is one of those that the reference can lead to. */
export function chooseForConfiguration(
  configuration: CredentialConfiguration,
  choice: Choice,
): CredentialConfiguration {
  const { target, entry } = configuration;
  return {
    target,
    entry,
    type: (when) => configuration.type(when),
    provider: (when) => configuration.provider(when),
    gateway: (when = entry.when) => chosenLinks<GatewayLink>(configuration.gateway(when), choice),
    targetKind: (when) => configuration.targetKind(when),
  };
}
