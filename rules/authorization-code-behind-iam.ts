import { asksFor } from '../src/agentcore/consumer/consumer.js';
import { consumerKindOf } from '../src/agentcore/facts/consumer-kinds.js';
import { authorizerOf } from '../src/agentcore/facts/look-up.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { textOf } from '../src/views/read.js';

export const authorizationCodeBehindIam = defineRule({
  id: 'authorization-code-behind-iam',
  severity: 'error',
  on: 'target',
  summary: 'A target asks for AUTHORIZATION_CODE behind a gateway whose AuthorizerType is AWS_IAM.',
  rationale:
    'The tokens of AUTHORIZATION_CODE belong to a user, and a gateway that takes signed requests knows none. AWS refuses the target: "3LO Auth is not supported when gateway authorizer type is AWS_IAM".',
  remedy:
    'Set AuthorizerType of the gateway to CUSTOM_JWT with an AuthorizerConfiguration, or ask for CLIENT_CREDENTIALS.',
  sources: [sources.inboundAuthorization, sources.liveReproductions],
  facts: ['authorizers'],
  messages: {
    refused: {
      consequence: 'deployment-fails',
      message:
        '{target} asks for AUTHORIZATION_CODE, but its gateway {gateway} has AuthorizerType {authorizer}, which {explanation}, so the deployment fails.',
      help: 'Set AuthorizerType of {gateway} to CUSTOM_JWT and add an AuthorizerConfiguration, or ask for CLIENT_CREDENTIALS.',
    },
  },
  check: {
    consumer(consumer, context) {
      if (consumerKindOf(consumer.kind).gateway !== 'before') return;
      for (const grant of asksFor(consumer, 'AUTHORIZATION_CODE')) {
        for (const link of consumer.gateway(grant.when)) {
          if (link.value.kind !== 'gateway') continue;
          const { gateway } = link.value;
          for (const type of gateway.authorizerType(link.when)) {
            const authorizer = authorizerOf(textOf(type) ?? '');
            if (authorizer?.authorizationCode !== 'fails') continue;
            context.report({
              message: 'refused',
              data: {
                target: consumer.node.name,
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
