import { asksFor } from '../src/agentcore/consumer/consumer.js';
import { authorizerOf } from '../src/agentcore/facts/look-up.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { textOf } from '../src/views/read.js';

/** What is said of a gateway by what is known of the exchange behind it. */
const REPORTS = {
  fails: { message: 'noUserToken', severity: 'error' },
  unproven: { message: 'uncheckedToken', severity: 'warning' },
  disputed: { message: 'disputed', severity: 'info' },
} as const;

export const tokenExchangeWithoutInboundJwt = defineRule({
  id: 'token-exchange-without-inbound-jwt',
  severity: 'error',
  on: 'consumer',
  summary:
    'A target or harness asks for TOKEN_EXCHANGE behind a gateway that receives no checked user token.',
  rationale:
    'The exchange turns the token of the caller into one for the tool. A gateway with AuthorizerType AWS_IAM takes signed requests, in which no user token arrives: each call fails. One with NONE lets any token through unchecked, and no source says whether that is exchanged. Of AUTHENTICATE_ONLY the pages of AWS contradict each other.',
  remedy:
    'Set AuthorizerType of the gateway to CUSTOM_JWT, with an AuthorizerConfiguration for the identity provider of the callers. If the callers have no user token, ask for CLIENT_CREDENTIALS instead.',
  sources: [sources.inboundAuthorization, sources.onBehalfOf],
  facts: ['authorizers'],
  messages: {
    noUserToken: {
      consequence: 'calls-fail',
      message:
        '{consumer} asks for TOKEN_EXCHANGE, but its gateway {gateway} has AuthorizerType {authorizer}, which {explanation}, so there is nothing to exchange and each call fails.',
      help: 'Set AuthorizerType of {gateway} to CUSTOM_JWT and add an AuthorizerConfiguration, or ask for CLIENT_CREDENTIALS.',
    },
    uncheckedToken: {
      consequence: null,
      leavesUnverified: true,
      message:
        '{consumer} asks for TOKEN_EXCHANGE, but its gateway {gateway} has AuthorizerType {authorizer}, which {explanation}, so anybody can present the token that is exchanged.',
      help: 'Set AuthorizerType of {gateway} to CUSTOM_JWT and add an AuthorizerConfiguration, so that the token is checked before it is exchanged.',
    },
    disputed: {
      consequence: null,
      leavesUnverified: true,
      message:
        '{consumer} asks for TOKEN_EXCHANGE, and its gateway {gateway} has AuthorizerType {authorizer}, which {explanation}, so whether there is a token to exchange is not known.',
      help: 'Set AuthorizerType of {gateway} to CUSTOM_JWT and add an AuthorizerConfiguration: behind it the exchange is documented.',
    },
  },
  check: {
    consumer(consumer, context) {
      for (const grant of asksFor(consumer, 'TOKEN_EXCHANGE')) {
        for (const link of consumer.gateway(grant.when)) {
          if (link.value.kind !== 'gateway') continue;
          const { gateway } = link.value;
          for (const type of gateway.authorizerType(link.when)) {
            const authorizer = authorizerOf(textOf(type) ?? '');
            if (authorizer === undefined || authorizer.exchange === 'works') continue;
            context.report({
              ...REPORTS[authorizer.exchange],
              data: {
                consumer: consumer.node.name,
                gateway: gateway.node.name,
                authorizer: authorizer.type,
                explanation: authorizer.explanation,
              },
              at: grant.at,
              when: type.when,
              trace: [...grant.trace, ...link.trace, ...type.trace],
              related: [{ message: `the gateway is ${authorizer.type} here`, at: type.at }],
              causes: [{ node: gateway.node, says: `inbound ${authorizer.type}` }],
            });
          }
        }
      }
    },
  },
});
