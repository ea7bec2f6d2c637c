import type { Dialect } from '../front-end.js';

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

/** The words of `hashicorp/aws`. */
export const terraformDialect: Dialect = {
  name: 'Terraform',
  word: (name) => WORDS.get(name) ?? snakeCase(name),
  sayings: {},
  fixes: false,
  facts: {
    // The block of a harness is a target's in the provider's schema, and the API takes the grant.
    grants: { harness: ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE', 'TOKEN_EXCHANGE'] },
  },
};

/** `OnBehalfOfTokenExchangeConfig` is `on_behalf_of_token_exchange_config`, `McpServer` is `mcp_server`. */
function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
