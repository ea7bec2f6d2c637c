import { expect, it } from 'vitest';
import { targetCredentialUnsupported } from '../../../rules/target-credential-unsupported.js';
import { configuredTarget, findingsOf, gateway } from '../templates.js';

it.each([
  ['AWS_IAM', []],
  ['AUTHENTICATE_ONLY', []],
  ['CUSTOM_JWT', ['noCallerCredentials']],
  ['NONE', ['noCallerCredentials']],
])("a gateway that asks for %s has its callers' credentials, or not", async (AuthorizerType, keys) => {
  const Target = configuredTarget({ CredentialProviderType: 'CALLER_IAM_CREDENTIALS' });
  const found = await findingsOf(targetCredentialUnsupported, {
    Resources: { Gateway: gateway({ AuthorizerType }), Target },
  });
  expect(found.map(({ messageKey }) => messageKey).filter((key) => key === 'noCallerCredentials')).toEqual(
    keys,
  );
});
