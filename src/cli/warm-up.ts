import { parseSource } from '../source/parse.js';
import type { Linter } from './linter.js';

/** A gateway with one target that exchanges its user's token, as most templates that are linted have it. */
const SAMPLE = `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Stage: { Type: String, Default: test }
Conditions:
  IsProduction: !Equals [!Ref Stage, prod]
Resources:
  GatewayRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - { Effect: Allow, Principal: { Service: bedrock-agentcore.amazonaws.com }, Action: 'sts:AssumeRole' }
      Policies:
        - PolicyName: exchange
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - bedrock-agentcore:GetWorkloadAccessToken
                  - bedrock-agentcore:GetResourceOauth2Token
                  - secretsmanager:GetSecretValue
                Resource: '*'
  Gateway:
    Type: AWS::BedrockAgentCore::Gateway
    Properties:
      Name: !Sub '\${Stage}-tools'
      RoleArn: !GetAtt GatewayRole.Arn
      ProtocolType: MCP
      AuthorizerType: CUSTOM_JWT
      AuthorizerConfiguration:
        CustomJWTAuthorizer:
          DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration
          AllowedAudience: [tools]
  # A comment, a long text and a list below its key, as people write them.
  Provider:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: !If [IsProduction, idp, test-idp]
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          ClientId: tools
          ClientSecret: '{{resolve:secretsmanager:tools}}'
          OauthDiscovery:
            DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration
          OnBehalfOfTokenExchangeConfig:
            GrantType: TOKEN_EXCHANGE
            TokenExchangeGrantTypeConfig: { ActorTokenContent: NONE }
  Target:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      Name: search
      Description: |
        Searches.
      GatewayIdentifier: !Ref Gateway
      TargetConfiguration:
        Mcp:
          McpServer:
            Endpoint: https://search.example.com/mcp
      CredentialProviderConfigurations:
      - CredentialProviderType: OAUTH
        CredentialProvider:
          OauthCredentialProvider:
            ProviderArn: !GetAtt Provider.CredentialProviderArn
            GrantType: TOKEN_EXCHANGE
            Scopes: [search]
`;

/**
 * Calls what a clean run calls, whatever this run was about, so that what V8 has compiled by then is what later runs
 * need. Prints nothing and looks at no file.
 */
export async function warmUp(linter: Linter): Promise<void> {
  const parsed = parseSource('sample.yaml', SAMPLE);
  const json = parsed.ok ? JSON.stringify(parsed.source.value, null, 1) : '{}';
  for (const [name, text] of [
    ['sample.yaml', SAMPLE],
    ['sample.json', json],
  ] as const) {
    await linter.run({ texts: [{ name, text }] });
  }
}
