import { describe, expect, it } from 'vitest';
import { json, lint } from './report-on.js';
import { constant, gateway, plan, provider, refers, target } from './terraform/plan.js';

/*
 * One run over every kind of input: each consumer is counted once, and its provider is found where it is.
 */

const ARN = 'arn:aws:bedrock-agentcore:eu-central-1:111122223333';
const ISSUER = 'https://idp.example.com/.well-known/openid-configuration';
const arnOf = (name: string) => `${ARN}:token-vault/default/oauth2credentialprovider/${name}`;

/** The answer of GetOauth2CredentialProvider. */
const answer = (name: string, exchange: object | undefined) => ({
  name,
  credentialProviderArn: arnOf(name),
  credentialProviderVendor: 'CustomOauth2',
  oauth2ProviderConfigOutput: {
    customOauth2ProviderConfig: {
      clientId: 'portal',
      oauthDiscovery: { discoveryUrl: ISSUER },
      onBehalfOfTokenExchangeConfig: exchange,
    },
  },
});

const EXCHANGE = { grantType: 'TOKEN_EXCHANGE', tokenExchangeGrantTypeConfig: { actorTokenContent: 'NONE' } };

const credentials = (name: string) => [
  {
    credentialProviderType: 'OAUTH',
    credentialProvider: {
      oauthCredentialProvider: { providerArn: arnOf(name), scopes: ['read'], grantType: 'TOKEN_EXCHANGE' },
    },
  },
];

const account = {
  gateways: [
    {
      gatewayId: 'staff-a1b2c3d4e5',
      gatewayArn: `${ARN}:gateway/staff-a1b2c3d4e5`,
      name: 'staff',
      roleArn: 'arn:aws:iam::111122223333:role/staff',
      authorizerType: 'CUSTOM_JWT',
      authorizerConfiguration: { customJWTAuthorizer: { discoveryUrl: ISSUER, allowedAudience: ['staff'] } },
    },
  ],
  targets: [
    {
      targetId: 'T1',
      gatewayArn: `${ARN}:gateway/staff-a1b2c3d4e5`,
      name: 'deployed-tools',
      targetConfiguration: { mcp: { mcpServer: { endpoint: 'https://deployed.example.com/mcp' } } },
      // Terraform makes the provider.
      credentialProviderConfigurations: credentials('hr-api'),
    },
  ],
  credentialProviders: [answer('payroll', EXCHANGE), answer('plain', undefined)],
};

const project = {
  $schema: 'https://schema.agentcore.aws.dev/v1/agentcore.json',
  name: 'Portal',
  credentials: [{ authorizerType: 'OAuthCredentialProvider', name: 'payroll' }],
  agentCoreGateways: [
    {
      name: 'desk',
      protocolType: 'None',
      authorizerType: 'CUSTOM_JWT',
      authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: ISSUER, allowedAudience: ['staff'] } },
      targets: [
        {
          name: 'project-tools',
          targetType: 'mcpServer',
          endpoint: 'https://project.example.com/mcp',
          outboundAuth: {
            type: 'OAUTH',
            credentialName: 'payroll',
            scopes: ['read'],
            grantType: 'TOKEN_EXCHANGE',
          },
        },
      ],
    },
  ],
};

const template = `
Resources:
  TemplateTools:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      Name: template-tools
      GatewayIdentifier: staff-a1b2c3d4e5
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: https://template.example.com/mcp } } }
      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider:
              ProviderArn: ${arnOf('plain')}
              Scopes: [read]
              GrantType: TOKEN_EXCHANGE
  OfCode:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: of-code
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          ClientId: portal
          ClientSecret: '{{resolve:secretsmanager:portal}}'
          OauthDiscovery: { DiscoveryUrl: ${ISSUER} }
          OnBehalfOfTokenExchangeConfig:
            GrantType: TOKEN_EXCHANGE
            TokenExchangeGrantTypeConfig: { ActorTokenContent: NONE }
`;

