import {
  agentcore,
  type CfnGatewayTarget,
  type CfnOAuth2CredentialProvider,
  type Construct,
  cdk,
  iam,
} from './real-parts.js';

/** Whether the provider of a scenario is set up for token exchange. The one thing that tests change. */
export type Exchange = 'set up' | 'not set up';

/** A provider whose configuration is complete, apart from what `exchange` takes away. */
export function addProvider(
  scope: Construct,
  exchange: Exchange,
  { id = 'Provider', name = 'idp' }: { id?: string; name?: string } = {},
): CfnOAuth2CredentialProvider {
  return new agentcore.CfnOAuth2CredentialProvider(scope, id, {
    name,
    credentialProviderVendor: 'CustomOauth2',
    oauth2ProviderConfigInput: {
      customOauth2ProviderConfig: {
        clientId: 'client',
        clientSecret: cdk.SecretValue.secretsManager('idp-client', { jsonField: 'secret' }).unsafeUnwrap(),
        oauthDiscovery: { discoveryUrl: 'https://issuer.example.com/.well-known/openid-configuration' },
        ...(exchange === 'set up'
          ? {
              onBehalfOfTokenExchangeConfig: {
                grantType: 'TOKEN_EXCHANGE',
                tokenExchangeGrantTypeConfig: { actorTokenContent: 'NONE' },
              },
            }
          : {}),
      },
    },
  });
}

/** A target that asks for token exchange, with a gateway that is right. */
export function addTarget(scope: Construct, providerArn: string, id = 'Tool'): CfnGatewayTarget {
  const gateway = new agentcore.CfnGateway(scope, `${id}Gateway`, {
    name: 'tools',
    roleArn: gatewayRole(scope, `${id}Role`).roleArn,
    protocolType: 'MCP',
    authorizerType: 'CUSTOM_JWT',
    authorizerConfiguration: {
      customJwtAuthorizer: {
        discoveryUrl: 'https://issuer.example.com/.well-known/openid-configuration',
        allowedAudience: ['api://tools'],
      },
    },
  });
  return new agentcore.CfnGatewayTarget(scope, id, {
    name: 'tool',
    gatewayIdentifier: gateway.attrGatewayIdentifier,
    targetConfiguration: { mcp: { mcpServer: { endpoint: 'https://mcp.example.com/mcp' } } },
    credentialProviderConfigurations: [
      {
        credentialProviderType: 'OAUTH',
        credentialProvider: {
          oauthCredentialProvider: { providerArn, scopes: ['tool.read'], grantType: 'TOKEN_EXCHANGE' },
        },
      },
    ],
  });
}

function gatewayRole(scope: Construct, id: string) {
  return new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com'),
    inlinePolicies: {
      exchange: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            actions: [
              'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
              'bedrock-agentcore:GetResourceOauth2Token',
              'secretsmanager:GetSecretValue',
            ],
            resources: ['*'],
          }),
        ],
      }),
    },
  });
}
