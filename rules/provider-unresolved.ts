import { asksFor } from '../src/agentcore/consumer/consumer.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { nameFrom } from '../src/views/naming.js';

export const providerUnresolved = defineRule({
  id: 'provider-unresolved',
  severity: 'info',
  strict: true,
  on: 'consumer',
  summary: 'A target or harness asks for TOKEN_EXCHANGE of a provider that these templates do not show.',
  rationale:
    'A linter that cannot see a provider cannot call what uses it fine. The finding names the reference that stopped the search; the target counts as unverified, and --strict makes it an error.',
  remedy:
    "Lint the provider's template in the same run, hand it over with --context, or give the value with --parameters. What stays out of view (a custom resource, a provider made by hand) can be suppressed in place.",
  sources: [sources.onBehalfOf],
  messages: {
    unresolved: {
      consequence: null,
      leavesUnverified: true,
      message: 'Whether the provider of {consumer} exchanges tokens cannot be verified: {reason}.',
      help: "Lint the provider's template in the same run, name it with --context, or give the value with --parameters.",
    },
    setupUnknown: {
      consequence: null,
      leavesUnverified: true,
      message: 'Whether the provider {provider} of {consumer} exchanges tokens cannot be verified: {reason}.',
      help: 'Give the value with --parameters, or write it into the template.',
    },
    pastLimit: {
      consequence: null,
      leavesUnverified: true,
      message: '{consumer} cannot be verified: {reason}.',
      help: 'Give the values of some parameters with --parameters.',
    },
  },
  runReports: 'limit',
  check: {
    consumer(consumer, context) {
      for (const grant of asksFor(consumer, 'TOKEN_EXCHANGE')) {
        for (const link of consumer.provider(grant.when)) {
          const data = { consumer: consumer.node.name };
          const { at, when, trace, value } = link;
          if (value.kind === 'unresolved' && value.candidates === undefined) {
            context.report({
              message: 'unresolved',
              data: { ...data, reason: value.reason },
              at,
              when,
              trace,
            });
          }
          if (value.kind !== 'provider') continue;
          for (const setup of value.provider.exchange(when)) {
            if (setup.value.kind !== 'unknown') continue;
            context.report({
              message: 'setupUnknown',
              data: {
                ...data,
                provider: nameFrom(value.provider.node, consumer.node),
                reason: setup.value.reason,
              },
              at,
              when: setup.when,
              trace,
              related: [
                { message: 'the provider is declared here', at: value.provider.node.cursor, part: 'key' },
              ],
            });
          }
        }
      }
    },
  },
});
