import { describe, expect, it } from 'vitest';
import { type Account, account, variants } from './account.js';
import { expectInItsText, json, lint, words } from './report-on.js';

/** As the AWS Tools for PowerShell print answers: null for what is not set, and words of a list in maps. */
function asPowerShell(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => asPowerShell(item));
  if (key === 'grantType') return { Value: value };
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, entry]) => [
    name.replace(/^./, (first) => first.toUpperCase()),
    asPowerShell(entry, name),
  ]);
  return { ...Object.fromEntries(entries), PrivateEndpoint: null };
}

/** The ways in which answers are saved. */
const FORMS: Readonly<Record<string, (all: Account) => Readonly<Record<string, string>>>> = {
  'a map of lists': (all) => ({ 'account.json': json(all) }),
  'a list': (all) => ({ 'account.json': json(Object.values(all).flat()) }),
  'JSON lines': (all) => ({
    'account.json': Object.values(all)
      .flat()
      .map((one) => JSON.stringify(one))
      .join('\n'),
  }),
  'answers one after the other': (all) => ({
    'account.json': Object.values(all).flat().map(json).join('\n'),
  }),
  'those of several accounts and regions': (all) => ({
    'audit.json': json({ audit: { accounts: [{ regions: { 'eu-central-1': { answers: all } } }] } }),
  }),
  'a file each': (all) =>
    Object.fromEntries(
      Object.values(all).flatMap((list, index) => list.map((one) => [`${index}.json`, json(one)])),
    ),
  'the AWS Tools for PowerShell print them': (all) => ({ 'account.json': json(asPowerShell(all)) }),
  YAML: (all) => ({ 'account.yaml': json(all) }),
};

