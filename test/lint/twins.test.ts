import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import { run } from '../../src/lint/run.js';

/*
 * What the AgentCore CLI makes of a project: the names are put together as its construct does it.
 */
const IDP = 'https://idp.example.com/.well-known/openid-configuration';

function project(outboundAuth: object): string {
  return JSON.stringify({
    $schema: 'https://schema.agentcore.aws.dev/v1/agentcore.json',
    name: 'Portal',
    credentials: [{ authorizerType: 'OAuthCredentialProvider', name: 'payroll', discoveryUrl: IDP }],
    agentCoreGateways: [
      {
        name: 'staff',
        authorizerType: 'CUSTOM_JWT',
        authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: IDP, allowedAudience: ['staff'] } },
        targets: [
          {
            name: 'tools',
            targetType: 'mcpServer',
            endpoint: 'https://payroll.example.com/mcp',
            outboundAuth: { type: 'OAUTH', credentialName: 'payroll', scopes: ['read'], ...outboundAuth },
          },
        ],
      },
    ],
  });
}

function template(grant: string): string {
  return JSON.stringify({
    Resources: {
      McpGateway1: {
        Type: 'AWS::BedrockAgentCore::Gateway',
        Properties: {
          Name: 'Portal-staff',
          AuthorizerType: 'CUSTOM_JWT',
          AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: IDP, AllowedAudience: ['staff'] } },
        },
      },
      McpTarget1: {
        Type: 'AWS::BedrockAgentCore::GatewayTarget',
        Properties: {
          Name: 'tools',
          GatewayIdentifier: { 'Fn::GetAtt': ['McpGateway1', 'GatewayIdentifier'] },
          TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://payroll.example.com/mcp' } } },
          CredentialProviderConfigurations: [
            {
              CredentialProviderType: 'OAUTH',
              CredentialProvider: {
                OauthCredentialProvider: {
                  ProviderArn:
                    'arn:aws:bedrock-agentcore:us-east-1:111122223333:token-vault/default/oauth2credentialprovider/payroll',
                  Scopes: ['read'],
                  GrantType: grant,
                },
              },
            },
          ],
        },
      },
    },
  });
}

async function lint(texts: Readonly<Record<string, string>>) {
  const { report, internalErrors } = await run(
    { texts: Object.entries(texts).map(([name, text]) => ({ name, text })) },
    { rules: builtInRules, url: ruleUrl },
  );
  expect(internalErrors).toEqual([]);
  return {
    findings: report.diagnostics
      .filter(({ severity }) => severity !== 'info')
      .map(({ ruleId, file, resource, message }) => ({ ruleId, file, resource, message })),
    tokenExchange: report.summary.tokenExchange,
  };
}

describe('a target of agentcore.json and of the template that is made of it', () => {
  it('is told once, at the project file, where an override in the CDK app asks for the exchange', async () => {
    const { findings, tokenExchange } = await lint({
      'agentcore.json': project({}),
      'stack.template.json': template('TOKEN_EXCHANGE'),
    });
    expect(findings).toMatchObject([
      { ruleId: 'token-exchange-without-config', file: 'agentcore.json', resource: 'tools' },
    ]);
    expect(findings[0]?.message).toContain('tools asks for TOKEN_EXCHANGE, but its provider payroll has no');
    expect(tokenExchange).toEqual({ verified: 0, failed: 1, unverified: 0 });
  });

  it('is told as the project means it, where that names a grant that the CLI does not write', async () => {
    const { findings, tokenExchange } = await lint({
      'agentcore.json': project({ grantType: 'TOKEN_EXCHANGE' }),
      'stack.template.json': template('CLIENT_CREDENTIALS'),
    });
    expect(findings).toMatchObject([
      { ruleId: 'token-exchange-without-config', file: 'agentcore.json', resource: 'tools' },
    ]);
    expect(tokenExchange).toEqual({ verified: 0, failed: 1, unverified: 0 });
  });

  it('is another one in the template of another project', async () => {
    const { tokenExchange } = await lint({
      'agentcore.json': project({ grantType: 'TOKEN_EXCHANGE' }),
      'stack.template.json': template('TOKEN_EXCHANGE').replace('Portal-staff', 'Other-staff'),
    });
    expect(tokenExchange).toEqual({ verified: 0, failed: 2, unverified: 0 });
  });
});

describe('a target of agentcore.json and of the templates of several stages', () => {
  const texts = (dev: string, prod: string) => ({
    'agentcore.json': project({}),
    'dev.template.json': template(dev),
    'prod.template.json': template(prod),
  });

  it.each([
    ['the first', 'TOKEN_EXCHANGE', 'CLIENT_CREDENTIALS', 1],
    ['the last', 'CLIENT_CREDENTIALS', 'TOKEN_EXCHANGE', 1],
    ['each', 'TOKEN_EXCHANGE', 'TOKEN_EXCHANGE', 2],
  ])('is told once, at the project file, where it fails in %s', async (_, dev, prod, stages) => {
    const { report } = await run(
      { texts: Object.entries(texts(dev, prod)).map(([name, text]) => ({ name, text })), consumers: true },
      { rules: builtInRules, url: ruleUrl },
    );
    const errors = report.diagnostics.filter(({ severity }) => severity !== 'info');
    expect(errors).toMatchObject([
      { ruleId: 'token-exchange-without-config', file: 'agentcore.json', resource: 'tools' },
    ]);
    expect(errors[0]?.related.filter(({ file }) => file.endsWith('.template.json'))).toHaveLength(stages);
    expect(report.summary.tokenExchange).toEqual({ verified: 0, failed: 1, unverified: 0 });
    expect(new Set(report.consumers?.map(({ file, resource }) => `${resource} in ${file}`))).toEqual(
      new Set(['tools in agentcore.json']),
    );
  });

  it('has one row where all stages are alike, with the names of the project', async () => {
    const { report } = await run(
      {
        texts: Object.entries(texts('CLIENT_CREDENTIALS', 'CLIENT_CREDENTIALS')).map(([name, text]) => ({
          name,
          text,
        })),
        consumers: true,
      },
      { rules: builtInRules, url: ruleUrl },
    );
    expect(report.consumers).toMatchObject([
      {
        file: 'agentcore.json',
        resource: 'tools',
        calledAs: 'shared-client',
        gateway: { file: 'agentcore.json', resource: 'staff' },
        environments: null,
      },
    ]);
  });
});
