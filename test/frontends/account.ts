/** A saved account: the answers of the get calls for one gateway, its target and the provider of that. */
export interface Account {
  // biome-ignore lint/suspicious/noExplicitAny: tests change whatever they like in it
  [list: string]: any[];
}

const IDP = 'https://idp.example.com/.well-known/openid-configuration';
const ARN = 'arn:aws:bedrock-agentcore:us-east-1:111122223333';

/** An account in which the exchange works. */
export function account(): Account {
  return {
    gateways: [
      {
        gatewayArn: `${ARN}:gateway/staff-a1b2c3`,
        gatewayId: 'staff-a1b2c3',
        status: 'READY',
        name: 'staff',
        authorizerType: 'CUSTOM_JWT',
        roleArn: 'arn:aws:iam::111122223333:role/staff',
        authorizerConfiguration: { customJWTAuthorizer: { discoveryUrl: IDP, allowedAudience: ['staff'] } },
      },
    ],
    targets: [
      {
        gatewayArn: `${ARN}:gateway/staff-a1b2c3`,
        targetId: 'T000000001',
        status: 'READY',
        name: 'payroll-tools',
        targetConfiguration: { mcp: { mcpServer: { endpoint: 'https://payroll.example.com/mcp' } } },
        credentialProviderConfigurations: [
          {
            credentialProviderType: 'OAUTH',
            credentialProvider: {
              oauthCredentialProvider: {
                providerArn: `${ARN}:token-vault/default/oauth2credentialprovider/payroll`,
                scopes: ['payroll.read'],
                grantType: 'TOKEN_EXCHANGE',
              },
            },
          },
        ],
      },
    ],
    credentialProviders: [
      {
        clientSecretArn: { secretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:payroll' },
        name: 'payroll',
        credentialProviderArn: `${ARN}:token-vault/default/oauth2credentialprovider/payroll`,
        credentialProviderVendor: 'CustomOauth2',
        oauth2ProviderConfigOutput: {
          customOauth2ProviderConfig: {
            oauthDiscovery: { discoveryUrl: IDP },
            clientId: 'staff-gateway',
            onBehalfOfTokenExchangeConfig: {
              grantType: 'TOKEN_EXCHANGE',
              tokenExchangeGrantTypeConfig: { actorTokenContent: 'NONE' },
            },
          },
        },
      },
    ],
  };
}

/** A change of one thing in an account. */
export interface Variant {
  readonly rule: string;
  readonly about: string;
  change(account: Account): void;
}

const oauth = (all: Account) =>
  all.targets?.[0].credentialProviderConfigurations[0].credentialProvider.oauthCredentialProvider;
const custom = (all: Account) =>
  all.credentialProviders?.[0].oauth2ProviderConfigOutput.customOauth2ProviderConfig;
const gateway = (all: Account) => all.gateways?.[0];
const target = (all: Account) => all.targets?.[0];
const provider = (all: Account) => all.credentialProviders?.[0];
const ENTRA =
  'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0/.well-known/openid-configuration';

/** What can be wrong in an account, a rule or more each. */
export const variants: readonly Variant[] = [
  {
    rule: 'token-exchange-without-config',
    about: 'the provider has no exchange block',
    change: (all) => delete custom(all).onBehalfOfTokenExchangeConfig,
  },
  {
    rule: 'token-exchange-config-unused',
    about: 'the target asks for the client grant',
    change: (all) => {
      oauth(all).grantType = 'CLIENT_CREDENTIALS';
    },
  },
  {
    rule: 'token-exchange-config-unused',
    about: 'the target names no grant',
    change: (all) => delete oauth(all).grantType,
  },
  {
    rule: 'token-exchange-on-built-in-vendor',
    about: 'the provider is of a built-in vendor',
    change: (all) => {
      provider(all).credentialProviderVendor = 'GithubOauth2';
      provider(all).oauth2ProviderConfigOutput = { githubOauth2ProviderConfig: { clientId: 'staff' } };
    },
  },
  {
    rule: 'invalid-grant-type',
    about: 'the grant is misspelled',
    change: (all) => {
      oauth(all).grantType = 'TOKEN_EXCHNAGE';
    },
  },
  {
    rule: 'invalid-grant-type',
    about: 'the grant is the flow of the data plane',
    change: (all) => {
      oauth(all).grantType = 'ON_BEHALF_OF_TOKEN_EXCHANGE';
    },
  },
  {
    rule: 'malformed-on-behalf-of-config',
    about: 'the block is misspelled',
    change: (all) => {
      custom(all).onBehalfOfTokenExchangConfig = custom(all).onBehalfOfTokenExchangeConfig;
      delete custom(all).onBehalfOfTokenExchangeConfig;
    },
  },
  {
    rule: 'malformed-on-behalf-of-config',
    about: 'the block has no grant',
    change: (all) => delete custom(all).onBehalfOfTokenExchangeConfig.grantType,
  },
  {
    rule: 'malformed-token-exchange-grant-type-config',
    about: 'scopes stand without M2M',
    change: (all) => {
      custom(all).onBehalfOfTokenExchangeConfig.tokenExchangeGrantTypeConfig.actorTokenScopes = ['a'];
    },
  },
  {
    rule: 'malformed-token-exchange-grant-type-config',
    about: 'the actor token is misspelled',
    change: (all) => {
      custom(all).onBehalfOfTokenExchangeConfig.tokenExchangeGrantTypeConfig.actorTokenContent = 'NOONE';
    },
  },
  {
    rule: 'actor-token-unspecified',
    about: 'nothing says which actor token is sent',
    change: (all) => delete custom(all).onBehalfOfTokenExchangeConfig.tokenExchangeGrantTypeConfig,
  },
  {
    rule: 'provider-vendor-mismatch',
    about: 'vendor and block disagree',
    change: (all) => {
      provider(all).credentialProviderVendor = 'SlackOauth2';
    },
  },
  {
    rule: 'invalid-provider-reference',
    about: 'the ARN is that of an API key',
    change: (all) => {
      oauth(all).providerArn = `${ARN}:token-vault/default/apikeycredentialprovider/payroll`;
    },
  },
  {
    rule: 'invalid-provider-reference',
    about: 'the ARN is a name',
    change: (all) => {
      oauth(all).providerArn = 'payroll';
    },
  },
  {
    rule: 'provider-unresolved',
    about: 'nothing is known of the provider',
    change: (all) => {
      oauth(all).providerArn = `${ARN}:token-vault/default/oauth2credentialprovider/other`;
    },
  },
  {
    rule: 'token-exchange-without-inbound-jwt',
    about: 'the gateway takes signatures',
    change: (all) => {
      gateway(all).authorizerType = 'AWS_IAM';
      delete gateway(all).authorizerConfiguration;
    },
  },
  {
    rule: 'token-exchange-without-inbound-jwt',
    about: 'the gateway checks nothing',
    change: (all) => {
      gateway(all).authorizerType = 'NONE';
      delete gateway(all).authorizerConfiguration;
    },
  },
  {
    rule: 'token-exchange-unsupported-target',
    about: 'the target is a Lambda function',
    change: (all) => {
      target(all).targetConfiguration = { mcp: { lambda: { lambdaArn: 'arn' } } };
    },
  },
  {
    rule: 'jwt-passthrough-unsupported',
    about: 'an MCP server is passed the token',
    change: (all) => {
      target(all).credentialProviderConfigurations = [{ credentialProviderType: 'JWT_PASSTHROUGH' }];
    },
  },
  {
    rule: 'target-protocol-mismatch',
    about: 'the gateway takes MCP only',
    change: (all) => {
      gateway(all).protocolType = 'MCP';
      target(all).targetConfiguration = {
        http: { passthrough: { endpoint: 'https://a.example.com' } },
      };
    },
  },
  {
    rule: 'authorizer-configuration-mismatch',
    about: 'the configuration of the authorizer is missing',
    change: (all) => delete gateway(all).authorizerConfiguration,
  },
  {
    rule: 'credential-type-mismatch',
    about: 'type and block disagree',
    change: (all) => {
      target(all).credentialProviderConfigurations[0].credentialProviderType = 'API_KEY';
    },
  },
  {
    rule: 'authorization-code-without-return-url',
    about: 'nothing says where the user returns to',
    change: (all) => {
      oauth(all).grantType = 'AUTHORIZATION_CODE';
      delete custom(all).onBehalfOfTokenExchangeConfig;
    },
  },
  {
    rule: 'identity-provider-grant-mismatch',
    about: 'Entra is asked for RFC 8693',
    change: (all) => {
      custom(all).oauthDiscovery.discoveryUrl = ENTRA;
    },
  },
  {
    rule: 'missing-exchange-parameter',
    about: 'Entra is not told that it is on behalf of somebody',
    change: (all) => {
      custom(all).oauthDiscovery.discoveryUrl = ENTRA;
      custom(all).onBehalfOfTokenExchangeConfig = { grantType: 'JWT_AUTHORIZATION_GRANT' };
    },
  },
];
