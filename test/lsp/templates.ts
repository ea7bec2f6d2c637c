/** A provider that is not set up for the exchange, and that another template imports. */
export const PROVIDER = `Resources:
  Idp:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: idp
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          ClientId: client
          ClientSecret: '{{resolve:secretsmanager:idp}}'
          OauthDiscovery:
            DiscoveryUrl: https://login.example.com/.well-known/openid-configuration
Outputs:
  Arn:
    Value: !GetAtt Idp.CredentialProviderArn
    Export: { Name: idp-arn }
`;

const BLOCK = `          OnBehalfOfTokenExchangeConfig:
            GrantType: TOKEN_EXCHANGE
            TokenExchangeGrantTypeConfig: { ActorTokenContent: NONE }
`;

/** The same, set up for it. */
export const SET_UP = PROVIDER.replace('Outputs:', `${BLOCK}Outputs:`);

/** A gateway with a target that asks for the exchange at the provider. */
export const GATEWAY = `Resources:
  Gateway:
    Type: AWS::BedrockAgentCore::Gateway
    Properties:
      Name: tools
      RoleArn: arn:aws:iam::111122223333:role/gateway
      AuthorizerType: CUSTOM_JWT
      AuthorizerConfiguration:
        CustomJWTAuthorizer:
          DiscoveryUrl: https://login.example.com/.well-known/openid-configuration
          AllowedAudience: [tools]
  Target:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      Name: hr
      GatewayIdentifier: !Ref Gateway
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: https://hr.example.com/mcp } } }
      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider:
              ProviderArn: !ImportValue idp-arn
              Scopes: [hr.read]
              GrantType: TOKEN_EXCHANGE
`;
