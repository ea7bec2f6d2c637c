import { asksFor } from '../src/agentcore/consumer/consumer.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { textOf } from '../src/views/read.js';

export const authorizationCodeWithoutReturnUrl = defineRule({
  id: 'authorization-code-without-return-url',
  severity: 'warning',
  on: 'consumer',
  summary: 'A target or harness asks for AUTHORIZATION_CODE and names no DefaultReturnUrl.',
  rationale:
    'With AUTHORIZATION_CODE the user consents in a browser and is sent back to an application. Without a DefaultReturnUrl AgentCore does not know to which, and each call has to name a URL of its own.',
  remedy: 'Add DefaultReturnUrl: the https URL of the application to which the user returns.',
  sources: [sources.targetOauthCredentialProvider, sources.harnessOauthCredentialProvider],
  facts: ['consumer-grants'],
  messages: {
    missing: {
      consequence: null,
      message:
        '{consumer} asks for AUTHORIZATION_CODE without a DefaultReturnUrl, so each caller has to send its own.',
      help: 'Add DefaultReturnUrl with the URL to which the user returns after consent, beside GrantType.',
    },
    empty: {
      consequence: null,
      message:
        '{consumer} asks for AUTHORIZATION_CODE with an empty DefaultReturnUrl, so each caller has to send its own.',
      help: 'Give DefaultReturnUrl the URL to which the user returns after consent.',
    },
  },
  check: {
    consumer(consumer, context) {
      for (const grant of asksFor(consumer, 'AUTHORIZATION_CODE')) {
        for (const url of consumer.property('DefaultReturnUrl', grant.when)) {
          const missing = url.value.kind === 'absent';
          if (!missing && textOf(url) !== '') continue;
          // A slip of the key is the business of unknown-oauth-property.
          if (missing && consumer.misspelled('DefaultReturnUrl') !== undefined) continue;
          context.report({
            message: missing ? 'missing' : 'empty',
            severity: consumer.kind === 'harness' ? 'info' : 'warning',
            data: { consumer: consumer.node.name },
            at: grant.at,
            when: url.when,
            trace: [...grant.trace, ...url.trace],
            related: url.at.exists ? [{ message: 'the DefaultReturnUrl is left out here', at: url.at }] : [],
          });
        }
      }
    },
  },
});
