import { AGENTCORE_CLI } from './agentcore-cli.js';
import { COMMON_PHRASES, COMMON_SAYINGS } from './common-sayings.js';
import type { Dialect, Saying } from './front-end.js';

/** The words of `agentcore.json` for what stands in it, and, for what does not, those of the API. */
const PROJECT_WORDS: Readonly<Record<string, string>> = {
  AuthorizerConfiguration: 'authorizerConfiguration',
  CredentialProvider: 'credentialName',
  CredentialProviderType: 'outboundAuth.type',
  CredentialProviderVendor: 'vendor',
  CustomJWTAuthorizer: 'customJwtAuthorizer',
  GatewayIdentifier: 'gateway',
  OauthCredentialProvider: 'outboundAuth',
  ProviderArn: 'credentialName',
  RoleArn: 'executionRoleArn',
  TargetConfiguration: 'targetType',
};

const OVERRIDE =
  'an override of CredentialProviderConfigurations.0.CredentialProvider.OauthCredentialProvider in agentcore/cdk';

/** How a provider comes by an exchange although the CLI knows none. */
const OWN_PROVIDER = `${AGENTCORE_CLI} makes every provider without one: create {providerId} yourself, with onBehalfOfTokenExchangeConfig, and keep the credential without a discoveryUrl, so that the CLI takes the provider as it is.`;

const UNRESOLVED =
  'Save the provider with `aws bedrock-agentcore-control get-oauth2-credential-provider --name NAME`, and name the file with --context: a credential without a discoveryUrl says nothing of it.';

/** What the project's files say otherwise than a template. */
const PROJECT_SAYINGS: Readonly<Record<string, Saying>> = {
  ...COMMON_SAYINGS,
  'authorization-code-without-return-url/*': {
    help: `outboundAuth takes no return URL in ${AGENTCORE_CLI}: set DefaultReturnUrl by ${OVERRIDE}.`,
  },
  'authorizer-configuration-mismatch/*': {
    help: 'Give the gateway an authorizerConfiguration with a customJwtAuthorizer where authorizerType is CUSTOM_JWT, and none elsewhere.',
  },
  'authorizer-configuration-mismatch/missing': {
    // A key in CloudFormation's spelling is none that the CLI takes.
    message:
      '{gateway} has authorizerType {authorizer} without a customJwtAuthorizer in its authorizerConfiguration, so `agentcore deploy` fails.',
  },
  'invalid-provider-reference/missing': {
    message: '{consumer} has outboundAuth.type OAUTH and names no credential, so `agentcore deploy` fails.',
    help: 'Add credentialName with the name of an OAuthCredentialProvider in credentials.',
  },
  'invalid-provider-reference/dangling': {
    message:
      '{consumer} names the credential {name}, which is not among credentials, so `agentcore deploy` fails.',
    help: 'Add it with `agentcore add credential`, or name one that is there.',
  },
  'invalid-provider-reference/misspelled': {
    message:
      '{consumer} names the credential {name}, which is not among credentials, so `agentcore deploy` fails; did you mean {suggestion}?',
    help: 'Write {suggestion}.',
  },
  'invalid-provider-reference/otherType': {
    message:
      '{consumer} has outboundAuth.type OAUTH, and its credential {target} is an API key, so `agentcore deploy` fails.',
    help: 'Name a credential with authorizerType OAuthCredentialProvider, or set outboundAuth.type to API_KEY.',
  },
  'invalid-provider-reference/noText': {
    help: 'Write the name of an OAuthCredentialProvider in credentials.',
  },
  'jwt-passthrough-unsupported/unsupportedTarget': {
    help: 'Only targets of type passthrough take JWT_PASSTHROUGH; use OAUTH with a credential, or NONE.',
  },
  'missing-exchange-parameter/*': {
    help: `outboundAuth takes no parameters in ${AGENTCORE_CLI}: send {values} as CustomParameters by ${OVERRIDE}.`,
  },
  'missing-exchange-parameter/wrongValue': {},
  'provider-unresolved/unresolved': { help: UNRESOLVED },
  'provider-unresolved/setupUnknown': { help: UNRESOLVED },
  'provider-vendor-mismatch/otherBlock': {
    message: `${AGENTCORE_CLI} makes the provider of {provider} with a custom block, which the vendor {vendor} does not take, so \`agentcore deploy\` fails.`,
    help: 'Write CustomOauth2, or create the provider yourself and keep the credential without a discoveryUrl.',
  },
  'provider-vendor-mismatch/misspelledVendor': {
    message:
      "The vendor '{vendor}' of {provider} is not one that AgentCore knows, so `agentcore deploy` fails; did you mean {suggestion}?",
  },
  'target-credential-unsupported/refused': {
    help: `Set outboundAuth.type to NONE: ${AGENTCORE_CLI} then lets the target use the role of the gateway.`,
  },
  'target-protocol-mismatch/refused': {
    help: 'Set protocolType of {gateway} to None, or use a gateway that has it for {target}.',
  },
  'template-not-in-view/unseen': {
    message:
      'The harness {resource} stands in {reference}, which cannot be read here ({why}), so nothing in it was checked.',
    help: 'Write the path of its folder as it is from the folder of the project.',
  },
  'token-exchange-config-unused/clientCredentials': {
    message: `{consumer} uses {provider}, which is set up for token exchange, and ${AGENTCORE_CLI} asks for CLIENT_CREDENTIALS in every target: calls run as the shared client and the user's identity is dropped without an error.`,
    help: `Ask for TOKEN_EXCHANGE by ${OVERRIDE}, or use a provider that is not set up for it.`,
  },
  'token-exchange-on-built-in-vendor/exchange': {
    help: 'Create {providerId} as CustomOauth2 with an onBehalfOfTokenExchangeConfig outside of the CLI, or ask for a grant that {vendor} takes.',
  },
  'token-exchange-unsupported-target/unsupported': {
    help: 'Change targetType to mcpServer, openApiSchema, httpRuntime or passthrough, or let the target call without the user.',
  },
  'token-exchange-without-config/notConfigured': { help: OWN_PROVIDER },
  'vendor-without-client-credentials/*': {
    help: `Ask for AUTHORIZATION_CODE with a DefaultReturnUrl by ${OVERRIDE}.`,
  },
};

