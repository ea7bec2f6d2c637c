import { grantsSaid } from '../src/agentcore/consumer/grant-parameter.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { isLeftOut, placeOfMissing } from '../src/views/missing.js';
import { nameFrom } from '../src/views/naming.js';
import { textOf } from '../src/views/read.js';

export const tokenExchangeConfigUnused = defineRule({
  id: 'token-exchange-config-unused',
  severity: 'warning',
  on: 'consumer',
  summary:
    'A target or harness asks for CLIENT_CREDENTIALS, or for no grant at all, of a provider that is set up for token exchange.',
  rationale:
    "The provider is ready to call the tool as the user, and the target does not ask for it: every call runs as the shared client, and the user's identity is dropped without an error. Constructs that set CLIENT_CREDENTIALS by themselves are a known way to get here.",
  remedy:
    'Ask for TOKEN_EXCHANGE. If the calls are meant to run as the service, use a provider without OnBehalfOfTokenExchangeConfig for this target, so that nobody takes it for the other kind.',
  sources: [sources.onBehalfOf, sources.tokenExchangeIssue],
  messages: {
    clientCredentials: {
      consequence: 'identity-lost',
      message:
        "{consumer} asks for CLIENT_CREDENTIALS of {provider}, which is set up for token exchange: calls run as the shared client and the user's identity is dropped without an error.",
      help: 'Ask for TOKEN_EXCHANGE, or use a provider that is not set up for it.',
    },
    noGrant: {
      consequence: 'identity-lost',
      message:
        "{consumer} names no GrantType, and its provider {provider} is set up for token exchange: calls run as the shared client and the user's identity is dropped without an error.",
      help: 'Add GrantType: TOKEN_EXCHANGE, or use a provider that is not set up for token exchange.',
    },
    harness: {
      consequence: 'identity-lost',
      message:
        "{consumer} uses {provider}, which is set up for token exchange, and a harness cannot ask for it: calls run as the shared client and the user's identity is dropped without an error.",
      help: 'Let a gateway target make the exchange, or use a provider that is not set up for it.',
    },
  },
  check: {
    consumer(consumer, context) {
      // A registry fetches a record by itself: no user is there whose identity could be dropped.
      if (consumer.kind === 'registry-record') return;
      for (const grant of grantsSaid(context.graph.evaluator, consumer)) {
        const asked = textOf(grant);
        const none = grant.value.kind === 'absent';
        if (asked !== 'CLIENT_CREDENTIALS' && !none) continue;
        // A misspelled GrantType is told as such.
        if (none && consumer.misspelled('GrantType') !== undefined) continue;
        for (const link of consumer.provider(grant.when)) {
          if (link.value.kind !== 'provider') continue;
          const { provider } = link.value;
          for (const setup of provider.exchange(link.when)) {
            if (setup.value.kind !== 'configured') continue;
            const { config } = setup.value.onBehalfOf;
            // What cannot exchange here cannot be told to ask for it.
            const harness = !consumer.grants.includes('TOKEN_EXCHANGE');
            context.report({
              message: harness ? 'harness' : none ? 'noGrant' : 'clientCredentials',
              data: { consumer: consumer.node.name, provider: nameFrom(provider.node, consumer.node) },
              ...(none ? placeOfMissing(grant, consumer.block.at) : { at: grant.at, part: 'value' as const }),
              when: setup.when,
              trace: [...grant.trace, ...link.trace],
              related: [
                {
                  message: 'the provider is set up for token exchange here',
                  at: config?.at ?? provider.node.cursor,
                  part: 'key',
                },
              ],
              ...(harness || consumer.block.value.kind !== 'map' || grant.trace.length > 0 || isLeftOut(grant)
                ? {}
                : {
                    fix: {
                      title: 'Ask for TOKEN_EXCHANGE',
                      safety: 'unsafe',
                      changes: [
                        none
                          ? {
                              kind: 'insert',
                              path: consumer.block.value.cursor.path,
                              key: 'GrantType',
                              value: 'TOKEN_EXCHANGE',
                            }
                          : { kind: 'replace', path: grant.at.path, value: 'TOKEN_EXCHANGE' },
                      ],
                    },
                  }),
            });
          }
        }
      }
    },
  },
});
