/**
 * An identity stack and a gateway stack for several stages, which find each other by an export that bears the stage's
 * name. Where `Mode` is `m2m` the provider is not set up for the exchange that the gateway's target asks for.
 */
export const IDENTITY = `Parameters:
  Stage: { Type: String }
  Mode: { Type: String, Default: obo, AllowedValues: [obo, m2m] }
Conditions:
  Exchanges: !Equals [!Ref Mode, obo]
Resources:
  Provider:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: !Sub 'orders-\${Stage}'
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          OauthDiscovery: { DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration }
          ClientId: orders
          ClientSecret: '{{resolve:secretsmanager:orders}}'
          OnBehalfOfTokenExchangeConfig: !If
            - Exchanges
            - GrantType: TOKEN_EXCHANGE
              TokenExchangeGrantTypeConfig: { ActorTokenContent: NONE }
            - !Ref AWS::NoValue
Outputs:
  ProviderArn:
    Value: !GetAtt Provider.CredentialProviderArn
    Export: { Name: !Sub '\${Stage}-orders-provider' }
`;

export const GATEWAY = `Parameters:
  Stage: { Type: String }
  RoleArn: { Type: String }
Resources:
  Gateway:
    Type: AWS::BedrockAgentCore::Gateway
    Properties:
      Name: !Sub 'tools-\${Stage}'
      RoleArn: !Ref RoleArn
      ProtocolType: MCP
      AuthorizerType: CUSTOM_JWT
      AuthorizerConfiguration:
        CustomJWTAuthorizer:
          DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration
          AllowedAudience: [tools]
  Target:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      Name: orders
      GatewayIdentifier: !Ref Gateway
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: https://orders.example.com/mcp } } }
      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider:
              ProviderArn:
                Fn::ImportValue: !Sub '\${Stage}-orders-provider'
              Scopes: [orders.read]
              GrantType: TOKEN_EXCHANGE
`;
