/** The resource types that the rules speak of. */
export const TYPES = {
  provider: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
  apiKeyProvider: 'AWS::BedrockAgentCore::ApiKeyCredentialProvider',
  gateway: 'AWS::BedrockAgentCore::Gateway',
  gatewayTarget: 'AWS::BedrockAgentCore::GatewayTarget',
  harness: 'AWS::BedrockAgentCore::Harness',
  role: 'AWS::IAM::Role',
  secret: 'AWS::SecretsManager::Secret',
  userPool: 'AWS::Cognito::UserPool',
  userPoolClient: 'AWS::Cognito::UserPoolClient',
} as const;
