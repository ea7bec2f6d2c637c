import { builtInRules } from '../../rules/index.js';
import type { Diagnostic } from '../../src/lint/result.js';
import type { AnyRule } from '../../src/lint/rule.js';
import { run } from '../../src/lint/run.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonMap = { readonly [key: string]: Json };
export interface TestTemplate {
  readonly Parameters?: JsonMap;
  readonly Conditions?: JsonMap;
  readonly Resources: JsonMap;
  readonly [section: string]: Json | undefined;
}

/** What one rule finds in templates, by file name; a lone template is `template.json`. */
export async function findingsOf(
  rule: AnyRule,
  templates: TestTemplate | Readonly<Record<string, TestTemplate>>,
  parameters: Readonly<Record<string, string>> = {},
): Promise<readonly Diagnostic[]> {
  const byName = 'Resources' in templates ? { 'template.json': templates } : templates;
  // What the run reports by itself needs its words in every catalogue.
  const others = builtInRules.filter(({ id, runReports }) => runReports !== undefined && id !== rule.id);
  const { report, internalErrors } = await run(
    {
      texts: Object.entries(byName).map(([name, template]) => ({
        name,
        text: JSON.stringify(template, null, 2),
      })),
      parameters: [{ template: undefined, values: parameters, origin: 'the test' }],
    },
    { rules: [rule, ...others], url: (ruleId) => ruleId },
  );
  if (internalErrors.length > 0) throw new Error(JSON.stringify(internalErrors));
  return report.diagnostics.filter(({ ruleId }) => ruleId === rule.id);
}

export const ref = (name: string): JsonMap => ({ Ref: name });
export const attribute = (name: string, of: string): JsonMap => ({ 'Fn::GetAtt': [name, of] });
/** `Fn::Sub` of a text in which `<Name>` stands for the placeholder of a name. */
export const sub = (text: string): JsonMap => ({
  'Fn::Sub': text.replaceAll('<', '$' + '{').replaceAll('>', '}'),
});
export const NO_VALUE = ref('AWS::NoValue');

/** A provider that exchanges tokens; `block` adds to its CustomOauth2ProviderConfig. */
export function provider(block: JsonMap = {}): JsonMap {
  return {
    Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
    Properties: {
      Name: 'idp',
      CredentialProviderVendor: 'CustomOauth2',
      Oauth2ProviderConfigInput: {
        CustomOauth2ProviderConfig: {
          OauthDiscovery: { DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration' },
          ClientId: 'gateway',
          OnBehalfOfTokenExchangeConfig: {
            GrantType: 'TOKEN_EXCHANGE',
            TokenExchangeGrantTypeConfig: { ActorTokenContent: 'NONE' },
          },
          ...block,
        },
      },
    },
  };
}

export function gateway(properties: JsonMap = {}): JsonMap {
  return {
    Type: 'AWS::BedrockAgentCore::Gateway',
    Properties: {
      Name: 'crm',
      AuthorizerType: 'CUSTOM_JWT',
      RoleArn: attribute('Role', 'Arn'),
      ...properties,
    },
  };
}

/** A target that exchanges tokens; `block` adds to its OauthCredentialProvider. */
export function target(block: JsonMap = {}): JsonMap {
  return configuredTarget({
    CredentialProviderType: 'OAUTH',
    CredentialProvider: {
      OauthCredentialProvider: {
        ProviderArn: ref('Provider'),
        Scopes: ['read'],
        GrantType: 'TOKEN_EXCHANGE',
        ...block,
      },
    },
  });
}

/** A target with one entry in CredentialProviderConfigurations. */
export function configuredTarget(
  configuration: JsonMap,
  kind: JsonMap = { Mcp: { McpServer: { Endpoint: 'https://crm.example.com' } } },
): JsonMap {
  return {
    Type: 'AWS::BedrockAgentCore::GatewayTarget',
    Properties: {
      Name: 'crm',
      GatewayIdentifier: ref('Gateway'),
      TargetConfiguration: kind,
      CredentialProviderConfigurations: [configuration],
    },
  };
}
