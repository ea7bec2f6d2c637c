import { builtInRules, ruleUrl } from '../../rules/index.js';
import { type RunResult, run } from '../../src/lint/run.js';

/** Where the templates of these tests seem to lie. */
export const ROOT = '/cfn-tx-lint-limits';

export type Resources = Record<string, unknown>;

/** A target that asks for an exchange; `oauth` replaces parts of its OAuth block. */
export function target(oauth: Resources = {}): Resources {
  return {
    Type: 'AWS::BedrockAgentCore::GatewayTarget',
    Properties: {
      GatewayIdentifier: { 'Fn::GetAtt': ['Gateway', 'GatewayIdentifier'] },
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://mcp.example.com' } } },
      CredentialProviderConfigurations: [
        {
          CredentialProviderType: 'OAUTH',
          CredentialProvider: {
            OauthCredentialProvider: {
              ProviderArn: { 'Fn::GetAtt': ['Provider', 'CredentialProviderArn'] },
              GrantType: 'TOKEN_EXCHANGE',
              ...oauth,
            },
          },
        },
      ],
    },
  };
}

/** A gateway that receives a user's token; `properties` replaces some of its own. */
export function gateway(properties: Resources = {}): Resources {
  return {
    Type: 'AWS::BedrockAgentCore::Gateway',
    Properties: {
      Name: 'gateway',
      AuthorizerType: 'CUSTOM_JWT',
      AuthorizerConfiguration: {
        CustomJWTAuthorizer: { DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration' },
      },
      RoleArn: 'arn:aws:iam::111122223333:role/gateway',
      ...properties,
    },
  };
}

/** A gateway, a provider that is set up for the exchange, and a target that asks for it: nothing to report. */
export function resources(more: Resources = {}): Resources {
  return {
    Gateway: gateway(),
    Provider: {
      Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
      Properties: {
        Name: 'provider',
        CredentialProviderVendor: 'CustomOauth2',
        Oauth2ProviderConfigInput: {
          CustomOauth2ProviderConfig: {
            OauthDiscovery: { DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration' },
            ClientId: 'client',
            ClientSecret: '{{resolve:secretsmanager:client}}',
            OnBehalfOfTokenExchangeConfig: {
              GrantType: 'TOKEN_EXCHANGE',
              TokenExchangeGrantTypeConfig: { ActorTokenContent: 'NONE' },
            },
          },
        },
      },
    },
    Target: target(),
    ...more,
  };
}

/** Lints templates in memory, each under its name below {@link ROOT}; what is no text is written as JSON. */
export async function lintTemplates(templates: Readonly<Record<string, unknown>>): Promise<RunResult> {
  const texts = Object.entries(templates).map(([name, template]) => ({
    name: `${ROOT}/${name}`,
    text: typeof template === 'string' ? template : JSON.stringify(template),
  }));
  return run({ cwd: ROOT, texts }, { rules: builtInRules, url: ruleUrl });
}

/** The messages of a rule's findings. */
export function messagesOf({ report }: RunResult, ruleId: string): string[] {
  return report.diagnostics.filter((finding) => finding.ruleId === ruleId).map(({ message }) => message);
}

export function range<Value>(count: number, make: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** A map with an entry for each of so many numbers. */
export function map<Value>(
  count: number,
  entry: (index: number) => readonly [string, Value],
): Record<string, Value> {
  return Object.fromEntries(range(count, entry));
}
