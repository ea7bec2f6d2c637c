/*
 * For each rule a fault in something that is right, in CloudFormation's names; `inputs.ts` writes it as each input does.
 */

/** Stands for something that every input writes in its own way. */
export class Placeholder {
  constructor(readonly of: 'provider' | 'gateway' | 'secret' | 'open' | 'client' | 'role') {}
}

const PROVIDER = new Placeholder('provider');
const GATEWAY = new Placeholder('gateway');
const SECRET = new Placeholder('secret');
/** A value that nobody knows before it is deployed, or runs. */
const OPEN = new Placeholder('open');

export type Properties = Readonly<Record<string, unknown>>;

/** What a text says, by the kinds of resources; several of a kind are never needed. */
export interface Said {
  readonly provider: Properties;
  readonly gateway: Properties;
  readonly target: Properties;
  /** Resources that are no calls of the control plane's, by their type in CloudFormation. */
  readonly beside?: Readonly<Record<string, Properties>>;
  /** The provider is made under a condition. */
  readonly isConditional?: true;
  /** Providers of one name, each in a text of its own. */
  readonly others?: readonly Properties[];
  /** A template elsewhere is deployed. */
  readonly elsewhere?: true;
  /** A suppression that names no rule. */
  readonly suppression?: string;
  /** The text ends early. */
  readonly isBroken?: true;
}

const ISSUER = 'https://idp.example.com/.well-known/openid-configuration';
const TENANT = (digit: string) =>
  `https://login.microsoftonline.com/${digit.repeat(8)}-1111-4111-8111-111111111111/v2.0/.well-known/openid-configuration`;

const EXCHANGE = { GrantType: 'TOKEN_EXCHANGE', TokenExchangeGrantTypeConfig: { ActorTokenContent: 'NONE' } };
const CLIENT = { ClientId: 'portal', ClientSecret: SECRET };

const custom = (changes: Properties = {}, exchange: unknown = EXCHANGE, vendor = 'CustomOauth2') => ({
  Name: 'payroll',
  CredentialProviderVendor: vendor,
  Oauth2ProviderConfigInput: {
    CustomOauth2ProviderConfig: {
      ...CLIENT,
      OauthDiscovery: { DiscoveryUrl: ISSUER },
      ...(exchange === null ? {} : { OnBehalfOfTokenExchangeConfig: exchange }),
      ...changes,
    },
  },
});

const builtIn = (name: string) => ({
  Name: 'payroll',
  CredentialProviderVendor: name,
  Oauth2ProviderConfigInput: { [`${name}ProviderConfig`]: CLIENT },
});

const gateway = (type = 'CUSTOM_JWT', issuer: string | undefined = ISSUER, changes: Properties = {}) => ({
  Name: 'staff',
  AuthorizerType: type,
  RoleArn: 'arn:aws:iam::111122223333:role/staff',
  ...(type === 'CUSTOM_JWT' && issuer !== undefined
    ? {
        AuthorizerConfiguration: {
          CustomJWTAuthorizer: { DiscoveryUrl: issuer, AllowedAudience: ['portal'] },
        },
      }
    : {}),
  ...changes,
});

const mcpServer = (changes: Properties = {}) => ({
  Mcp: { McpServer: { Endpoint: 'https://payroll.example.com/mcp', ...changes } },
});

const asks = (grant: unknown, changes: Properties = {}) => ({
  CredentialProviderType: 'OAUTH',
  CredentialProvider: {
    OauthCredentialProvider: {
      ProviderArn: PROVIDER,
      Scopes: ['read'],
      ...(grant === undefined ? {} : { GrantType: grant }),
      ...changes,
    },
  },
});

const target = (
  credentials: Properties = asks('TOKEN_EXCHANGE'),
  configuration: Properties = mcpServer(),
  changes: Properties = {},
) => ({
  Name: 'payroll-tools',
  GatewayIdentifier: GATEWAY,
  TargetConfiguration: configuration,
  CredentialProviderConfigurations: [credentials],
  ...changes,
});

const arn = (kind: string, name: string) =>
  `arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/${kind}/${name}`;

/** What is right: nothing is told, and the exchange is verified. */
export const RIGHT: Said = { provider: custom(), gateway: gateway(), target: target() };

const ENTRA = custom(
  { OauthDiscovery: { DiscoveryUrl: TENANT('1') } },
  { GrantType: 'JWT_AUTHORIZATION_GRANT' },
);

