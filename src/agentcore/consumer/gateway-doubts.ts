import type { Scenario } from '../../evaluate/scenario.js';
import { type Alternative, knownText } from '../../evaluate/value.js';
import { nameFrom } from '../../views/naming.js';
import { isBesideDefault, openReason } from '../../views/open-value.js';
import type { Problem } from '../../views/problem.js';
import { textOf } from '../../views/read.js';
import { consumerKindOf } from '../facts/consumer-kinds.js';
import { authorizerOf } from '../facts/look-up.js';
import type { Consumer } from './consumer.js';

/** What of a gateway or a target is not in view, so that nobody knows whether a user's token arrives there. */
type Doubt = Problem<
  'unresolved' | 'authorizerUnknown' | 'authorizerWrong' | 'targetUnknown' | 'targetUnproven'
>;

/** Why nobody knows, within a scenario, whether a token that a consumer could exchange arrives at it. */
export function gatewayDoubts(consumer: Consumer, when: Scenario): Doubt[] {
  const { gateway } = consumerKindOf(consumer.kind);
  if (gateway === null) return [];
  return [...aboutGateway(consumer, when), ...(gateway === 'before' ? aboutTarget(consumer, when) : [])];
}

function aboutGateway(consumer: Consumer, when: Scenario): Doubt[] {
  const data = { consumer: consumer.node.name };
  return consumer.gateway(when).flatMap(({ value, at, when: linked, trace }): Doubt[] => {
    if (value.kind === 'unresolved') {
      // Of several that it can be each is tried, and told by another rule.
      if (value.candidates !== undefined) return [];
      const reason = { ...data, reason: value.reason };
      return [{ message: 'unresolved', at, part: 'value', when: linked, data: reason, trace }];
    }
    const { gateway } = value;
    return gateway
      .authorizerType(linked)
      .filter((type) => authorizerOf(textOf(type) ?? '') === undefined && !isBesideDefault(type))
      .map((type) => ({
        message: isWritten(type) ? 'authorizerUnknown' : 'authorizerWrong',
        at,
        part: 'value',
        when: type.when,
        data: {
          ...data,
          gateway: nameFrom(gateway.node, consumer.node),
          reason: authorizerReason(type),
        },
        trace: [...trace, ...type.trace],
        related: [{ message: 'the gateway is declared here', at: gateway.node.cursor, part: 'key' }],
      }));
  });
}

/** Whether it says something that is only not known yet. */
function isWritten({ value }: Alternative): boolean {
  return value.kind !== 'absent' && knownText(value) === undefined;
}

function authorizerReason({ value }: Alternative): string {
  if (value.kind === 'absent') return 'it is left out';
  const written = knownText(value);
  return written === undefined ? openReason(value) : `'${written}' is not one that is known here`;
}

function aboutTarget(consumer: Consumer, when: Scenario): Doubt[] {
  return consumer.targetKind(when).flatMap(({ value, at, when: so, trace }): Doubt[] => {
    const doubt = { part: 'key', when: so, trace } as const;
    const data = { consumer: consumer.node.name };
    if (value.kind === 'unknown') return [{ ...doubt, message: 'targetUnknown', at, data }];
    const { tokenExchange, label } = value.fact;
    return tokenExchange === 'allowed'
      ? [{ ...doubt, message: 'targetUnproven', at: value.key, data: { ...data, kind: label } }]
      : [];
  });
}
