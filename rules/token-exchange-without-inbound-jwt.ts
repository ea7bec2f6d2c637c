import { asksFor } from '../src/agentcore/consumer/consumer.js';
import { authorizerOf } from '../src/agentcore/facts/look-up.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { textOf } from '../src/views/read.js';

export const tokenExchangeWithoutInboundJwt = defineRule({
  id: 'token-exchange-without-inbound-jwt',
  severity: 'error',
  on: 'consumer',
  summary: 'A target asks for TOKEN_EXCHANGE behind a gateway that never receives a user token.',
  rationale:
    'The exchange turns the token of the caller into one for the tool. A gateway with AuthorizerType AWS_IAM takes signed requests and one with NONE takes anything: no user token arrives with either, so there is nothing to exchange.',
  remedy:
    'Set AuthorizerType of the gateway to CUSTOM_JWT, with an AuthorizerConfiguration for the identity provider of the callers. If the callers have no user token, ask for CLIENT_CREDENTIALS instead.',
  sources: [sources.inboundAuthorization, sources.onBehalfOf],
  messages: {
    noUserToken: {
      consequence: 'calls-fail',
      message:
        '{consumer} asks for TOKEN_EXCHANGE, but its gateway {gateway} has AuthorizerType {authorizer}, which {explanation}, so there is nothing to exchange.',
      help: 'Set AuthorizerType of {gateway} to CUSTOM_JWT and add an AuthorizerConfiguration, or ask for CLIENT_CREDENTIALS.',
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
            if (authorizer === undefined || authorizer.receivesUserToken) continue;
            context.report({
              message: 'noUserToken',
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
            });
          }
        }
      }
    },
  },
});
