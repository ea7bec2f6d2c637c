import { lowerFirst } from './api-shapes.js';
import { COMMON_PHRASES, COMMON_SAYINGS } from './common-sayings.js';
import type { Dialect, Saying } from './front-end.js';

const NAME_ARN = 'Write the credentialProviderArn of the provider.';

/** What differs from a template in JSON for the API; what a custom resource or code writes is the same. */
const SAYINGS: Readonly<Record<string, Saying>> = {
  ...COMMON_SAYINGS,
  'invalid-provider-reference/missing': { help: NAME_ARN },
  'invalid-provider-reference/noText': { help: NAME_ARN },
  'invalid-provider-reference/noArn': {
    help: 'Write the credentialProviderArn of the provider: arn:aws:bedrock-agentcore:REGION:ACCOUNT:token-vault/default/oauth2credentialprovider/NAME.',
  },
  'invalid-provider-reference/otherType': {
    message:
      'The providerArn of {consumer} refers to {target}, which is no OAuth2 credential provider, so the call is refused.',
    help: NAME_ARN,
  },
  'invalid-provider-reference/otherAttribute': { help: NAME_ARN },
  'invalid-provider-reference/noAttribute': { help: NAME_ARN },
  'plaintext-client-secret/literal': {
    help: 'Use clientSecretSource EXTERNAL with clientSecretConfig, and give the client a new secret.',
  },
  'provider-client-authentication/noSecret': {
    help: 'Add clientSecretSource EXTERNAL with a clientSecretConfig, or a clientSecret.',
  },
  'token-exchange-on-built-in-vendor/exchange': {
    help: 'Create {providerId} as CustomOauth2 with an onBehalfOfTokenExchangeConfig, or ask for a grant that {vendor} takes.',
  },
  'token-exchange-without-config/notConfigured': {
    help: 'Add onBehalfOfTokenExchangeConfig with a grantType (TOKEN_EXCHANGE, or JWT_AUTHORIZATION_GRANT for Microsoft Entra) to the customOauth2ProviderConfig of {providerId}: `aws bedrock-agentcore-control update-oauth2-credential-provider` takes the whole configuration again.',
  },
};

/** The words of a call that code or a custom resource makes: what is said there is changed there. */
export const CALL_SAYINGS: Readonly<Record<string, Saying>> = {
  ...SAYINGS,
  'token-exchange-without-config/notConfigured': {
    help: 'Add onBehalfOfTokenExchangeConfig with a grantType (TOKEN_EXCHANGE, or JWT_AUTHORIZATION_GRANT for Microsoft Entra) to the customOauth2ProviderConfig of {providerId}.',
  },
};

/** The words of the control-plane API: CloudFormation's with a small first letter. */
export const apiDialect: Dialect = {
  name: 'the API',
  word: lowerFirst,
  phrases: [
    ...COMMON_PHRASES,
    ['so the deployment fails', 'so the call is refused'],
    ['its deployment fails', 'the call is refused'],
    ['makes the deployment fail', 'makes the call fail'],
    ['and the deployment fails', 'and the call is refused'],
  ],
  sayings: SAYINGS,
  fixes: false,
  facts: {
    // HarnessGatewayOutboundAuth is the same union member as a target's in the API's model (SDK 3.1142.0).
    grants: new Map([
      ['AWS::BedrockAgentCore::Harness', ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE', 'TOKEN_EXCHANGE']],
    ]),
  },
};
