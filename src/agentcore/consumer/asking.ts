import { mayBeEqual } from '../../evaluate/compare.js';
import type { Evaluator } from '../../evaluate/evaluator.js';
import type { Scenario } from '../../evaluate/scenario.js';
import { type Alternative, literal } from '../../evaluate/value.js';
import type { ResourceGraph } from '../../graph/resource-graph.js';
import { nearest } from '../../plain/did-you-mean.js';
import { isBesideDefault } from '../../views/open-value.js';
import { textOf } from '../../views/read.js';
import { consumerKinds } from '../facts/consumer-kinds.js';
import { grantAliasOf } from '../facts/look-up.js';
import type { Consumer } from './consumer.js';
import { grantParameter } from './grant-parameter.js';

/** A scenario in which a consumer asks for `TOKEN_EXCHANGE`, may ask for it, or means to. */
export interface Asking {
  readonly consumer: Consumer;
  /**
   * It asks; or its grant is known only when it is deployed, and may be the exchange; or it says so in words that
   * nobody understands, so that nothing is exchanged.
   */
  readonly how: 'asks' | 'may-ask' | 'means';
  readonly when: Scenario;
  /** What says so: the value of `GrantType` in most cases. */
  readonly grant: Alternative;
}

const EXCHANGE = 'TOKEN_EXCHANGE';
const EXCHANGE_TEXT = literal(EXCHANGE);
const ALL_GRANTS = [...new Set(consumerKinds.flatMap(({ grants }) => grants))];

const known = new WeakMap<Consumer, readonly Asking[]>();

/** The scenarios in which a consumer asks for `TOKEN_EXCHANGE`, may ask for it, or means to. */
export function askingsOf({ evaluator }: ResourceGraph, consumer: Consumer): readonly Asking[] {
  let askings = known.get(consumer);
  if (askings === undefined) {
    askings = consumer.grant().flatMap((grant) => askingIn(evaluator, consumer, grant));
    known.set(consumer, askings);
  }
  return askings;
}

function askingIn(evaluator: Evaluator, consumer: Consumer, grant: Alternative): Asking[] {
  const asking = (how: Asking['how'], { when } = grant, said = grant): Asking[] => [
    { consumer, how, when, grant: said },
  ];
  const { value } = grant;
  if (value.kind === 'absent')
    return meantElsewhere(evaluator, consumer, grant).flatMap((said) => asking('means', said, said));
  const written = textOf(grant);
  if (written !== undefined) {
    if (written === EXCHANGE) return asking('asks');
    return meansExchange(written) ? asking('means') : [];
  }
  if (value.kind === 'unknown') return asking('may-ask');
  if (value.kind !== 'text' || isBesideDefault(grant)) return [];
  return mayBeEqual(value, EXCHANGE_TEXT) ? asking('may-ask') : [];
}

/** Whether a word that is no grant stands for the exchange. */
function meansExchange(written: string): boolean {
  const alias = grantAliasOf(written);
  return (alias === undefined ? nearest(written, ALL_GRANTS) : alias.consumerGrant) === EXCHANGE;
}

/** Where a consumer without a `GrantType` names the exchange all the same: under a slip of the key, or as a parameter. */
function meantElsewhere(evaluator: Evaluator, consumer: Consumer, { when }: Alternative): Alternative[] {
  const misspelled = consumer.misspelled('GrantType');
  const places = [
    ...(misspelled === undefined ? [] : consumer.property(misspelled.written, when)),
    ...grantParameter(evaluator, consumer, when).flatMap(({ value }) =>
      value === undefined ? [] : [value.entry],
    ),
  ];
  return places.filter((place) => {
    const written = textOf(place);
    return written !== undefined && (written === EXCHANGE || meansExchange(written));
  });
}

/**
 * Whether what the consumer refers to is a provider that exchanges tokens and takes all other grants as well, wherever
 * CloudFormation does not refuse the deployment.
 */
export function worksWithEveryGrant({ deployments }: ResourceGraph, { consumer, when }: Asking): boolean {
  const permitted = (so: { readonly when: Scenario }) =>
    deployments.permit([consumer.node.instance], so.when);
  return consumer
    .provider(when)
    .filter(permitted)
    .every(
      ({ value, when: linked }) =>
        value.kind === 'provider' &&
        value.provider
          .exchange(linked)
          .filter(permitted)
          .every((so) => so.value.kind === 'built-in' && so.value.vendor.vendor === 'MicrosoftOauth2'),
    );
}
