import { sources } from '../src/agentcore/facts/sources.js';
import { keysIgnoredByCli } from '../src/agentcore/provider/ignored-by-cli.js';
import { defineRule } from '../src/lint/rule.js';
import { textOf } from '../src/views/read.js';

export const ignoredByAgentcoreCli = defineRule({
  id: 'ignored-by-agentcore-cli',
  severity: 'error',
  on: 'credential of agentcore.json',
  summary:
    'A credential in agentcore.json has a token exchange block, which the AgentCore CLI drops without a word.',
  rationale:
    'Version 0.30.0 of the CLI has no field for the exchange. It accepts the block when it validates the file, makes the provider without it, and takes it out of the file at the next `agentcore add`. Calls then run as the shared client, and nothing tells.',
  remedy:
    'Make the provider outside of the CLI, with onBehalfOfTokenExchangeConfig, and keep the credential without a discoveryUrl: then the CLI takes the provider as it is. A target asks for TOKEN_EXCHANGE by an override in agentcore/cdk.',
  sources: [sources.tokenExchangeIssue, sources.agentCoreCli],
  facts: ['agentcore-cli'],
  messages: {
    dropped: {
      consequence: 'identity-lost',
      message:
        'AgentCore CLI 0.30 drops {key} of the credential {provider} without a word and makes its provider without a token exchange, so that calls run as the shared client.',
      help: 'Make the provider {provider} yourself, with onBehalfOfTokenExchangeConfig, and take discoveryUrl and {key} out of the credential; the CLI then leaves it as it is.',
    },
    droppedOfExisting: {
      consequence: 'identity-lost',
      message:
        'AgentCore CLI 0.30 drops {key} of the credential {provider} without a word and leaves its provider, which exists already, as it is: where that is not set up for token exchange, calls run as the shared client.',
      help: 'Set the provider {provider} up yourself, with onBehalfOfTokenExchangeConfig, and take {key} out of the credential.',
    },
  },
  check: {
    provider(provider, when, context) {
      for (const key of keysIgnoredByCli(context.graph, provider, when)) {
        // Without a discoveryUrl nothing is known of the provider, which the CLI only refers to.
        const isMade = provider.property('Name', when).every(({ value }) => value.kind === 'text');
        context.report({
          message: isMade ? 'dropped' : 'droppedOfExisting',
          data: { provider: provider.name, key: textOf(key) ?? '' },
          at: key.at,
          part: 'key',
          when: key.when,
        });
      }
    },
  },
});
