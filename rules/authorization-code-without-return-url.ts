import { asksFor } from '../src/agentcore/consumer/consumer.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { textOf } from '../src/views/read.js';

export const authorizationCodeWithoutReturnUrl = defineRule({
  id: 'authorization-code-without-return-url',
  severity: 'error',
  on: 'consumer',
  summary: 'A consumer asks for AUTHORIZATION_CODE and names no DefaultReturnUrl.',
  rationale:
    'With AUTHORIZATION_CODE the user consents in a browser and is sent back to an application. Without a DefaultReturnUrl AgentCore does not know to which, and refuses to create the consumer.',
  remedy: 'Add DefaultReturnUrl: the https URL of the application to which the user returns.',
  sources: [sources.targetOauthCredentialProvider, sources.harnessOauthCredentialProvider],
  messages: {
    missing: {
      consequence: null,
      message: '{consumer} asks for AUTHORIZATION_CODE without a DefaultReturnUrl, so its creation fails.',
      help: 'Add DefaultReturnUrl with the URL to which the user returns after consent, beside GrantType.',
    },
    misspelledKey: {
      consequence: null,
      message:
        '{consumer} asks for AUTHORIZATION_CODE with {written} in place of DefaultReturnUrl, so its creation fails.',
      help: 'Write DefaultReturnUrl.',
    },
    empty: {
      consequence: null,
      message:
        '{consumer} asks for AUTHORIZATION_CODE with an empty DefaultReturnUrl, so its creation fails.',
      help: 'Give DefaultReturnUrl the URL to which the user returns after consent.',
    },
  },
  check: {
    consumer(consumer, context) {
      for (const grant of asksFor(consumer, 'AUTHORIZATION_CODE')) {
        for (const url of consumer.property('DefaultReturnUrl', grant.when)) {
          const missing = url.value.kind === 'absent';
          if (!missing && textOf(url) !== '') continue;
          const misspelled = consumer.misspelled('DefaultReturnUrl');
          if (misspelled !== undefined) {
            context.report({
              message: 'misspelledKey',
              data: { consumer: consumer.node.name, written: misspelled.written },
              at: misspelled.at,
              part: 'key',
              when: url.when,
              trace: grant.trace,
              fix: misspelled.fix,
            });
            continue;
          }
          context.report({
            message: missing ? 'missing' : 'empty',
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