const PHRASES: NonNullable<Dialect['phrases']> = [
  ...COMMON_PHRASES,
  ['so the deployment fails', 'so `agentcore deploy` fails'],
  ['its deployment fails', '`agentcore deploy` fails'],
  ['makes the deployment fail', 'makes `agentcore deploy` fail'],
  ['and the deployment fails', 'and `agentcore deploy` fails'],
];

/** The words of `agentcore.json`. */
export const projectDialect: Dialect = {
  name: 'agentcore.json',
  word: (name) => PROJECT_WORDS[name] ?? lowerFirst(name),
  phrases: PHRASES,
  sayings: PROJECT_SAYINGS,
  fixes: false,
  facts: {},
};

/** What the block of a harness or of a connection says: it holds an ARN, and parameters of its own. */
const OAUTH_BLOCK_SAYINGS: Readonly<Record<string, Saying>> = {
  ...COMMON_SAYINGS,
  'invalid-provider-reference/*': {
    help: 'Write the ARN of the provider: arn:aws:bedrock-agentcore:REGION:ACCOUNT:token-vault/default/oauth2credentialprovider/NAME.',
  },
  'token-exchange-without-config/notConfigured': { help: OWN_PROVIDER },
};

/** The words of connections in `agentcore.json` and `harness.json`. */
export const connectionDialect: Dialect = {
  name: 'the AgentCore CLI',
  word: lowerFirst,
  phrases: [...PHRASES, ['a {kind} takes', 'a connection takes']],
  sayings: OAUTH_BLOCK_SAYINGS,
  fixes: false,
  facts: {},
};

/** The words of the tools in `harness.json`, whose schema has two grants and no return URL. */
export const harnessDialect: Dialect = {
  ...connectionDialect,
  phrases: [...PHRASES, ['AUTHORIZATION_CODE', 'USER_FEDERATION']],
  sayings: {
    ...OAUTH_BLOCK_SAYINGS,
    'authorization-code-without-return-url/*': {
      message:
        '{consumer} asks for USER_FEDERATION, for which harness.json has no return URL: each caller has to send its own.',
      help: 'Let each caller send the URL to which the user returns after consent.',
    },
    ...Object.fromEntries(
      ['foreign', 'foreignWithout', 'misspelled', 'unknown'].map((key) => [
        `invalid-grant-type/${key}`,
        { help: 'Write CLIENT_CREDENTIALS or USER_FEDERATION.' },
      ]),
    ),
    'vendor-without-client-credentials/*': { help: 'Ask for USER_FEDERATION.' },
  },
};

function lowerFirst(word: string): string {
  return `${word.slice(0, 1).toLowerCase()}${word.slice(1)}`;
}
