import { describe, expect, it } from 'vitest';
import { account } from './account.js';
import { connection, type Project, project, projectVariants } from './project.js';
import { expectInItsText, json, lint, words } from './report-on.js';

const FILE = 'agentcore/agentcore.json';

/** The older form: gateways under `mcp`, and `type` for `authorizerType` of a credential. */
function older(all: Project): Project {
  const { agentCoreGateways, credentials, $schema, version, ...rest } = all;
  return {
    ...rest,
    version: '1.0',
    agents: rest.runtimes,
    credentials: credentials.map(({ authorizerType, ...credential }: Project) => ({
      ...credential,
      type: authorizerType,
    })),
    mcp: { agentCoreGateways, mcpRuntimeTools: [] },
  };
}

describe('agentcore.json', () => {
  for (const [form, formed] of [
    ['as it is today', (all: Project) => all],
    ['of an older version', older],
  ] as const) {
    it(`is fine where nothing is wrong: ${form}`, async () => {
      const { diagnostics, files } = await lint({ [FILE]: json(formed(project())) });
      expect(diagnostics).toEqual([]);
      expect(files).toMatchObject([{ status: 'checked' }]);
    });

    for (const { rule, about, change } of projectVariants) {
      it(`shows ${rule}: ${about}, ${form}`, async () => {
        const all = project();
        change(all);
        const text = json(formed(all));
        const { diagnostics } = await lint({ [FILE]: text });
        expect(diagnostics.map(({ ruleId }) => ruleId)).toContain(rule);
        for (const found of diagnostics) expectInItsText(found, text);
      });
    }
  }

  it('is spoken of in its own words', async () => {
    const told: string[] = [];
    for (const { about, change } of projectVariants) {
      const all = project();
      change(all);
      const { diagnostics } = await lint({ [FILE]: json(all) });
      told.push(`${about}:`, ...diagnostics.map(words), '');
    }
    await expect(told.join('\n')).toMatchFileSnapshot('messages/agentcore-project.txt');
  });

  it('leaves to a saved answer what a credential without discoveryUrl is', async () => {
    const all = project();
    delete all.credentials[0].discoveryUrl;
    all.agentCoreGateways[0].targets[0].outboundAuth.grantType = 'TOKEN_EXCHANGE';
    const alone = await lint({ [FILE]: json(all) });
    expect(alone.summary.tokenExchange).toEqual({ verified: 0, failed: 0, unverified: 1 });
    const { credentialProviders } = account();
    const saved = await lint({ [FILE]: json(all), 'providers.json': json({ credentialProviders }) });
    expect(saved.diagnostics).toEqual([]);
    expect(saved.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
  });

  it.each([null, ''])('takes the discoveryUrl %j for none', async (discoveryUrl) => {
    const all = project();
    all.credentials[0].discoveryUrl = discoveryUrl;
    all.agentCoreGateways[0].targets[0].outboundAuth.grantType = 'TOKEN_EXCHANGE';
    const { summary } = await lint({ [FILE]: json(all) });
    expect(summary.tokenExchange).toEqual({ verified: 0, failed: 0, unverified: 1 });
  });

  it.each([
    [{ grantType: 'TOKEN_EXCHANGE' }, 'grantType'],
    [
      { oauth2ProviderConfigInput: { customOauth2ProviderConfig: { onBehalfOfTokenExchangeConfig: {} } } },
      'oauth2ProviderConfigInput.customOauth2ProviderConfig.onBehalfOfTokenExchangeConfig',
    ],
  ])('tells of the exchange in a credential wherever it stands: %j', async (more, at) => {
    const all = project();
    Object.assign(all.credentials[0], more);
    const { diagnostics } = await lint({ [FILE]: json(all) });
    expect(diagnostics.map(({ ruleId, path }) => [ruleId, path.join('.')])).toEqual([
      ['ignored-by-agentcore-cli', `credentials.0.${at}`],
    ]);
  });

  it('tells that the client is used where the saved provider could exchange', async () => {
    const all = project();
    delete all.credentials[0].discoveryUrl;
    const { credentialProviders } = account();
    const { diagnostics } = await lint({
      [FILE]: json(all),
      'providers.json': json({ credentialProviders }),
    });
    expect(diagnostics.map(words).join('\n')).toMatchInlineSnapshot(`
      "  warning token-exchange-config-unused at agentCoreGateways.0.targets.0.outboundAuth.type
          payroll-tools uses payroll in providers.json, which is set up for token exchange, and AgentCore CLI 0.30 asks for CLIENT_CREDENTIALS in every target: calls run as the shared client and the user's identity is dropped without an error.
          Ask for TOKEN_EXCHANGE by an override of CredentialProviderConfigurations.0.CredentialProvider.OauthCredentialProvider in agentcore/cdk, or use a provider that is not set up for it."
    `);
  });

  it('has connections whose code asks for the exchange', async () => {
    const all = project();
    all.runtimes = [{ name: 'assistant', connections: [connection({})] }];
    const { credentialProviders } = account();
    all.credentials = [];
    all.agentCoreGateways = [];
    const report = await lint({ [FILE]: json(all), 'providers.json': json({ credentialProviders }) });
    expect(report.diagnostics).toEqual([]);
    expect(report.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
  });

  it('may hold anything: what nobody knows changes nothing', async () => {
    const odd = [null, 1, 'text', [], {}, [null], [[]], { a: { b: [] } }, true];
    const keys = [
      'credentials',
      'agentCoreGateways',
      'runtimes',
      'harnesses',
      'name',
      'mcp',
      'unassignedTargets',
    ];
    for (const value of odd) {
      for (const key of keys) await lint({ [FILE]: json({ ...project(), [key]: value }) });
      for (const key of ['name', 'targets', 'authorizerType', 'authorizerConfiguration', 'protocolType']) {
        const all = project();
        all.agentCoreGateways[0][key] = value;
        await lint({ [FILE]: json(all) });
      }
      for (const key of ['name', 'outboundAuth', 'targetType', 'compute', 'later']) {
        const all = project();
        all.agentCoreGateways[0].targets[0][key] = value;
        await lint({ [FILE]: json(all) });
      }
      for (const key of ['name', 'authorizerType', 'discoveryUrl', 'vendor', 'scopes', '__proto__']) {
        const all = project();
        Object.defineProperty(all.credentials[0], key, { value, enumerable: true });
        await lint({ [FILE]: json(all) });
      }
    }
  });
});

describe('harness.json', () => {
  const harness = (oauth: object): Project => ({
    name: 'assistant',
    tools: [
      {
        type: 'agentcore_gateway',
        name: 'staff',
        config: {
          agentCoreGateway: {
            gatewayArn: 'arn:aws:bedrock-agentcore:us-east-1:111122223333:gateway/staff-a1b2c3',
            outboundAuth: {
              oauth: {
                providerArn:
                  'arn:aws:bedrock-agentcore:us-east-1:111122223333:token-vault/default/oauth2credentialprovider/payroll',
                scopes: ['payroll.read'],
                ...oauth,
              },
            },
          },
        },
      },
    ],
  });

  it('is fine where it asks for what a harness takes', async () => {
    const { diagnostics } = await lint({
      'app/assistant/harness.json': json(harness({ grantType: 'CLIENT_CREDENTIALS' })),
    });
    expect(diagnostics).toEqual([]);
  });

  it('cannot ask for the exchange, and is told so in its own words', async () => {
    const text = json(harness({ grantType: 'TOKEN_EXCHANGE' }));
    const { diagnostics } = await lint({ 'app/assistant/harness.json': text });
    for (const found of diagnostics) expectInItsText(found, text);
    expect(diagnostics.map(words).join('\n')).toMatchInlineSnapshot(`
      "  error invalid-grant-type at tools.0.config.agentCoreGateway.outboundAuth.oauth.grantType
          assistant asks for TOKEN_EXCHANGE, which a harness does not take in the AgentCore CLI, only CLIENT_CREDENTIALS or USER_FEDERATION, so \`agentcore deploy\` fails.
          Let a gateway target make the exchange: give the target the provider and grantType TOKEN_EXCHANGE."
    `);
  });

  it('asks for the client grant of a provider that is set up for the exchange', async () => {
    const { credentialProviders } = account();
    const text = json(harness({}));
    const { diagnostics } = await lint({
      'h/harness.json': text,
      'providers.json': json({ credentialProviders }),
    });
    for (const found of diagnostics) expectInItsText(found, text);
    expect(diagnostics.map(words).join('\n')).toMatchInlineSnapshot(`
      "  warning token-exchange-config-unused at tools.0.config.agentCoreGateway.outboundAuth.oauth
          assistant uses payroll in providers.json, which is set up for token exchange, and a harness cannot ask for it: calls run as the shared client and the user's identity is dropped without an error.
          Let a gateway target make the exchange, or use a provider that is not set up for it."
    `);
  });

  it('is read where agentcore.json names it', async () => {
    const all = { ...project(), harnesses: [{ name: 'assistant', path: 'app/assistant' }] };
    const { diagnostics } = await lint({
      [FILE]: json(all),
      'app/assistant/harness.json': json(harness({ grantType: 'TOKEN_EXCHANGE' })),
    });
    expect(diagnostics.map(({ ruleId, file, resource }) => [ruleId, file, resource])).toEqual([
      ['invalid-grant-type', 'app/assistant/harness.json', 'assistant'],
    ]);
  });
});
