import { Placeholder, type Properties, RIGHT, type Said } from './cases.js';
import { ARN, answerOf, broken, inApiNames, json, placed, type Writer, withOthers } from './inputs.js';

/*
 * The files of the AgentCore CLI. They hold no providers: these stand in a saved answer beside them.
 */

/** Anything that a case says of a block; tests take it apart freely. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Loose = any;

const KINDS: Readonly<Record<string, string>> = {
  Lambda: 'lambdaFunctionArn',
  McpServer: 'mcpServer',
  Passthrough: 'passthrough',
  SmithyModel: 'smithyModel',
};

const kindOf = (configuration: Loose): string =>
  KINDS[Object.keys(Object.values(configuration)[0] as object)[0] ?? ''] ?? '';

/** The name of the credential that leads to a provider. */
const nameIn = (arn: unknown): string => (typeof arn === 'string' ? arn.replace(/^.*\//, '') : 'payroll');

function credentialsOf(arn: unknown): object[] {
  const name = nameIn(arn);
  const isKey = typeof arn === 'string' && arn.includes('apikey');
  // Without a discoveryUrl it exists already: the answer says how it is set up.
  return [{ authorizerType: isKey ? 'ApiKeyCredentialProvider' : 'OAuthCredentialProvider', name }];
}

function projectOf(said: Said): Loose {
  const [credentials] = (said.target as Loose).CredentialProviderConfigurations;
  const block = credentials.CredentialProvider?.OauthCredentialProvider ?? {};
  const gateway = said.gateway as Loose;
  const authorizer = gateway.AuthorizerConfiguration?.CustomJWTAuthorizer;
  const kind = kindOf((said.target as Loose).TargetConfiguration);
  return {
    $schema: 'https://schema.agentcore.aws.dev/v1/agentcore.json',
    name: 'Portal',
    version: 1,
    credentials: credentialsOf(block.ProviderArn),
    agentCoreGateways: [
      {
        name: gateway.Name,
        authorizerType: gateway.AuthorizerType,
        ...(authorizer && {
          authorizerConfiguration: { customJwtAuthorizer: inApiNames(authorizer) },
        }),
        protocolType: gateway.ProtocolType ?? 'None',
        targets: [
          {
            name: 'payroll-tools',
            targetType: kind,
            outboundAuth: {
              type: credentials.CredentialProviderType,
              ...(credentials.CredentialProvider && {
                credentialName: nameIn(block.ProviderArn),
                scopes: block.Scopes,
                grantType: block.GrantType,
                customParameters: block.CustomParameters,
                defaultReturnUrl: block.DefaultReturnUrl,
              }),
            },
          },
        ],
      },
    ],
  };
}

/** What an answer of the account holds beside a file of the CLI's. */
const accountOf = (said: Said, more: readonly object[] = []): Record<string, string> => ({
  'account.json': json([answerOf(said.provider), ...more]),
  ...withOthers(
    said,
    (index) => `other-${index}.json`,
    (provider) => json(answerOf(provider)),
  ),
});

const IN_ANSWER = 'the provider stands in an answer, and is told of there';
const NOT_WRITTEN = 'the AgentCore CLI has no words for it';
const NO_TARGETS = 'it calls gateways, and no targets';
const NO_EXCHANGE = 'its schema has no TOKEN_EXCHANGE';

/** What a project has and a case does not say. */
const OF_PROJECTS: Readonly<Record<string, (project: Loose) => void>> = {
  'credential-type-mismatch': ({ agentCoreGateways: [gateway] }) => {
    gateway.targets[0].outboundAuth.type = 'OAuth';
  },
  'ignored-by-agentcore-cli': ({ credentials: [credential] }) => {
    credential.tokenExchange = { grantType: 'TOKEN_EXCHANGE' };
  },
  'provider-vendor-mismatch': ({ credentials: [credential] }) => {
    credential.vendor = 'GithubOauth2';
    credential.discoveryUrl = 'https://idp.example.com/.well-known/openid-configuration';
  },
  'template-not-in-view': (project) => {
    project.harnesses = [{ name: 'assistant', path: 'app/assistant' }];
  },
};

export const project: Writer = {
  id: 'agentcore-project',
  write: (said, rule = '') => {
    const written = projectOf(said);
    OF_PROJECTS[rule]?.(written);
    return { 'agentcore/agentcore.json': broken(said, json(written)), ...accountOf(said) };
  },
  cannot: {
    'actor-token-unspecified': IN_ANSWER,
    'cognito-client-cannot-exchange': IN_ANSWER,
    'dynamic-listing-unsupported': NOT_WRITTEN,
    'gateway-role-cannot-exchange': 'the construct makes the role',
    'gateway-unresolved': 'its targets stand in their gateways',
    'grant-unresolved': 'it leaves nothing open',
    'identity-provider-grant-mismatch': IN_ANSWER,
    'invalid-suppression': 'it has no place for a suppression',
    'malformed-on-behalf-of-config': IN_ANSWER,
    'malformed-token-exchange-grant-type-config': IN_ANSWER,
    'plaintext-client-secret': 'secrets stand in .env.local',
    'provider-absent-under-condition': 'nothing in it stands under a condition',
    'provider-client-authentication': IN_ANSWER,
    'token-exchange-with-tool-schema': NOT_WRITTEN,
    'unknown-oauth-property': 'the AgentCore CLI refuses what it does not know',
  },
};

const HARNESS_RIGHT: Partial<Said> = {
  provider: {
    ...RIGHT.provider,
    Oauth2ProviderConfigInput: {
      CustomOauth2ProviderConfig: {
        ClientId: 'portal',
        OauthDiscovery: { DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration' },
      },
    },
  },
};

const GATEWAY_ARN = `${ARN}:gateway/staff-a1b2c3d4e5`;

export const harness: Writer = {
  id: 'agentcore-harness',
  right: {
    ...HARNESS_RIGHT,
    target: clientCredentials(RIGHT.target),
  },
  write: (said) => {
    const [credentials] = (said.target as Loose).CredentialProviderConfigurations;
    const identifier = (said.target as Loose).GatewayIdentifier;
    const oauth = placed(
      inApiNames(credentials.CredentialProvider.OauthCredentialProvider),
      () => `${ARN}:token-vault/default/oauth2credentialprovider/payroll`,
    );
    const gatewayArn = identifier instanceof Placeholder ? GATEWAY_ARN : `${ARN}:gateway/${identifier}`;
    const config = { agentCoreGateway: { gatewayArn, outboundAuth: { oauth } } };
    const written = { name: 'assistant', tools: [{ type: 'agentcore_gateway', name: 'staff', config }] };
    const gateway = placed(inApiNames(said.gateway), () => undefined) as object;
    return {
      'app/assistant/harness.json': broken(said, json(written)),
      ...accountOf(said, [{ ...gateway, gatewayId: 'staff-a1b2c3d4e5', gatewayArn: GATEWAY_ARN }]),
    };
  },
  cannot: {
    ...project.cannot,
    'authorization-code-behind-iam': NO_TARGETS,
    'authorizer-configuration-mismatch': 'the gateway stands in an answer, and is told of there',
    'credential-type-mismatch': 'the block is the type',
    'gateway-role-cannot-exchange': 'roles are no part of the control plane',
    'gateway-unresolved': NO_EXCHANGE,
    'ignored-by-agentcore-cli': 'it has no credentials',
    'inbound-issuer-mismatch': NO_EXCHANGE,
    'jwt-passthrough-unsupported': NO_TARGETS,
    'missing-exchange-parameter': NO_EXCHANGE,
    'provider-ambiguous': NO_EXCHANGE,
    'provider-unresolved': NO_EXCHANGE,
    'provider-vendor-mismatch': IN_ANSWER,
    'target-credential-unsupported': NO_TARGETS,
    'target-protocol-mismatch': NO_TARGETS,
    'template-not-in-view': 'it deploys no templates',
    'token-exchange-on-built-in-vendor': NO_EXCHANGE,
    'token-exchange-unsupported-target': NO_TARGETS,
    'token-exchange-without-config': NO_EXCHANGE,
    'token-exchange-without-inbound-jwt': NO_EXCHANGE,
  },
};

/** A target that asks for no exchange. */
function clientCredentials(target: Properties): Properties {
  const [credentials] = (target as Loose).CredentialProviderConfigurations;
  const block = {
    ...credentials.CredentialProvider.OauthCredentialProvider,
    GrantType: 'CLIENT_CREDENTIALS',
  };
  return {
    ...target,
    CredentialProviderConfigurations: [
      { ...credentials, CredentialProvider: { OauthCredentialProvider: block } },
    ],
  };
}
