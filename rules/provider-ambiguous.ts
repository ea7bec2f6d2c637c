import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';

export const providerAmbiguous = defineRule({
  id: 'provider-ambiguous',
  severity: 'info',
  strict: true,
  on: 'consumer',
  summary:
    'The provider or the gateway of a target or harness can be one of several, and not all of them work.',
  rationale:
    'Several templates of the run export the name, declare the provider, or write the SSM parameter, and nothing says which of them is deployed beside the target. Each is tried with every rule. Where all work there is nothing to say; where all fail, the rule by which the first of them fails says so, naming all, and the target has failed. Otherwise this finding names those that fail, or of which nobody can tell, and an exchange counts as unverified: --strict makes the finding an error. A bearer of the name in the same template goes before others, then one of the same deployment.',
  remedy:
    'Lint only the templates that are deployed together, one environment at a time, or give each environment a name of its own.',
  sources: [sources.onBehalfOf],
  messages: {
    someFail: {
      consequence: null,
      leavesUnverified: true,
      message: '{consumer} can get the wrong {what}: {reason}, and it does not work with {failing}.',
      help: 'Lint only the templates that are deployed together, or give the name once in each environment, or fix {mend}.',
    },
    noneFails: {
      consequence: null,
      leavesUnverified: true,
      message:
        'Whether a token is exchanged for {consumer} cannot be verified: {reason}, and nobody can tell whether it works with {open}.',
      help: 'Lint only the templates that are deployed together, or give the name once in each environment.',
    },
  },
  check: {
    triedReference({ node, what, asks, at, when, trace, reason, candidates }, context) {
      const failing = candidates.flatMap(({ name, end }) =>
        typeof end === 'string' ? [] : [{ name, rule: end.fails }],
      );
      const open = candidates.flatMap(({ name, end }) => (end === 'unknown' ? [name] : []));
      // Without an exchange nothing has to be proven.
      if (failing.length === 0 && !asks) return;
      const data = { consumer: node.name, reason };
      context.report({
        ...(failing.length > 0
          ? {
              message: 'someFail',
              data: {
                ...data,
                what,
                failing: listed(failing.map(({ name, rule }) => `${name} (${rule})`)),
                mend: failing.length === 1 ? 'that one' : 'those',
              },
            }
          : { message: 'noneFails', data: { ...data, open: listed(open) } }),
        at,
        when,
        trace,
        related: candidates.map((candidate) => ({
          message: 'it can be this one',
          at: candidate.at,
          part: 'key',
        })),
      });
    },
  },
});

function listed(names: readonly string[]): string {
  const all = [...new Set(names)];
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
}
