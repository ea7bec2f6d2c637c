import { sources } from '../src/agentcore/facts/sources.js';
import { type ClientSettings, clientSettingsOf } from '../src/agentcore/provider/client-settings.js';
import { defineRule, type RuleReport } from '../src/lint/rule.js';

type Key =
  | 'noSecret'
  | 'noSecretConfig'
  | 'bothSecrets'
  | 'secretWhereExternal'
  | 'configWhereManaged'
  | 'noPrivateKey'
  | 'misspelledKey';

export const providerClientAuthentication = defineRule({
  id: 'provider-client-authentication',
  severity: 'error',
  on: 'provider',
  summary:
    'The credentials of the client disagree with ClientSecretSource or ClientAuthenticationMethod of a custom provider.',
  rationale:
    'A custom provider takes ClientSecret where the secret is MANAGED, which it is unless ClientSecretSource says otherwise, and ClientSecretConfig where it is EXTERNAL, never both. AWS_IAM_ID_TOKEN_JWT and PRIVATE_KEY_JWT do without a secret, and the latter needs to know the key. CloudFormation does not see it before it deploys.',
  remedy:
    'Give the provider what its ClientSecretSource and ClientAuthenticationMethod ask for, and nothing else.',
  sources: [
    sources.clientAuthentication,
    sources.privateKeyJwt,
    sources.customProviderConfig,
    sources.liveReproductions,
  ],
  facts: ['client-authentication'],
  messages: {
    noSecret: {
      consequence: 'deployment-fails',
      message:
        '{provider} has no ClientSecret, which {method} needs where the secret is MANAGED, so the deployment fails.',
      help: 'Add ClientSecret as a dynamic reference, or ClientSecretSource EXTERNAL with a ClientSecretConfig.',
    },
    noSecretConfig: {
      consequence: 'deployment-fails',
      message:
        '{provider} has ClientSecretSource EXTERNAL without a ClientSecretConfig that names the secret, so the deployment fails.',
      help: 'Add ClientSecretConfig with SecretId and JsonKey.',
    },
    bothSecrets: {
      consequence: 'deployment-fails',
      message: '{provider} has both ClientSecret and ClientSecretConfig, so the deployment fails.',
      help: 'Keep ClientSecretConfig with ClientSecretSource EXTERNAL, and remove ClientSecret.',
    },
    secretWhereExternal: {
      consequence: 'deployment-fails',
      message:
        '{provider} has ClientSecretSource EXTERNAL with a ClientSecret in place of a ClientSecretConfig, so the deployment fails.',
      help: 'Name the secret in ClientSecretConfig with SecretId and JsonKey, and remove ClientSecret.',
    },
    configWhereManaged: {
      consequence: 'deployment-fails',
      message:
        '{provider} has a ClientSecretConfig, and its ClientSecretSource is not EXTERNAL, so the deployment fails.',
      help: 'Set ClientSecretSource to EXTERNAL.',
    },
    misspelledKey: {
      consequence: 'deployment-fails',
      message:
        '{provider} has {written} in its CustomOauth2ProviderConfig, which CloudFormation does not know; it is called {key}, so the deployment fails.',
      help: 'Rename it to {key}.',
    },
    noPrivateKey: {
      consequence: 'deployment-fails',
      message:
        '{provider} has ClientAuthenticationMethod {method} without a PrivateKeyJwtConfig, so the deployment fails.',
      help: 'Add PrivateKeyJwtConfig with the PrivateKeySource and the SigningAlgorithm.',
    },
  },
  check: {
    provider(provider, when, context) {
      for (const settings of clientSettingsOf(provider, when)) {
        const fault = faultOf(settings.value);
        if (fault === undefined) continue;
        // What is missing may be there under a slip of its name.
        const { method, block, slip } = settings.value;
        if (slip !== undefined) {
          const { written, key, ...place } = slip;
          context.report({
            message: 'misspelledKey',
            data: { provider: provider.name, written, key },
            ...place,
            when: settings.when,
            trace: settings.trace,
          });
          continue;
        }
        context.report({
          message: fault.message,
          data: { provider: provider.name, method: method.fact?.method ?? '' },
          at: fault.at ?? block,
          part: 'key',
          when: settings.when,
          trace: settings.trace,
          ...(fault.related === undefined ? {} : { related: [fault.related] }),
        });
      }
    },
  },
});

/** One fault of one client: the first of those that it has. */
function faultOf({ method, source, secret, config, privateKey }: ClientSettings):
  | {
      readonly message: Key;
      readonly at?: RuleReport['at'];
      readonly related?: { message: string; at: RuleReport['at'] };
    }
  | undefined {
  if (method.fact?.block === 'PrivateKeyJwtConfig') {
    return privateKey.is === 'absent'
      ? { message: 'noPrivateKey', ...(method.at && { at: method.at }) }
      : undefined;
  }
  if (method.fact === undefined || !method.fact.secret) return undefined;
  if (secret.is === 'present' && config.is === 'present') return { message: 'bothSecrets', at: secret.at };
  const related = source.at && { message: `ClientSecretSource is ${source.value} here`, at: source.at };
  if (source.value === 'EXTERNAL') {
    if (config.is !== 'absent') return undefined;
    if (secret.is === 'present')
      return { message: 'secretWhereExternal', at: secret.at, ...(related && { related }) };
    return secret.is === 'absent'
      ? { message: 'noSecretConfig', ...(source.at && { at: source.at }) }
      : undefined;
  }
  if (source.value !== 'MANAGED' || secret.is !== 'absent') return undefined;
  if (config.is === 'present') return { message: 'configWhereManaged', at: config.at };
  return config.is === 'absent' ? { message: 'noSecret' } : undefined;
}
