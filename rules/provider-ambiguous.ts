import { allFailed, type TriedCandidate, triedCandidates } from '../src/agentcore/consumer/candidates.js';
import { asksFor } from '../src/agentcore/consumer/consumer.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { nameFrom } from '../src/views/naming.js';

/** The rule by which a candidate fails; none where it does not, or nobody can tell. */
const FAILS_BY: Readonly<Partial<Record<TriedCandidate['end'], string>>> = {
  'not-configured': 'token-exchange-without-config',
  'built-in': 'token-exchange-on-built-in-vendor',
  faulty: 'a finding on the provider',
  invalid: 'invalid-provider-reference',
  absent: 'provider-absent-under-condition',
};

export const providerAmbiguous = defineRule({
  id: 'provider-ambiguous',
  severity: 'info',
  on: 'consumer',
  summary:
    'A target or harness asks for TOKEN_EXCHANGE of a provider that can be one of several, and not all of them are known to fail.',
  rationale:
    'Several templates of the run export the name, declare the provider, or write the SSM parameter, and nothing says which of them is deployed beside the target. Each is tried. Where all fail, the rule that the first one fails by says so, and the target has failed. Otherwise this finding names those that fail, and the target counts as unverified, also where every candidate is set up: --strict makes the finding an error. A bearer of the name in the same template goes before others, then one of the same deployment.',
  remedy:
    'Lint only the templates that are deployed together, one environment at a time, or give each environment a name of its own.',
  sources: [sources.onBehalfOf],
  messages: {
    someFail: {
      consequence: null,
      leavesUnverified: true,
      message:
        'Whether the provider of {consumer} exchanges tokens cannot be verified: {reason}. These fail: {failing}.',
      help: 'Mend those that fail, or lint only the templates that are deployed together.',
    },
    noneFails: {
      consequence: null,
      leavesUnverified: true,
      message:
        'Whether the provider of {consumer} exchanges tokens cannot be verified: {reason}. No provider among them is known to lack what the exchange needs.',
      help: 'Lint only the templates that are deployed together, or give the name once in each environment.',
    },
  },
  check: {
    consumer(consumer, context) {
      for (const grant of asksFor(consumer, 'TOKEN_EXCHANGE')) {
        for (const link of consumer.provider(grant.when)) {
          if (link.value.kind !== 'unresolved') continue;
          const { reason } = link.value;
          for (const { value: tried, when } of triedCandidates(link)) {
            if (allFailed(tried) !== undefined) continue;
            const failing = tried.flatMap((one) => failure(one, consumer.node));
            const data = { consumer: consumer.node.name, reason };
            context.report({
              ...(failing.length > 0
                ? { message: 'someFail', data: { ...data, failing: failing.join('; ') } }
                : { message: 'noneFails', data }),
              at: link.at,
              when,
              trace: link.trace,
              related: tried.map(({ at, provider }) => ({
                message: 'it can be this one',
                at: provider?.node.cursor ?? at,
                part: 'key',
              })),
            });
          }
        }
      }
    },
  },
});

function failure({ at, end, provider }: TriedCandidate, from: Parameters<typeof nameFrom>[1]): string[] {
  const rule = FAILS_BY[end];
  if (rule === undefined) return [];
  return [`${provider === undefined ? at.instance.template.file : nameFrom(provider.node, from)} (${rule})`];
}
