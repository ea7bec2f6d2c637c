import { cloudFormationDialect } from '../cloudformation.js';
import { COMMON_PHRASES, COMMON_SAYINGS } from '../common-sayings.js';
import type { Dialect, Saying } from '../front-end.js';
import { awsccName } from './awscc.js';

/** What Terraform calls what CloudFormation names otherwise; the rest is the same in small letters. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['ApiKeyCredentialProvider', 'api_key'],
  ['CredentialProvider', 'credential_provider_configuration'],
  ['CredentialProviderConfigurations', 'credential_provider_configuration'],
  ['CustomJWTAuthorizer', 'custom_jwt_authorizer'],
  ['IamCredentialProvider', 'gateway_iam_role'],
  ['Oauth2ProviderConfigInput', 'oauth2_provider_config'],
  ['OauthCredentialProvider', 'oauth'],
]);

/** The credentials of a target have no type beside their block: the block is the type. */
const BLOCK_PHRASES: readonly (readonly [string, string])[] = [
  ['CredentialProviderType JWT_PASSTHROUGH', 'jwt_passthrough'],
  ['CredentialProviderType OAUTH', 'oauth'],
  [
    'Set CredentialProviderType to GATEWAY_IAM_ROLE without an OauthCredentialProvider',
    'Use gateway_iam_role in place of oauth',
  ],
  ['GATEWAY_IAM_ROLE', 'gateway_iam_role'],
  ['CALLER_IAM_CREDENTIALS', 'caller_iam_credentials'],
  ['API_KEY', 'api_key'],
  ['OAUTH', 'oauth'],
];

/** What is told to be written is written as an argument. */
const PHRASES: readonly (readonly [string, string])[] = [
  ...COMMON_PHRASES,
  ['GrantType: {suggestion}', 'grant_type = "{suggestion}"'],
  ['GrantType: AUTHORIZATION_CODE', 'grant_type = "AUTHORIZATION_CODE"'],
  ['GrantType: TOKEN_EXCHANGE', 'grant_type = "TOKEN_EXCHANGE"'],
  ['AuthorizerType: CUSTOM_JWT', 'authorizer_type = "CUSTOM_JWT"'],
  [
    'ActorTokenContent: NONE, M2M or AWS_IAM_ID_TOKEN_JWT',
    'actor_token_content = "NONE", "M2M" or "AWS_IAM_ID_TOKEN_JWT"',
  ],
  [
    'ActorTokenContent: NONE, or M2M or AWS_IAM_ID_TOKEN_JWT',
    'actor_token_content = "NONE", or "M2M" or "AWS_IAM_ID_TOKEN_JWT"',
  ],
  ['so the deployment fails', 'so the apply fails'],
  ['its deployment fails', 'the apply fails'],
  ['makes the deployment fail', 'makes the apply fail'],
  ['and the deployment fails', 'and the apply fails'],
  ['known only when it is deployed', 'known only after apply'],
];

const REFERENCE =
  'Refer to the credential_provider_arn of an aws_bedrockagentcore_oauth2_credential_provider.';

const PROVIDER =
  "Lint the provider's plan, state or template in the same run, or name it with --context: after an apply, its ARN and settings are known.";

const GATEWAY = "Lint the gateway's plan, state or template in the same run, or name it with --context.";

const WITHOUT_SERVICE: Saying = {
  message:
    '{target} has gateway_iam_role without a service, and {kind} needs the name of the service to sign for, so the apply fails.',
  help: 'Add service to gateway_iam_role, such as "bedrock-agentcore", "execute-api" or "lambda".',
};

const SAYINGS: Readonly<Record<string, Saying>> = {
  ...COMMON_SAYINGS,
  'invalid-provider-reference/missing': { help: REFERENCE },
  'invalid-provider-reference/noText': { help: REFERENCE },
  'invalid-provider-reference/otherType': {
    message:
      'The provider_arn of {consumer} refers to {target}, which is no aws_bedrockagentcore_oauth2_credential_provider, so the apply fails.',
    help: REFERENCE,
  },
  'invalid-provider-reference/otherAttribute': {
    message:
      'The provider_arn of {consumer} refers to another attribute of {target} than its credential_provider_arn, so the apply fails.',
    help: 'Refer to {target}.credential_provider_arn.',
  },
  'plaintext-client-secret/*': {
    help: 'Set client_secret_wo from an ephemeral value, or client_secret_source to EXTERNAL with client_secret_config, and give the client a new secret.',
  },
  'provider-client-authentication/noSecret': {
    help: 'Add client_secret_wo from an ephemeral value, or client_secret_source = "EXTERNAL" with a client_secret_config.',
  },
  'provider-unresolved/unresolved': { help: PROVIDER },
  'provider-unresolved/setupUnknown': { help: PROVIDER },
  'target-credential-unsupported/refused': {
    message: '{target} has {type}, but it is {kind}, which takes {takes} only, so the apply fails.',
    help: 'Write {takes} in the place of {type}.',
  },
  'target-credential-unsupported/unlisted': {
    message:
      '{target} has {type}, but it is {kind}, for which the developer guide lists {takes} only, so the apply fails.',
  },
  'target-credential-unsupported/withoutIamProvider': WITHOUT_SERVICE,
  'target-credential-unsupported/withoutService': WITHOUT_SERVICE,
  'target-credential-unsupported/noCallerCredentials': {
    message:
      '{target} has caller_iam_credentials, but its gateway {gateway} has authorizer_type {authorizer}, which {explanation}, so it has no AWS credentials of the caller and the apply fails.',
  },
  'gateway-unresolved/unresolved': { help: GATEWAY },
  'gateway-unresolved/authorizerUnknown': { help: GATEWAY },
};

/** The words of `hashicorp/aws`. */
export const terraformDialect: Dialect = {
  name: 'Terraform',
  word: (name) => WORDS.get(name) ?? snakeCase(name),
  phrases: [...PHRASES, ...BLOCK_PHRASES],
  sayings: SAYINGS,
  fixes: false,
  facts: {
    // The block of a harness is a target's in the provider's schema, and the API takes the grant.
    grants: new Map([
      ['AWS::BedrockAgentCore::Harness', ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE', 'TOKEN_EXCHANGE']],
    ]),
  },
};

/** The words of `hashicorp/awscc`, whose credentials have a type and a block as CloudFormation's have. */
export const awsccDialect: Dialect = {
  ...terraformDialect,
  word: awsccName,
  // It has no write-only arguments.
  sayings: {
    ...SAYINGS,
    'plaintext-client-secret/*': {
      help: 'Take it from a sensitive variable, or set client_secret_source to EXTERNAL with client_secret_config, and give the client a new secret.',
    },
    'provider-client-authentication/noSecret': {
      help: 'Add client_secret from a sensitive variable, or client_secret_source = "EXTERNAL" with a client_secret_config.',
    },
  },
  phrases: PHRASES,
};

/** The words of CloudFormation within Terraform: of templates and desired states, which no fix is written into. */
export const embeddedDialect: Dialect = {
  ...cloudFormationDialect,
  // Terraform gives what parameters there are.
  sayings: {
    'grant-unresolved/*': { help: 'Write the GrantType out, or lint the target as it is deployed.' },
    'provider-unresolved/*': { help: PROVIDER },
    'gateway-unresolved/*': { help: GATEWAY },
  },
  fixes: false,
};

/** `OnBehalfOfTokenExchangeConfig` is `on_behalf_of_token_exchange_config`, `McpServer` is `mcp_server`. */
function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
