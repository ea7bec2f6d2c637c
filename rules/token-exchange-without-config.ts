import { asksFor } from '../src/agentcore/consumer/consumer.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { exchangeSettings } from '../src/agentcore/provider/exchange-settings.js';
import { keysIgnoredByCli } from '../src/agentcore/provider/ignored-by-cli.js';
import { defineRule } from '../src/lint/rule.js';
import { nameFrom } from '../src/views/naming.js';

const NO_BLOCK = 'no exchange block';

export const tokenExchangeWithoutConfig = defineRule({
  id: 'token-exchange-without-config',
  severity: 'error',
  on: 'consumer',
  summary:
    'A target asks for TOKEN_EXCHANGE, and its CustomOauth2 provider has no OnBehalfOfTokenExchangeConfig.',
  rationale:
    'The exchange happens in the credential provider. Without its OnBehalfOfTokenExchangeConfig the deployment can succeed all the same, and then every call runs as one shared service account, with HTTP 200 and no error: nobody notices until an audit.',
  remedy:
    'Give the provider an OnBehalfOfTokenExchangeConfig with the grant that its identity provider speaks: TOKEN_EXCHANGE (RFC 8693) or JWT_AUTHORIZATION_GRANT (RFC 7523, Microsoft Entra). If the tool is meant to be called as the service itself, ask for CLIENT_CREDENTIALS.',
  sources: [sources.onBehalfOf, sources.onBehalfOfConfig, sources.tokenExchangeIssue],
  messages: {
    notConfigured: {
      consequence: 'identity-lost',
      message:
        '{consumer} asks for TOKEN_EXCHANGE, but its provider {provider} has no OnBehalfOfTokenExchangeConfig: no token is exchanged and calls can run as the shared client.',
      help: 'Add OnBehalfOfTokenExchangeConfig with a GrantType (TOKEN_EXCHANGE, or JWT_AUTHORIZATION_GRANT for Microsoft Entra) to the CustomOauth2ProviderConfig of {providerId}.',
    },
  },
  check: {
    consumer(consumer, context) {
      // A block on the consumer is told as misplaced: that is the cause.
      if (consumer.misplacedOnBehalfOf().length > 0) return;
      for (const grant of asksFor(consumer, 'TOKEN_EXCHANGE')) {
        for (const link of consumer.provider(grant.when)) {
          if (link.value.kind !== 'provider') continue;
          const { provider } = link.value;
          for (const setup of provider.exchange(link.when)) {
            if (setup.value.kind !== 'not-configured') continue;
            // A block that the AgentCore CLI drops is told where it stands: that is the cause.
            if (keysIgnoredByCli(context.graph, provider, setup.when).length > 0) continue;
            const sameFile = provider.node.instance.template === consumer.node.instance.template;
            const fix = sameFile ? exchangeSettings(provider, setup) : undefined;
            context.report({
              message: 'notConfigured',
              data: {
                consumer: consumer.node.name,
                provider: nameFrom(provider.node, consumer.node),
                providerId: provider.node.name,
              },
              at: grant.at,
              helpAt: provider.node.cursor,
              when: setup.when,
              trace: [...grant.trace, ...link.trace],
              related: [{ message: 'the provider is declared here', at: provider.node.cursor, part: 'key' }],
              causes: [{ node: provider.node, says: NO_BLOCK }],
              ...(fix === undefined ? {} : { fix }),
            });
          }
        }
      }
    },
  },
});