describe('answers of the API', () => {
  for (const [form, texts] of Object.entries(FORMS)) {
    it(`are read as ${form}`, async () => {
      const right = await lint(texts(account()));
      expect(right.diagnostics).toEqual([]);
      expect(right.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
      const wrong = account();
      delete wrong.credentialProviders?.[0].oauth2ProviderConfigOutput.customOauth2ProviderConfig
        .onBehalfOfTokenExchangeConfig;
      const report = await lint(texts(wrong));
      expect(report.diagnostics.map(({ ruleId, resource }) => [ruleId, resource])).toEqual([
        ['token-exchange-without-config', 'payroll-tools'],
      ]);
    });
  }

  for (const { rule, about, change } of variants) {
    it(`show ${rule}: ${about}`, async () => {
      const all = account();
      change(all);
      const { diagnostics } = await lint({ 'account.json': json(all) });
      expect(diagnostics.map(({ ruleId }) => ruleId)).toContain(rule);
      for (const found of diagnostics) expectInItsText(found, json(all));
    });
  }

  it('speak in the words of the API', async () => {
    const told: string[] = [];
    for (const { about, change } of variants) {
      const all = account();
      change(all);
      const { diagnostics } = await lint({ 'account.json': json(all) });
      told.push(`${about}:`, ...diagnostics.map(words), '');
    }
    await expect(told.join('\n')).toMatchFileSnapshot('messages/agentcore-api.txt');
  });

  it('tell the gateway also where several have targets', async () => {
    const all = account();
    const [first] = all.gateways ?? [];
    all.gateways?.push({
      ...first,
      name: 'open',
      gatewayId: 'open-d4e5f6',
      gatewayArn: first.gatewayArn.replace('staff-a1b2c3', 'open-d4e5f6'),
      authorizerType: 'AWS_IAM',
      authorizerConfiguration: undefined,
    });
    expect((await lint({ 'account.json': json(all) })).diagnostics).toEqual([]);
  });

  it('take the provider of the account that the ARN names', async () => {
    const all = account();
    const [provider] = all.credentialProviders ?? [];
    const other = structuredClone(provider);
    other.credentialProviderArn = provider.credentialProviderArn.replace('111122223333', '444455556666');
    delete other.oauth2ProviderConfigOutput.customOauth2ProviderConfig.onBehalfOfTokenExchangeConfig;
    all.credentialProviders?.unshift(other);
    const report = await lint({ 'account.json': json(all) });
    expect(report.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
  });

  it('with a capital first in their names have their places there', async () => {
    const all = account();
    const [target] = all.targets ?? [];
    target.credentialProviderConfigurations[0].credentialProvider.oauthCredentialProvider.grantType =
      'EXCHANGE';
    const { diagnostics } = await lint({ 'account.json': json(asPowerShell(all)) });
    expect(diagnostics.map(({ ruleId, path }) => [ruleId, path.join('.')])).toEqual([
      [
        'invalid-grant-type',
        'Targets.0.CredentialProviderConfigurations.0.CredentialProvider.OauthCredentialProvider.GrantType',
      ],
    ]);
  });

  it('may say null of what is not set', async () => {
    const all = account();
    const [provider] = all.credentialProviders ?? [];
    provider.oauth2ProviderConfigOutput.customOauth2ProviderConfig.onBehalfOfTokenExchangeConfig = null;
    const { diagnostics } = await lint({ 'account.json': json(all) });
    expect(diagnostics.map(({ ruleId }) => ruleId)).toEqual(['token-exchange-without-config']);
  });

  it('are told from models of the API and schemas of its JSON, which say what may stand there', async () => {
    const members = { name: { shape: 'Name' }, credentialProviderVendor: { shape: 'Vendor' } };
    const { files, consumers } = await lint({
      'service-2.json': json({
        shapes: {
          CreateGatewayTargetRequest: {
            members: {
              gatewayIdentifier: { shape: 'Id' },
              targetConfiguration: { shape: 'Configuration' },
              credentialProviderConfigurations: { shape: 'Configurations' },
            },
          },
          CreateOauth2CredentialProviderRequest: {
            members: { ...members, oauth2ProviderConfigInput: { shape: 'Input' } },
          },
        },
      }),
    });
    expect(consumers).toEqual([]);
    expect(files).toMatchObject([{ status: 'skipped' }]);
  });

  it('of a list say too little to decide', async () => {
    const [provider] = account().credentialProviders ?? [];
    const { name, credentialProviderArn, credentialProviderVendor } = provider;
    const list = { credentialProviders: [{ name, credentialProviderArn, credentialProviderVendor }] };
    const { targets, gateways } = account();
    const report = await lint({ 'rest.json': json({ targets, gateways }), 'providers.json': json(list) });
    expect(report.files.map(({ status }) => status)).toEqual(['checked', 'checked']);
    expect(report.summary.tokenExchange).toEqual({ verified: 0, failed: 0, unverified: 1 });
  });

  it.each(['${NAME}', '${NAME:-x}', '{{ name }}'])(
    'leave open what a script fills in where a request has %s',
    async (placeholder) => {
      const all = account();
      const [{ oauth2ProviderConfigOutput: config, ...provider }] = all.credentialProviders ?? [];
      config.customOauth2ProviderConfig.clientSecret = placeholder.replace(/name/i, 'SECRET');
      const request = { ...provider, oauth2ProviderConfigInput: config };
      all.credentialProviders = [request];
      const oauth =
        all.targets?.[0].credentialProviderConfigurations[0].credentialProvider.oauthCredentialProvider;
      oauth.providerArn = oauth.providerArn.replace('us-east-1', placeholder);
      const inPart = await lint({ 'account.json': json(all) });
      expect(inPart.diagnostics).toEqual([]);
      expect(inPart.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
      Object.assign(all.targets?.[0], { name: placeholder });
      Object.assign(oauth, { grantType: placeholder, providerArn: placeholder });
      const { diagnostics, summary } = await lint({ 'account.json': json(all) });
      expect(diagnostics.map(({ severity }) => severity)).not.toContain('error');
      expect(summary.tokenExchange).toEqual({ verified: 0, failed: 0, unverified: 1 });
      expect(diagnostics.map(({ resource }) => resource)).toContain(placeholder);
    },
  );

  it('decide what a template leaves open', async () => {
    const template = {
      Resources: {
        Gateway: {
          Type: 'AWS::BedrockAgentCore::Gateway',
          Properties: {
            Name: 'g',
            AuthorizerType: 'CUSTOM_JWT',
            AuthorizerConfiguration: account().gateways?.[0].authorizerConfiguration && {
              CustomJWTAuthorizer: {
                DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration',
              },
            },
          },
        },
        Target: {
          Type: 'AWS::BedrockAgentCore::GatewayTarget',
          Properties: {
            GatewayIdentifier: { Ref: 'Gateway' },
            TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://payroll.example.com/mcp' } } },
            CredentialProviderConfigurations: [
              {
                CredentialProviderType: 'OAUTH',
                CredentialProvider: {
                  OauthCredentialProvider: {
                    ProviderArn: {
                      'Fn::Sub':
                        'arn:aws:bedrock-agentcore:us-east-1:${AWS::AccountId}:token-vault/default/oauth2credentialprovider/payroll',
                    },
                    Scopes: ['a'],
                    GrantType: 'TOKEN_EXCHANGE',
                  },
                },
              },
            ],
          },
        },
      },
    };
    const alone = await lint({ 'template.json': json(template) });
    expect(alone.summary.tokenExchange).toEqual({ verified: 0, failed: 0, unverified: 1 });
    const { credentialProviders } = account();
    const both = await lint({ 'template.json': json(template), 'saved.json': json({ credentialProviders }) });
    expect(both.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
  });
});
