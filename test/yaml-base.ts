/*
 * Resources in YAML that tests put templates together of. Nothing is wrong with them, but for what a test changes.
 */

const DISCOVERY_URL = 'https://idp.example.com/.well-known/openid-configuration';

/** What sets a provider up for the exchange. */
export const EXCHANGE_BLOCK = `          OnBehalfOfTokenExchangeConfig:
            GrantType: TOKEN_EXCHANGE
            TokenExchangeGrantTypeConfig: { ActorTokenContent: NONE }
`;

/** The resource `Provider`; without `exchanges` it is not set up for the exchange. */
export function providerYaml({ exchanges = true }: { readonly exchanges?: boolean } = {}): string {
  return `  Provider:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: provider
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          OauthDiscovery: { DiscoveryUrl: ${DISCOVERY_URL} }
          ClientId: client
          ClientSecret: '{{resolve:secretsmanager:client}}'
${exchanges ? EXCHANGE_BLOCK : ''}`;
}

/** The section `Outputs`, which exports the provider as `provider-arn`. */
export const PROVIDER_OUTPUTS = `Outputs:
  Arn:
    Value: !GetAtt Provider.CredentialProviderArn
    Export: { Name: provider-arn }
`;

/** The resource `Gateway`, which lets in users of the identity provider. */
export const GATEWAY_YAML = `  Gateway:
    Type: AWS::BedrockAgentCore::Gateway
    Properties:
      Name: gateway
      RoleArn: arn:aws:iam::111122223333:role/gateway
      AuthorizerType: CUSTOM_JWT
      AuthorizerConfiguration:
        CustomJWTAuthorizer:
          DiscoveryUrl: ${DISCOVERY_URL}
          AllowedAudience: [gateway]
`;

/** The resource `Target` of the gateway, with its credentials as lines of YAML. */
export function targetYaml(credentials: string): string {
  return `  Target:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      Name: target
      GatewayIdentifier: !Ref Gateway
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: https://mcp.example.com } } }
${credentials}`;
}

/** Credentials of a target that come from a provider, by default from the one above. */
export function oauthYaml({
  arn = '!GetAtt Provider.CredentialProviderArn',
  scope = 'read',
  grant = 'GrantType: TOKEN_EXCHANGE',
} = {}): string {
  return `      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider:
              ProviderArn: ${arn}
              Scopes: [${scope}]
              ${grant}
`;
}