const python = `
@requires_access_token(provider_name="of-code", scopes=["read"], auth_flow="ON_BEHALF_OF_TOKEN_EXCHANGE")
async def code_asks(*, access_token: str):
    return access_token


@requires_access_token(provider_name="payroll", scopes=["read"], auth_flow="ON_BEHALF_OF_TOKEN_EXCHANGE")
async def code_asks_too(*, access_token: str):
    return access_token
`;

const planned = plan([
  provider(),
  gateway({ protocol_type: null }),
  {
    ...target(),
    expressions: {
      name: constant('hr-tools'),
      gateway_identifier: refers('aws_bedrockagentcore_gateway.hr.gateway_id'),
      credential_provider_configuration: [
        {
          oauth: [
            {
              provider_arn: refers(
                'aws_bedrockagentcore_oauth2_credential_provider.hr.credential_provider_arn',
              ),
            },
          ],
        },
      ],
    },
  },
]);

const TEXTS = {
  'account.json': json(account),
  'agentcore/agentcore.json': json(project),
  'agent/tools.py': python,
  'infra/tfplan.json': json(planned),
  'stack/template.yaml': template,
};

describe('one run over every kind of input', () => {
  it('counts each consumer once, and finds each provider where it is', async () => {
    const { consumers, summary } = await lint(TEXTS);
    expect(
      consumers.map(({ file, resource, outcome, provider: found }) => [
        `${resource} in ${file}`,
        outcome,
        found && `${found.resource} in ${found.file}`,
      ]),
    ).toEqual([
      [
        'deployed-tools in account.json',
        'verified',
        'aws_bedrockagentcore_oauth2_credential_provider.hr in infra/tfplan.json',
      ],
      ['code_asks in agent/tools.py', 'verified', 'OfCode in stack/template.yaml'],
      ['code_asks_too in agent/tools.py', 'verified', 'payroll in account.json'],
      ['project-tools in agentcore/agentcore.json', 'verified', 'payroll in account.json'],
      [
        'aws_bedrockagentcore_gateway_target.hr in infra/tfplan.json',
        'verified',
        'aws_bedrockagentcore_oauth2_credential_provider.hr in infra/tfplan.json',
      ],
      ['TemplateTools in stack/template.yaml', 'failed', 'plain in account.json'],
    ]);
    expect(summary.tokenExchange).toEqual({ verified: 5, failed: 1, unverified: 0 });
  });

  it('tells a fault once, with the place of the provider', async () => {
    const { diagnostics } = await lint(TEXTS);
    expect(diagnostics.map(({ ruleId, file, resource }) => [ruleId, file, resource])).toEqual([
      ['token-exchange-without-config', 'stack/template.yaml', 'TemplateTools'],
    ]);
    expect(diagnostics[0]?.related).toMatchObject([{ file: 'account.json', resource: 'plain' }]);
  });

  it('names each place once where a name is borne in several inputs', async () => {
    const named = { ...project, credentials: [{ name: 'hr-api', discoveryUrl: ISSUER }] };
    const code = python.replace('of-code', 'hr-api');
    const { diagnostics } = await lint({
      'agentcore.json': json({ ...named, agentCoreGateways: [] }),
      'other.json': json(answer('hr-api', undefined)),
      'tools.py': code,
    });
    const found = diagnostics.find(({ resource }) => resource === 'code_asks');
    expect(found?.related.map(({ message, file }) => `${message}: ${file}`).sort()).toEqual([
      'it can be this one: agentcore.json',
      'it can be this one: other.json',
      'the provider is declared here: agentcore.json',
    ]);
  });

  it.each(Object.keys(TEXTS))('is the same without %s but for what stands in it', async (left) => {
    const texts = Object.fromEntries(Object.entries(TEXTS).filter(([name]) => name !== left));
    const whole = (await lint(TEXTS)).consumers.filter(({ file }) => file !== left);
    const rest = (await lint(texts)).consumers;
    const named = (list: typeof rest) => list.map(({ file, resource }) => `${resource} in ${file}`);
    expect(named(rest)).toEqual(named(whole));
    // What is out of view leaves an exchange unverified, and never proves or fails it.
    for (const [index, { outcome }] of rest.entries())
      expect([whole[index]?.outcome, 'unverified']).toContain(outcome);
  });
});
