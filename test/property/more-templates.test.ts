import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import type { Outcome } from '../../src/lint/result.js';
import { run } from '../../src/lint/run.js';
import { holds } from '../samples.js';

/*
 * The law: a template that is added to a run never makes a failed exchange a verified one, and where several templates
 * give the provider, all that fails is told.
 */

/** Providers by what an exchange makes of them. */
const KINDS = ['configured', 'not-configured', 'built-in', 'malformed', 'native'] as const;
type Kind = (typeof KINDS)[number];

const OUTCOMES: readonly Outcome[] = ['failed', 'unverified', 'verified'];

/** The ways in which a target takes its provider from another template. */
const WAYS = {
  export: { 'Fn::ImportValue': 'idp-arn' },
  parameter: '{{resolve:ssm:/idp-arn}}',
  name: {
    'Fn::Sub':
      'arn:aws:bedrock-agentcore:${AWS::Region}:${AWS::AccountId}:token-vault/default/oauth2credentialprovider/idp',
  },
};

function block(kind: Kind): Record<string, unknown> {
  const client = {
    ClientId: 'tools',
    ClientSecretSource: 'EXTERNAL',
    ClientSecretConfig: { SecretId: 'tools/client', JsonKey: 'client_secret' },
  };
  if (kind === 'built-in') return { SlackOauth2ProviderConfig: client };
  if (kind === 'native') return { MicrosoftOauth2ProviderConfig: { ...client, TenantId: 'tenant' } };
  const onBehalfOf = {
    configured: { GrantType: 'TOKEN_EXCHANGE', TokenExchangeGrantTypeConfig: { ActorTokenContent: 'NONE' } },
    malformed: { GrantType: 'EXCHANGE' },
    'not-configured': undefined,
  }[kind];
  return {
    CustomOauth2ProviderConfig: {
      ...client,
      OauthDiscovery: { DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration' },
      ...(onBehalfOf && { OnBehalfOfTokenExchangeConfig: onBehalfOf }),
    },
  };
}

const VENDORS: Partial<Record<Kind, string>> = { 'built-in': 'SlackOauth2', native: 'MicrosoftOauth2' };

function identity(kind: Kind): object {
  const arn = { 'Fn::GetAtt': ['Provider', 'CredentialProviderArn'] };
  return {
    Resources: {
      Provider: {
        Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
        Properties: {
          Name: 'idp',
          CredentialProviderVendor: VENDORS[kind] ?? 'CustomOauth2',
          Oauth2ProviderConfigInput: block(kind),
        },
      },
      Parameter: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: '/idp-arn', Type: 'String', Value: arn },
      },
    },
    Outputs: { Arn: { Value: arn, Export: { Name: 'idp-arn' } } },
  };
}

function gateway(reference: unknown): object {
  return {
    Resources: {
      Gateway: {
        Type: 'AWS::BedrockAgentCore::Gateway',
        Properties: {
          Name: 'gateway',
          ProtocolType: 'MCP',
          RoleArn: 'arn:aws:iam::111122223333:role/gateway',
          AuthorizerType: 'CUSTOM_JWT',
          AuthorizerConfiguration: {
            CustomJWTAuthorizer: {
              DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration',
              AllowedAudience: ['tools'],
            },
          },
        },
      },
      Target: {
        Type: 'AWS::BedrockAgentCore::GatewayTarget',
        Properties: {
          Name: 'tools',
          GatewayIdentifier: { Ref: 'Gateway' },
          TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://mcp.example.com/mcp' } } },
          CredentialProviderConfigurations: [
            {
              CredentialProviderType: 'OAUTH',
              CredentialProvider: {
                OauthCredentialProvider: {
                  ProviderArn: reference,
                  GrantType: 'TOKEN_EXCHANGE',
                  Scopes: ['tools.read'],
                },
              },
            },
          ],
        },
      },
    },
  };
}

async function lint(
  reference: unknown,
  kinds: readonly Kind[],
): Promise<{ outcome: Outcome | undefined; told: readonly string[] }> {
  const { report } = await run(
    {
      texts: [
        { name: 'gateway.json', text: JSON.stringify(gateway(reference)) },
        ...kinds.map((kind, index) => ({
          name: `identity-${index}.json`,
          text: JSON.stringify(identity(kind)),
        })),
      ],
    },
    { rules: builtInRules, url: ruleUrl },
  );
  return {
    outcome: OUTCOMES.find((one) => report.summary.tokenExchange[one] > 0),
    told: report.diagnostics.filter(({ resource }) => resource === 'Target').map(({ message }) => message),
  };
}

describe.each(Object.entries(WAYS))('a template that is added, found by its %s', (_, reference) => {
  it('makes no failed exchange a verified one, and all that fails stays told', async () => {
    await holds(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...KINDS),
        async (before, added) => {
          const first = await lint(reference, before);
          const { outcome, told } = await lint(reference, [...before, added]);
          if (first.outcome === 'failed') expect(outcome).not.toBe('verified');
          const kinds = [...before, added];
          const works = kinds.filter((kind) => kind === 'configured' || kind === 'native').length;
          expect(outcome).toBe(works === kinds.length ? 'verified' : works > 0 ? 'unverified' : 'failed');
          for (const [index, kind] of kinds.entries()) {
            if (kind === 'configured' || kind === 'native' || kinds.every((one) => one === 'malformed'))
              continue;
            expect(told.join('\n')).toContain(`identity-${index}.json`);
          }
        },
      ),
      { few: 15, many: 100 },
    );
  });
});
