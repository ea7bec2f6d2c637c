import { arnOf, foreign, gateway, gatewayRole, provider, target } from './resources.js';

/** A clean template of 40 lines, as somebody would write it by hand. */
export const SMALL_JSON = `{
  "AWSTemplateFormatVersion": "2010-09-09",
  "Resources": {
    "Gateway": {
      "Type": "AWS::BedrockAgentCore::Gateway",
      "Properties": {
        "Name": "hr-tools",
        "RoleArn": "arn:aws:iam::123456789012:role/hr-tools",
        "ProtocolType": "MCP",
        "AuthorizerType": "CUSTOM_JWT",
        "AuthorizerConfiguration": { "CustomJWTAuthorizer": {
          "DiscoveryUrl": "https://idp.example.com/.well-known/openid-configuration" } }
      }
    },
    "Provider": {
      "Type": "AWS::BedrockAgentCore::OAuth2CredentialProvider",
      "Properties": {
        "Name": "hr-tools",
        "CredentialProviderVendor": "CustomOauth2",
        "Oauth2ProviderConfigInput": { "CustomOauth2ProviderConfig": {
          "ClientId": "hr-tools", "ClientSecret": "{{resolve:secretsmanager:hr-tools}}",
          "OauthDiscovery": { "DiscoveryUrl": "https://idp.example.com/.well-known/openid-configuration" },
          "OnBehalfOfTokenExchangeConfig": { "GrantType": "JWT_AUTHORIZATION_GRANT" } } }
      }
    },
    "Target": {
      "Type": "AWS::BedrockAgentCore::GatewayTarget",
      "Properties": {
        "Name": "search",
        "GatewayIdentifier": { "Ref": "Gateway" },
        "TargetConfiguration": { "Mcp": { "McpServer": { "Endpoint": "https://search.example.com/mcp" } } },
        "CredentialProviderConfigurations": [ {
          "CredentialProviderType": "OAUTH",
          "CredentialProvider": { "OauthCredentialProvider": {
            "ProviderArn": { "Fn::GetAtt": ["Provider", "CredentialProviderArn"] },
            "GrantType": "TOKEN_EXCHANGE" } }
        } ]
      }
    }
  }
}
`;

/** The same template in YAML, also of 40 lines. */
export const SMALL_YAML = `AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Gateway:
    Type: AWS::BedrockAgentCore::Gateway
    Properties:
      Name: hr-tools
      RoleArn: arn:aws:iam::123456789012:role/hr-tools
      ProtocolType: MCP
      AuthorizerType: CUSTOM_JWT
      AuthorizerConfiguration:
        CustomJWTAuthorizer:
          DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration
  # Exchanges the user's token at the identity provider.
  Provider:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: hr-tools
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          ClientId: hr-tools
          ClientSecret: '{{resolve:secretsmanager:hr-tools}}'
          OauthDiscovery:
            DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration
          OnBehalfOfTokenExchangeConfig:
            GrantType: JWT_AUTHORIZATION_GRANT
  Target:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      Name: search
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
 * A clean synthesized template of about a size: a gateway with three targets among resources of other services.
 *
 * @param {number} bytes of its JSON with an indentation of one, as the CDK prints it
 * @param {{ agentCore?: boolean, name?: string }} options without AgentCore resources nothing in it is of interest
 * @returns {object}
 */
export function synthesized(bytes, { agentCore = true, name = 'hr' } = {}) {
  const resources = agentCore ? agentCoreResources(name) : {};
  let size = jsonText(resources).length;
  for (let n = 0; size < bytes; n++) {
    const resource = foreign(n);
    resources[`Foreign${n}`] = resource;
    size += jsonText({ [`Foreign${n}`]: resource }).length;
  }
  return { Parameters: { Stage: { Type: 'String', Default: 'test' } }, Resources: resources };
}

/**
 * The same with names that bear the stage, so that each environment gives them others.
 *
 * @param {number} bytes as for `synthesized`
 * @param {string} name
 * @returns {object}
 */
export function staged(bytes, name) {
  const template = synthesized(bytes, { name });
  const { Gateway, Provider } = template.Resources;
  for (const { Properties } of [Gateway, Provider]) {
    Properties.Name = { 'Fn::Sub': `\${Stage}-${Properties.Name}` };
  }
  return template;
}

/**
 * A template with nothing but targets and what they need, whose gateway and provider bear the name of a stage.
 *
 * @param {number} count how many targets
 * @param {string} name
 * @returns {object}
 */
export function stagedTargets(count, name) {
  const resources = agentCoreResources(name, count);
  for (const { Properties } of [resources.Gateway, resources.Provider]) {
    Properties.Name = { 'Fn::Sub': `\${Stage}-${Properties.Name}` };
  }
  return { Parameters: { Stage: { Type: 'String' } }, Resources: resources };
}

/**
 * Templates as teams split them: one that exports its provider under the name of a stage, and others with nothing but
 * targets that import it.
 *
 * @param {number} stacks how many of the others
 * @param {number} count how many targets in each
 * @returns {object[]}
 */
export function importingStacks(stacks, count) {
  const Parameters = { Stage: { Type: 'String' } };
  const name = { 'Fn::Sub': '${Stage}-idp' };
  const Value = { 'Fn::GetAtt': ['Provider', 'CredentialProviderArn'] };
  const identity = {
    Parameters,
    Resources: { Provider: provider('idp') },
    Outputs: { Idp: { Value, Export: { Name: name } } },
  };
  const importing = Array.from({ length: stacks }, (_, stack) => {
    const resources = { GatewayRole: gatewayRole(), Gateway: gateway(`stack-${stack}-tools`) };
    for (let n = 0; n < count; n++)
      resources[`Target${n}`] = target(`stack-${stack}-tool-${n}`, { 'Fn::ImportValue': name });
    return { Parameters, Resources: resources };
  });
  return [identity, ...importing];
}

function agentCoreResources(name, targets = 3) {
  const resources = {
    GatewayRole: gatewayRole(),
    Gateway: gateway(`${name}-tools`),
    Provider: provider(`${name}-idp`),
  };
  for (let n = 0; n < targets; n++) resources[`Target${n}`] = target(`${name}-tool-${n}`, arnOf('Provider'));
  return resources;
}

/**
 * One template with many targets, of which each tenth exchanges tokens at a provider that is not set up for it.
 *
 * @param {number} count how many targets
 * @returns {object}
 */
export function manyTargets(count) {
  const resources = {
    GatewayRole: gatewayRole(),
    Gateway: gateway('tools'),
    Provider: provider('idp'),
    PlainProvider: provider('plain-idp', false),
  };
  for (let n = 0; n < count; n++) {
    resources[`Target${n}`] = target(`tool-${n}`, arnOf(n % 10 === 0 ? 'PlainProvider' : 'Provider'));
  }
  return { Resources: resources };
}

/** A template as the CDK prints it. */
export function jsonText(template) {
  return `${JSON.stringify(template, null, 1)}\n`;
}
