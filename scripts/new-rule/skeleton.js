/** The texts of a new rule's files. */

/** The scopes of the only target: what the check of the skeleton looks for. */
const SCOPES = '              Scopes: [hr.tools.read]\n';

/** @returns {string} the module of a rule that reports consumers without `Scopes` */
export function ruleModule(id, name) {
  return `import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';

export const ${name} = defineRule({
  id: '${id}',
  severity: 'warning',
  on: 'consumer',
  summary: 'TODO: one sentence, what the rule finds.',
  rationale: 'TODO: why it matters, in plain sentences.',
  remedy: 'TODO: how to put a template right, in plain sentences.',
  sources: [sources.targetOauthCredentialProvider],
  messages: {
    found: {
      consequence: null, // or deployment-fails, calls-fail, identity-lost, secret-exposed
      message: 'TODO: {consumer} is wrong, with the names and values.',
      help: 'TODO: what to do about it.',
    },
  },
  check: {
    consumer(consumer, context) {
      // TODO: an example. It reports consumers that name no scopes.
      for (const scopes of consumer.property('Scopes')) {
        if (scopes.value.kind !== 'absent') continue;
        context.report({
          message: 'found',
          data: { consumer: consumer.node.name },
          at: consumer.block.at,
          part: 'key',
          when: scopes.when,
          trace: scopes.trace,
        });
      }
    },
  },
});
`;
}

/** @returns {string} a template: the valid base, or the same without scopes */
export function template(kind) {
  const valid = `AWSTemplateFormatVersion: "2010-09-09"
Description: A gateway target that exchanges the caller's token

Resources:
  Provider:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: hr-tools
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          OauthDiscovery:
            DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration
          ClientId: hr-gateway
          ClientSecretSource: EXTERNAL
          ClientSecretConfig:
            SecretId: hr-tools/oauth-client
            JsonKey: client_secret
          OnBehalfOfTokenExchangeConfig:
            GrantType: TOKEN_EXCHANGE
            TokenExchangeGrantTypeConfig:
              ActorTokenContent: NONE

  Gateway:
    Type: AWS::BedrockAgentCore::Gateway
    Properties:
      Name: hr-tools
      RoleArn: arn:aws:iam::111122223333:role/hr-tools
      AuthorizerType: CUSTOM_JWT
      AuthorizerConfiguration:
        CustomJWTAuthorizer:
          DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration
          AllowedAudience: [hr-gateway]

  Target:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      Name: hr-tools
      GatewayIdentifier: !Ref Gateway
      TargetConfiguration:
        Mcp:
          McpServer:
            Endpoint: https://mcp.example.com/mcp
      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider:
              ProviderArn: !GetAtt Provider.CredentialProviderArn
              GrantType: TOKEN_EXCHANGE
${SCOPES}`;
  return kind === 'valid' ? valid : valid.replace(SCOPES, '');
}

/** @returns {string} the `expected.json` beside that template */
export function expectation(kind, id) {
  const line = template(kind)
    .split('\n')
    .findIndex((written) => written.includes('OauthCredentialProvider:'));
  const finding = {
    ruleId: id,
    messageKey: 'found',
    severity: 'warning',
    file: 'template.yaml',
    resource: 'Target',
    at: 'OauthCredentialProvider',
    line: line + 1,
  };
  const expected = {
    about: kind === 'valid' ? 'TODO: the valid base' : 'TODO: what the case changes from the valid base',
    findings: kind === 'valid' ? [] : [finding],
    tokenExchange: { verified: 1, failed: 0, unverified: 0 },
  };
  return `${JSON.stringify(expected, null, 2)}\n`;
}
