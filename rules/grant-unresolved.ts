import { askingsOf, worksWithEveryGrant } from '../src/agentcore/consumer/asking.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { openReason } from '../src/views/open-value.js';

export const grantUnresolved = defineRule({
  id: 'grant-unresolved',
  severity: 'info',
  strict: true,
  on: 'consumer',
  summary:
    'The GrantType of a target or harness is known only when it is deployed, and its provider does not work with every grant that it may be.',
  rationale:
    'With one grant the calls of a tool run as the user, with another as the shared client, and with a third they fail. Where the grant comes from a parameter without a value, a lookup or a custom resource, nobody can say which it is; the target counts as unverified, and --strict makes it an error.',
  remedy:
    'Write the GrantType into the template, give the parameter AllowedValues or a Default, or give its value with --parameters.',
  sources: [sources.targetOauthCredentialProvider, sources.onBehalfOf],
  messages: {
    unresolved: {
      consequence: null,
      leavesUnverified: true,
      message:
        'Whether {consumer} asks for TOKEN_EXCHANGE cannot be verified, and neither can the exchange: {reason}.',
      help: 'Write the GrantType, give the parameter that it comes from AllowedValues, or give its value with --parameters.',
    },
  },
  check: {
    consumer(consumer, context) {
      for (const asking of askingsOf(context.graph, consumer)) {
        if (asking.how !== 'may-ask' || worksWithEveryGrant(context.graph, asking)) continue;
        const { at, when, trace, value } = asking.grant;
        context.report({
          message: 'unresolved',
          data: { consumer: consumer.node.name, reason: openReason(value) },
          at,
          when,
          trace,
        });
      }
    },
  },
});
