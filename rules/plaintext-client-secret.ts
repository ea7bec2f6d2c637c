import { sources } from '../src/agentcore/facts/sources.js';
import { writtenSecrets } from '../src/agentcore/provider/client-secret.js';
import { defineRule } from '../src/lint/rule.js';

const REFERENCE = 'a dynamic reference ({{resolve:secretsmanager:...}})';

export const plaintextClientSecret = defineRule({
  id: 'plaintext-client-secret',
  severity: 'warning',
  on: 'provider',
  summary: 'The ClientSecret of a provider can be read in the template, or in the stack.',
  rationale:
    'Whoever reads the template, its repository or the stack in the console reads the secret, and with it can ask for tokens as the client. NoEcho hides what somebody enters, not the default that stands in the template.',
  remedy:
    'Keep the secret in AWS Secrets Manager and name it with ClientSecretSource: EXTERNAL and ClientSecretConfig, or with a dynamic reference. A NoEcho parameter without a default does as well. Then give the client a new secret: the old one is known.',
  sources: [sources.dynamicReferences, sources.parameterNoEcho, sources.providerConfigInput],
  messages: {
    literal: {
      consequence: 'secret-exposed',
      message:
        'The ClientSecret of {provider} is written in plain text, so everybody who can read this file can read the secret.',
      help: `Use ClientSecretSource EXTERNAL with ClientSecretConfig, ${REFERENCE} or a NoEcho parameter without a default, and give the client a new secret.`,
    },
    parameterDefault: {
      consequence: 'secret-exposed',
      message:
        'The ClientSecret of {provider} is the parameter {parameter}, whose Default is written in plain text, so everybody who can read this file can read the secret.',
      help: `Declare {parameter} with NoEcho and without a Default, or use ${REFERENCE}, and give the client a new secret.`,
    },
    withoutNoEcho: {
      consequence: 'secret-exposed',
      message:
        'The ClientSecret of {provider} is the parameter {parameter}, which is declared without NoEcho, so everybody who can describe the stack can read the secret.',
      help: `Declare {parameter} with NoEcho: true, or use ${REFERENCE}.`,
    },
    noEchoDefault: {
      consequence: 'secret-exposed',
      message:
        'The ClientSecret of {provider} is the parameter {parameter}, whose Default is written in plain text: NoEcho does not hide it, so everybody who can read this file can read the secret.',
      help: `Take the Default out of {parameter}, or use ${REFERENCE}, and give the client a new secret.`,
    },
  },
  check: {
    provider(provider, when, context) {
      for (const { parameter, ...secret } of writtenSecrets(context.graph, provider, when)) {
        if (parameter === undefined) {
          context.report({ ...secret, message: 'literal', data: { provider: provider.name } });
          continue;
        }
        const { name, noEcho, preset, declaration } = parameter;
        context.report({
          ...secret,
          message: !preset ? 'withoutNoEcho' : noEcho ? 'noEchoDefault' : 'parameterDefault',
          data: { provider: provider.name, parameter: name },
          related:
            declaration === undefined
              ? []
              : [{ message: `the parameter ${name} is declared here`, at: declaration, part: 'key' }],
        });
      }
    },
  },
});