/** For each rule what differs from what is right. */
export const FAULTS: Readonly<Record<string, Partial<Said>>> = {
  'actor-token-unspecified': { provider: custom({}, { GrantType: 'TOKEN_EXCHANGE' }) },
  'authorization-code-behind-iam': {
    provider: custom({}, null),
    gateway: gateway('AWS_IAM'),
    target: target(asks('AUTHORIZATION_CODE', { DefaultReturnUrl: 'https://portal.example.com' })),
  },
  'authorization-code-without-return-url': {
    provider: custom({}, null),
    target: target(asks('AUTHORIZATION_CODE')),
  },
  'authorizer-configuration-mismatch': {
    gateway: gateway('CUSTOM_JWT', '', { AuthorizerConfiguration: undefined }),
  },
  'cognito-client-cannot-exchange': {
    provider: custom({
      ClientId: new Placeholder('client'),
      OauthDiscovery: {
        DiscoveryUrl:
          'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc/.well-known/openid-configuration',
      },
    }),
    beside: { 'AWS::Cognito::UserPoolClient': { ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] } },
  },
  'credential-type-mismatch': {
    target: target({ ...asks('TOKEN_EXCHANGE'), CredentialProviderType: 'API_KEY' }),
  },
  'dynamic-listing-unsupported': {
    provider: custom({}, null),
    target: target(
      asks('AUTHORIZATION_CODE', { DefaultReturnUrl: 'https://portal.example.com' }),
      mcpServer({ ListingMode: 'DYNAMIC' }),
    ),
  },
  'gateway-role-cannot-exchange': {
    gateway: gateway('CUSTOM_JWT', ISSUER, { RoleArn: new Placeholder('role') }),
    beside: {
      'AWS::IAM::Role': {
        RoleName: 'staff',
        Policies: [
          {
            PolicyName: 'tools',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
            },
          },
        ],
      },
    },
  },
  'gateway-unresolved': {
    target: target(undefined, undefined, { GatewayIdentifier: 'elsewhere-a1b2c3d4e5' }),
  },
  'grant-unresolved': { target: target(asks(OPEN)) },
  'identity-provider-grant-mismatch': {
    provider: custom({ OauthDiscovery: { DiscoveryUrl: TENANT('1') } }),
    gateway: gateway('CUSTOM_JWT', TENANT('1')),
  },
  'inbound-issuer-mismatch': {
    provider: ENTRA,
    gateway: gateway('CUSTOM_JWT', TENANT('2')),
    target: target(asks('TOKEN_EXCHANGE', { CustomParameters: { requested_token_use: 'on_behalf_of' } })),
  },
  'invalid-grant-type': { target: target(asks('TOKEN_EXCHANG')) },
  'invalid-provider-reference': {
    target: target(asks('TOKEN_EXCHANGE', { ProviderArn: arn('apikeycredentialprovider', 'payroll') })),
  },
  'invalid-suppression': { suppression: 'token-exchange-without' },
  'jwt-passthrough-unsupported': { target: target({ CredentialProviderType: 'JWT_PASSTHROUGH' }) },
  'malformed-on-behalf-of-config': { provider: custom({}, { ...EXCHANGE, GrantType: 'OBO' }) },
  'malformed-token-exchange-grant-type-config': {
    provider: custom(
      {},
      {
        GrantType: 'TOKEN_EXCHANGE',
        TokenExchangeGrantTypeConfig: { ActorTokenContent: 'NONE', ActorTokenScopes: ['read'] },
      },
    ),
  },
  'missing-exchange-parameter': { provider: ENTRA, gateway: gateway('CUSTOM_JWT', TENANT('1')) },
  'plaintext-client-secret': { provider: custom({ ClientSecret: 'written-in-clear' }) },
  'provider-absent-under-condition': { isConditional: true },
  'provider-ambiguous': {
    target: target(asks('TOKEN_EXCHANGE', { ProviderArn: arn('oauth2credentialprovider', 'shared') })),
    provider: { ...custom(), Name: 'unused' },
    others: [
      { ...custom(), Name: 'shared' },
      { ...custom({}, null), Name: 'shared' },
    ],
  },
  'provider-client-authentication': {
    provider: custom({ ClientSecret: undefined, ClientAuthenticationMethod: 'PRIVATE_KEY_JWT' }),
  },
  'provider-unresolved': {
    target: target(asks('TOKEN_EXCHANGE', { ProviderArn: arn('oauth2credentialprovider', 'elsewhere') })),
  },
  'provider-vendor-mismatch': { provider: custom({}, EXCHANGE, 'GithubOauth2') },
  'target-credential-unsupported': {
    provider: custom({}, null),
    target: target(asks('CLIENT_CREDENTIALS'), {
      Mcp: { Lambda: { LambdaArn: 'arn:aws:lambda:eu-west-1:111122223333:function:tools' } },
    }),
  },
  'target-protocol-mismatch': {
    gateway: gateway('CUSTOM_JWT', ISSUER, { ProtocolType: 'MCP' }),
    target: target(undefined, { Http: { Passthrough: { Endpoint: 'https://payroll.example.com' } } }),
  },
  'template-not-in-view': { elsewhere: true },
  'template-unreadable': { isBroken: true },
  'token-exchange-config-unused': { provider: custom(), target: target(asks('CLIENT_CREDENTIALS')) },
  'token-exchange-on-built-in-vendor': { provider: builtIn('SlackOauth2') },
  'token-exchange-unsupported-target': { target: target(undefined, { Mcp: { SmithyModel: { S3: {} } } }) },
  'token-exchange-with-tool-schema': {
    target: target(undefined, mcpServer({ McpToolSchema: { InlinePayload: '[]' } })),
  },
  'token-exchange-without-config': { provider: custom({}, null) },
  'token-exchange-without-inbound-jwt': { gateway: gateway('AWS_IAM') },
  'unknown-oauth-property': { target: target(asks('TOKEN_EXCHANGE', { ForwardInboundToken: true })) },
  'vendor-without-client-credentials': {
    provider: builtIn('GithubOauth2'),
    target: target(asks('CLIENT_CREDENTIALS')),
  },
};
