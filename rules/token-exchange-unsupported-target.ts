import { asksFor } from '../src/agentcore/consumer/consumer.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';

export const tokenExchangeUnsupportedTarget = defineRule({
  id: 'token-exchange-unsupported-target',
  severity: 'error',
  on: 'consumer',
  summary: 'A target asks for TOKEN_EXCHANGE and is of a kind that takes no token exchange.',
  rationale:
    'A gateway exchanges tokens for MCP servers, OpenAPI schemas, AgentCore runtimes and HTTP passthrough. It calls Lambda functions, Smithy models and API Gateway stages with other credentials, so the user would never reach them. AWS refuses the grant for a Lambda function when the target is created; of the other two the table of the developer guide says so.',
  remedy:
    'Use GATEWAY_IAM_ROLE for the target, or put the tool behind an MCP server or an OpenAPI schema, which take the exchanged token.',
  sources: [sources.outboundAuthorization, sources.liveReproductions],
  facts: ['target-kinds'],
  messages: {
    unsupported: {
      consequence: 'calls-fail',
      message:
        '{consumer} asks for TOKEN_EXCHANGE, but it is {kind}, for which a gateway exchanges no token, so its calls fail.',
      help: 'Set CredentialProviderType to GATEWAY_IAM_ROLE without an OauthCredentialProvider, or make the target an MCP server or an OpenAPI schema.',
    },
  },
  check: {
    consumer(consumer, context) {
      for (const grant of asksFor(consumer, 'TOKEN_EXCHANGE')) {
        for (const { value: target, when } of consumer.targetKind(grant.when)) {
          if (target.kind !== 'known') continue;
          const { tokenExchange, label } = target.fact;
          if (tokenExchange !== 'refused' && tokenExchange !== 'unlisted') continue;
          context.report({
            message: 'unsupported',
            severity: tokenExchange === 'refused' ? 'error' : 'warning',
            data: { consumer: consumer.node.name, kind: label },
            at: grant.at,
            when,
            trace: grant.trace,
            related: [{ message: `the target is ${label} here`, at: target.key, part: 'key' }],
          });
        }
      }
    },
  },
});
