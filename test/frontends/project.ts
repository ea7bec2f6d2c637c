const IDP = 'https://idp.example.com/.well-known/openid-configuration';

/** A file of an AgentCore project: tests change whatever they like in it. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Project = any;

/** A project in which nothing is wrong, as the AgentCore CLI writes it. */
export function project(): Project {
  return {
    $schema: 'https://schema.agentcore.aws.dev/v1/agentcore.json',
    name: 'Portal',
    version: 1,
    managedBy: 'CDK',
    runtimes: [],
    memories: [],
    credentials: [
      {
        authorizerType: 'OAuthCredentialProvider',
        name: 'payroll',
        discoveryUrl: IDP,
        scopes: ['payroll.read'],
        vendor: 'CustomOauth2',
      },
      { authorizerType: 'ApiKeyCredentialProvider', name: 'weather' },
    ],
    agentCoreGateways: [
      {
        name: 'staff',
        authorizerType: 'CUSTOM_JWT',
        authorizerConfiguration: {
          customJwtAuthorizer: { discoveryUrl: IDP, allowedAudience: ['staff'] },
        },
        enableSemanticSearch: true,
        exceptionLevel: 'NONE',
        protocolType: 'None',
        targets: [
          {
            name: 'payroll-tools',
            targetType: 'mcpServer',
            endpoint: 'https://payroll.example.com/mcp',
            outboundAuth: { type: 'OAUTH', credentialName: 'payroll', scopes: ['payroll.read'] },
          },
        ],
      },
    ],
  };
}

export interface ProjectVariant {
  readonly rule: string;
  readonly about: string;
  change(project: Project): void;
}

const target = (all: Project) => all.agentCoreGateways[0].targets[0];
const auth = (all: Project) => target(all).outboundAuth;
const credential = (all: Project) => all.credentials[0];

/** What can be wrong in a project. */
export const projectVariants: readonly ProjectVariant[] = [
  {
    rule: 'ignored-by-agentcore-cli',
    about: 'a credential has an exchange block',
    change: (all) => {
      credential(all).tokenExchange = { grantType: 'TOKEN_EXCHANGE' };
    },
  },
  {
    rule: 'token-exchange-without-config',
    about: 'a target asks for the exchange of a provider that the CLI makes',
    change: (all) => {
      auth(all).grantType = 'TOKEN_EXCHANGE';
    },
  },
  {
    rule: 'provider-unresolved',
    about: 'a target asks for the exchange of a provider that exists already',
    change: (all) => {
      auth(all).grantType = 'TOKEN_EXCHANGE';
      delete credential(all).discoveryUrl;
    },
  },
  {
    rule: 'provider-vendor-mismatch',
    about: 'the vendor is a built-in one',
    change: (all) => {
      credential(all).vendor = 'GithubOauth2';
    },
  },
  {
    rule: 'provider-vendor-mismatch',
    about: 'the vendor is misspelled',
    change: (all) => {
      credential(all).vendor = 'CustomOAuth2';
    },
  },
  {
    rule: 'invalid-provider-reference',
    about: 'the credential is an API key',
    change: (all) => {
      auth(all).credentialName = 'weather';
    },
  },
  {
    rule: 'invalid-provider-reference',
    about: 'no credential has the name',
    change: (all) => {
      auth(all).credentialName = 'calendar';
    },
  },
  {
    rule: 'invalid-provider-reference',
    about: 'the name is misspelled',
    change: (all) => {
      auth(all).credentialName = 'payrol';
    },
  },
  {
    rule: 'invalid-provider-reference',
    about: 'the name is a number',
    change: (all) => {
      auth(all).credentialName = 7;
    },
  },
  {
    rule: 'authorizer-configuration-mismatch',
    about: "the authorizer's key is spelled as CloudFormation spells it",
    change: (all) => {
      const [gateway] = all.agentCoreGateways;
      const { customJwtAuthorizer } = gateway.authorizerConfiguration;
      gateway.authorizerConfiguration = { customJWTAuthorizer: customJwtAuthorizer };
    },
  },
  {
    rule: 'invalid-provider-reference',
    about: 'no credential is named',
    change: (all) => delete auth(all).credentialName,
  },
  {
    rule: 'invalid-grant-type',
    about: 'the grant is misspelled',
    change: (all) => {
      auth(all).grantType = 'TOKEN_EXCHNAGE';
    },
  },
  {
    rule: 'token-exchange-without-inbound-jwt',
    about: 'the gateway takes signatures',
    change: (all) => {
      auth(all).grantType = 'TOKEN_EXCHANGE';
      all.agentCoreGateways[0].authorizerType = 'AWS_IAM';
      delete all.agentCoreGateways[0].authorizerConfiguration;
    },
  },
  {
    rule: 'token-exchange-unsupported-target',
    about: 'the target is a Smithy model',
    change: (all) => {
      auth(all).grantType = 'TOKEN_EXCHANGE';
      target(all).targetType = 'smithyModel';
    },
  },
  {
    rule: 'jwt-passthrough-unsupported',
    about: 'an MCP server is passed the token',
    change: (all) => {
      target(all).outboundAuth = { type: 'JWT_PASSTHROUGH' };
    },
  },
  {
    rule: 'authorizer-configuration-mismatch',
    about: 'the configuration of the authorizer is missing',
    change: (all) => delete all.agentCoreGateways[0].authorizerConfiguration,
  },
  {
    rule: 'target-credential-unsupported',
    about: 'a Lambda target has a credential',
    change: (all) => {
      target(all).targetType = 'lambdaFunctionArn';
    },
  },
  {
    rule: 'target-protocol-mismatch',
    about: 'an HTTP target stands behind a gateway for MCP',
    change: (all) => {
      all.agentCoreGateways[0].protocolType = 'MCP';
      target(all).targetType = 'passthrough';
      target(all).passthrough = { endpoint: 'https://a.example.com' };
    },
  },
  {
    rule: 'invalid-provider-reference',
    about: 'a connection names no ARN',
    change: (all) => {
      all.runtimes = [{ name: 'assistant', connections: [connection({ providerArn: 'payroll' })] }];
    },
  },
  {
    rule: 'token-exchange-without-config',
    about: 'the code of a runtime asks for the exchange of a provider that the CLI makes',
    change: (all) => {
      all.runtimes = [{ name: 'assistant', connections: [connection({})] }];
    },
  },
];

/** A connection to a gateway elsewhere, which asks for the exchange. */
export function connection(changes: object): object {
  return {
    to: {
      type: 'gateway',
      arn: 'arn:aws:bedrock-agentcore:us-east-1:111122223333:gateway/other-a1b2c3',
      outboundAuth: {
        oauth: {
          providerArn:
            'arn:aws:bedrock-agentcore:us-east-1:111122223333:token-vault/default/oauth2credentialprovider/payroll',
          scopes: ['payroll.read'],
          grantType: 'TOKEN_EXCHANGE',
          ...changes,
        },
      },
    },
  };
}
