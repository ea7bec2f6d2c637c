import { asksFor } from '../src/agentcore/consumer/consumer.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';

export const tokenExchangeUnsupportedTarget = defineRule({
  id: 'token-exchange-unsupported-target',
  severity: 'error',
  on: 'consumer',
  summary: 'A target asks for TOKEN_EXCHANGE and is of a type that takes no token exchange.',
  rationale:
    'A gateway exchanges tokens for MCP servers and OpenAPI schemas. It calls Lambda functions, Smithy models and API Gateway stages with other credentials, so the user would never reach them.',
  remedy:
    'Use GATEWAY_IAM_ROLE for the target, or put the tool behind an MCP server or an OpenAPI schema, which take the exchanged token.',
  sources: [sources.outboundAuthorization],
  messages: {
    unsupported: {
      consequence: 'calls-fail',
      message: '{consumer} asks for TOKEN_EXCHANGE, but its target is {kind}, which takes no token exchange.',
      help: 'Set CredentialProviderType to GATEWAY_IAM_ROLE without an OauthCredentialProvider, or make the target an MCP server or an OpenAPI schema.',
    },
  },
  check: {
    consumer(consumer, context) {
      for (const grant of asksFor(consumer, 'TOKEN_EXCHANGE')) {
        for (const { value: target, when } of consumer.targetKind(grant.when)) {
          if (target.kind !== 'known' || target.fact.tokenExchange !== 'no') continue;
          context.report({
            message: 'unsupported',
            data: { consumer: consumer.node.name, kind: target.fact.label },
            at: grant.at,
            when,
            trace: grant.trace,
            related: [{ message: `the target is ${target.fact.label} here`, at: target.key, part: 'key' }],
          });
        }
      }
    },
  },
});
