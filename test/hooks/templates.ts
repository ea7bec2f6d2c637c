/** A provider that the stack exports; without `exchanges` it is not set up for token exchange. */
export function identity({ exchanges }: { readonly exchanges: boolean }): string {
  const block = `
          OnBehalfOfTokenExchangeConfig:
            GrantType: TOKEN_EXCHANGE
            TokenExchangeGrantTypeConfig: { ActorTokenContent: NONE }`;
  return `Resources:
  Provider:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: provider
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          OauthDiscovery: { DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration }
          ClientId: client
          ClientSecret: '{{resolve:secretsmanager:client}}'${exchanges ? block : ''}
Outputs:
  Arn:
    Value: !GetAtt Provider.CredentialProviderArn
    Export: { Name: provider-arn }
`;
}

/** A gateway whose target asks for token exchange at the exported provider. */
export function gateway(scope = 'read'): string {
  return `Resources:
  Gateway:
    Type: AWS::BedrockAgentCore::Gateway
    Properties:
      Name: gateway
      RoleArn: arn:aws:iam::111122223333:role/gateway
      AuthorizerType: CUSTOM_JWT
      AuthorizerConfiguration:
        CustomJWTAuthorizer:
          DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration
          AllowedAudience: [gateway]
  Target:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      Name: target
      GatewayIdentifier: !Ref Gateway
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: https://mcp.example.com } } }
      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider:
              ProviderArn: !ImportValue provider-arn
              Scopes: [${scope}]
              GrantType: TOKEN_EXCHANGE
`;
}
