/*
 * A project with a secret in each of many places, made so that findings quote them or stand beside them. Nothing here
 * is a real credential.
 */

/** The planted secrets, by the place that they stand in. Those that only their look gives away look like credentials. */
export const PLANTED = {
  'ClientSecret literal': 'plumOrchard-literal-01',
  'ClientSecret in a branch': 'plumOrchard-branch-02',
  'Default of a NoEcho parameter': 'plumOrchard_default_03',
  'AllowedValues of a NoEcho parameter': 'plumOrchard_allowed_04',
  'value given for a NoEcho parameter': 'plumOrchard_pinned_05',
  'mapping used as ClientSecret': 'plumOrchard-mapping-06',
  'password in a URL of Fn::Sub': 'plumOrchard-basic-07',
  'comment beside a finding': 'plumOrchard-comment-08',
  'web token in a Description': 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbHVtIn0.cGx1bU9yY2hhcmQwOQ',
  'access key in an export name': 'AKIAPLUMORCHARD00010',
  'access key in the Name of a provider': 'AKIAPLUMORCHARD00011',
  'access key as a logical id': 'AKIAPLUMORCHARD00012',
  'SecretString of a secret': 'plumOrchard-string-13',
  'CustomParameters of a target': 'plumOrchard-assertion-14',
  'NoEcho default passed to a nested stack': 'plumOrchard_nested_15',
  'password in a discovery URL': 'plumOrchard-discovery-16',
  'GitHub token as a grant': 'ghp_plumOrchard00000000000000000000017',
  'value of a suppressed finding': 'plumOrchard_suppressed_18',
  'access key in a duplicate key': 'AKIAPLUMORCHARD00019',
  'ClientSecret of a broken template': 'plumOrchard-broken-20',
  'ClientSecret beside a fix': 'plumOrchard-fixed-21',
  'short value of a NoEcho parameter': 'plm',
} as const;

const SECRETS = PLANTED;

export const TEMPLATE = `AWSTemplateFormatVersion: '2010-09-09'
Description: deployed with ${SECRETS['web token in a Description']}
Parameters:
  Mode:
    Type: String
    NoEcho: true
    Default: ${SECRETS['Default of a NoEcho parameter']}
  Choice:
    Type: String
    NoEcho: true
    AllowedValues: [${SECRETS['AllowedValues of a NoEcho parameter']}, ${SECRETS['short value of a NoEcho parameter']}]
  Given:
    Type: String
    NoEcho: true
  Passed:
    Type: String
    NoEcho: true
    Default: ${SECRETS['NoEcho default passed to a nested stack']}
  Quiet:
    Type: String
    NoEcho: true
    Default: ${SECRETS['value of a suppressed finding']}
Conditions:
  IsChosen: !Equals [!Ref Choice, ${SECRETS['AllowedValues of a NoEcho parameter']}]
Mappings:
  Idp:
    prod:
      one: ${SECRETS['mapping used as ClientSecret']}
Resources:
  Stored:
    Type: AWS::SecretsManager::Secret
    Properties:
      SecretString: ${SECRETS['SecretString of a secret']}
  Gateway:
    Type: AWS::BedrockAgentCore::Gateway
    Properties: { Name: gateway, AuthorizerType: CUSTOM_JWT, RoleArn: !Sub 'arn:aws:iam::\${AWS::AccountId}:role/gateway' }
  Literal:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: ${SECRETS['access key in the Name of a provider']}
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          OauthDiscovery: { DiscoveryUrl: 'https://admin:${SECRETS['password in a discovery URL']}@idp.example.com/.well-known/openid-configuration' }
          ClientId: client
          # the password: ${SECRETS['comment beside a finding']}
          ClientSecret: ${SECRETS['ClientSecret literal']}
  Branched:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: branched
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          OauthDiscovery: { DiscoveryUrl: https://login.microsoftonline.com/x/v2.0/.well-known/openid-configuration }
          ClientId: client
          ClientSecret: !If [IsChosen, ${SECRETS['ClientSecret in a branch']}, !FindInMap [Idp, prod, one]]
          OnBehalfOfTokenExchangeConfig: { GrantType: JWT_AUTHORIZATION_GRANT }
  Fixable:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: fixable
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          OauthDiscovery: { DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration }
          ClientId: client
          ClientSecret: ${SECRETS['ClientSecret beside a fix']}
          OnBehalfOfTokenExchangeConfig: { GrantType: TOKEN_EXCHANG }
  ${SECRETS['access key as a logical id']}:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties: ${target('!Ref Mode', '!GetAtt Literal.CredentialProviderArn')}
  Chosen:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties: ${target('!If [IsChosen, TOKEN_EXCHANGE, !Ref Choice]', '!GetAtt Literal.CredentialProviderArn')}
  Pinned:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties: ${target('!Sub "pre${Given}"', '!GetAtt Literal.CredentialProviderArn')}
  Imported:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties: ${target('TOKEN_EXCHANGE', `!ImportValue ${SECRETS['access key in an export name']}`)}
  Basic:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties: ${target('TOKEN_EXCHANGE', `!Sub 'https://user:${SECRETS['password in a URL of Fn::Sub']}@\${AWS::Region}.example.com'`)}
  Parametrized:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties: ${target('TOKEN_EXCHANGE', '!GetAtt Branched.CredentialProviderArn', `CustomParameters: { client_assertion: ${SECRETS['CustomParameters of a target']} }, `)}
  Odd:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties: ${target(SECRETS['GitHub token as a grant'], '!GetAtt Fixable.CredentialProviderArn')}
  Suppressed:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Metadata: { cfn-tx-lint: { ignore: [invalid-grant-type] } }
    Properties: ${target('!Ref Quiet', '!GetAtt Fixable.CredentialProviderArn')}
  Typo:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties: ${target('TOKEN_EXCHANG', '!GetAtt Fixable.CredentialProviderArn')}
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./nested.yaml
      Parameters: { Grant: !Ref Passed, Name: !Sub 'arn:\${Passed}' }
`;

export const NESTED = `Parameters:
  Grant: { Type: String }
  Name: { Type: String }
Resources:
  Inner:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties: ${target('!Ref Grant', '!Ref Name')}
`;

/** Broken twice: a key that occurs twice, and a string that is not closed. */
export const DUPLICATE = `Resources:
  P: { Type: AWS::BedrockAgentCore::Gateway }
  ${SECRETS['access key in a duplicate key']}: 1
  ${SECRETS['access key in a duplicate key']}: 2
`;
export const BROKEN = `Resources:
  P:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties: { ClientSecret: ${SECRETS['ClientSecret of a broken template']}, Name: "open
`;

function target(grant: string, provider: string, more = ''): string {
  return `{ GatewayIdentifier: !GetAtt Gateway.GatewayIdentifier, TargetConfiguration: { Mcp: { McpServer: { Endpoint: https://mcp.example.com } } }, CredentialProviderConfigurations: [{ CredentialProviderType: OAUTH, CredentialProvider: { OauthCredentialProvider: { ${more}GrantType: ${grant}, ProviderArn: ${provider} } } }] }`;
}
