import { asksFor } from '../src/agentcore/consumer/consumer.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { nameFrom } from '../src/views/naming.js';

export interface BuiltInVendorOptions {
  /** Vendors that exchange tokens without an `OnBehalfOfTokenExchangeConfig`. */
  readonly nativeVendors: readonly string[];
}

export const tokenExchangeOnBuiltInVendor = defineRule({
  id: 'token-exchange-on-built-in-vendor',
  severity: 'error',
  on: 'consumer or provider',
  summary:
    "A target asks for TOKEN_EXCHANGE of a built-in vendor's provider, or an OnBehalfOfTokenExchangeConfig stands in a built-in vendor's block.",
  rationale:
    'Only CustomOauth2 has an OnBehalfOfTokenExchangeConfig. Of the built-in vendors MicrosoftOauth2 alone exchanges tokens, by itself; all others cannot, whatever their block says.',
  remedy:
    'Declare the provider as CustomOauth2 with the discovery URL of the identity provider and an OnBehalfOfTokenExchangeConfig. In a MicrosoftOauth2 provider, take the block out: it needs none.',
  sources: [sources.onBehalfOf, sources.onBehalfOfConfig, sources.tokenExchangeIssue],
  options: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        nativeVendors: {
          type: 'array',
          items: { type: 'string' },
          default: ['MicrosoftOauth2'],
          description:
            'Vendors whose providers exchange tokens without an OnBehalfOfTokenExchangeConfig. An empty list is the stricter reading from before AWS documented MicrosoftOauth2 as preconfigured.',
        },
      },
    },
    defaults: { nativeVendors: ['MicrosoftOauth2'] } as BuiltInVendorOptions,
  },
  messages: {
    exchange: {
      consequence: 'calls-fail',
      message:
        '{consumer} asks for TOKEN_EXCHANGE, but its provider {provider} is of the built-in vendor {vendor}, which exchanges no tokens, so every call fails.',
      help: 'Declare {providerId} as CustomOauth2 with an OnBehalfOfTokenExchangeConfig, or ask for a grant that {vendor} takes.',
    },
    blockOnProvider: {
      consequence: 'deployment-fails',
      message:
        '{provider} has {key} under {block}: the built-in vendor {vendor} knows no such block, only CustomOauth2 does, so the deployment fails.',
      help: 'Remove {key}, or declare {provider} as CustomOauth2 and move it into CustomOauth2ProviderConfig.',
    },
  },
  check: {
    consumer(consumer, context) {
      for (const grant of asksFor(consumer, 'TOKEN_EXCHANGE')) {
        for (const link of consumer.provider(grant.when)) {
          if (link.value.kind !== 'provider') continue;
          const { provider } = link.value;
          for (const setup of provider.exchange(link.when)) {
            if (setup.value.kind !== 'built-in') continue;
            const { vendor } = setup.value.vendor;
            if (context.options.nativeVendors.includes(vendor)) continue;
            context.report({
              message: 'exchange',
              data: {
                consumer: consumer.node.name,
                provider: nameFrom(provider.node, consumer.node),
                providerId: provider.node.name,
                vendor,
              },
              at: grant.at,
              helpAt: provider.node.cursor,
              when: setup.when,
              trace: [...grant.trace, ...link.trace],
              related: [
                {
                  message: `the provider of the vendor ${vendor} is declared here`,
                  at: provider.node.cursor,
                  part: 'key',
                },
              ],
              causes: [{ node: provider.node, says: `${vendor} exchanges no tokens` }],
            });
          }
        }
      }
    },
    provider(provider, when, context) {
      for (const found of provider.onBehalfOfProblems(when)) {
        if (found.about === 'builtInVendor') context.report(found.problem);
      }
    },
  },
});
