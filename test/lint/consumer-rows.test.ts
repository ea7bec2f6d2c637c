import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import { run } from '../../src/lint/run.js';
import { GATEWAY_YAML, oauthYaml, providerYaml, targetYaml } from '../yaml-base.js';

/*
 * Who calls whom as whom, read from whole templates. Each changes one thing of the same base.
 */

const oauth = (grant: string): string => oauthYaml({ grant });

const ofType = (type: string): string =>
  `      CredentialProviderConfigurations: [{ CredentialProviderType: ${type} }]\n`;

async function rowsOf(resources: string, head = '') {
  const { identities = [], report } = await run(
    { texts: [{ name: 'a.yaml', text: `${head}Resources:\n${resources}` }], consumers: true },
    { rules: builtInRules, url: ruleUrl },
  );
  return { rows: identities, report };
}

describe('a target', () => {
  it.each([
    ['an exchange that is verified', oauth('GrantType: TOKEN_EXCHANGE'), 'user', 'verified'],
    ['client credentials', oauth('GrantType: CLIENT_CREDENTIALS'), 'shared-client', null],
    ['no grant', oauth(''), 'shared-client', null],
    ['a word that is no grant', oauth('GrantType: token-exchange'), 'unknown', 'failed'],
    ['the role of the gateway', ofType('GATEWAY_IAM_ROLE'), 'gateway-role', null],
    ['the credentials of the caller', ofType('CALLER_IAM_CREDENTIALS'), 'caller-role', null],
    ['the token of the caller', ofType('JWT_PASSTHROUGH'), 'callers-token', null],
    ['a key', ofType('API_KEY'), 'api-key', null],
    ['a type that nobody knows', ofType('SOMETHING_NEW'), 'unknown', null],
    ['no credentials', '', 'nobody', null],
  ])('with %s', async (_, configurations, calledAs, outcome) => {
    const { rows } = await rowsOf(GATEWAY_YAML + providerYaml() + targetYaml(configurations));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      resource: 'Target',
      kind: 'gateway-target',
      calledAs,
      outcome,
      gateway: { resource: 'Gateway' },
      authorizer: 'CUSTOM_JWT',
      scenario: null,
      grant: /GrantType: (\S+)/.exec(configurations)?.[1] ?? null,
      credentialType: /Type: (\w+)/.exec(configurations)?.[1] ?? null,
    });
  });

  it('has no row for what the rules of its template let nobody deploy', async () => {
    const head =
      'Parameters:\n  Mode: { Type: String, AllowedValues: [obo, m2m] }\n' +
      'Conditions:\n  Obo: !Equals [!Ref Mode, obo]\n' +
      'Rules:\n  OnlyObo:\n    Assertions: [{ Assert: !Equals [!Ref Mode, obo] }]\n';
    const asked = oauth('GrantType: !If [Obo, TOKEN_EXCHANGE, CLIENT_CREDENTIALS]');
    const { rows } = await rowsOf(GATEWAY_YAML + providerYaml() + targetYaml(asked), head);
    expect(rows.map(({ calledAs, scenario }) => ({ calledAs, scenario }))).toEqual([
      { calledAs: 'user', scenario: { Mode: 'obo' } },
    ]);
  });

  it('has a row for each way, with its scenario and what holds of it', async () => {
    const head = 'Parameters:\n  Mode: { Type: String, AllowedValues: [obo, m2m] }\n';
    const mode = 'Conditions:\n  Obo: !Equals [!Ref Mode, obo]\n';
    const { rows, report } = await rowsOf(
      GATEWAY_YAML +
        providerYaml() +
        targetYaml(oauth('GrantType: !If [Obo, TOKEN_EXCHANGE, CLIENT_CREDENTIALS]')),
      head + mode,
    );
    expect(
      rows.map(({ calledAs, scenario, outcome, rules }) => ({ calledAs, scenario, outcome, rules })),
    ).toEqual([
      { calledAs: 'user', scenario: { Mode: 'obo' }, outcome: 'verified', rules: [] },
      {
        calledAs: 'shared-client',
        scenario: { Mode: 'm2m' },
        outcome: null,
        rules: ['token-exchange-config-unused'],
      },
    ]);
    expect(report.consumers).toEqual(rows.map(({ credentialType, authorizer, ...row }) => row));
  });

  it('of a gateway that is not in view is called as nobody knows whom', async () => {
    const { rows } = await rowsOf(
      providerYaml() +
        targetYaml(oauth('GrantType: TOKEN_EXCHANGE')).replace('!Ref Gateway', 'tools-abcdefghij'),
    );
    expect(rows).toMatchObject([
      {
        gateway: null,
        authorizer: null,
        calledAs: 'unknown',
        outcome: 'unverified',
        rules: ['gateway-unresolved'],
      },
    ]);
  });
});

describe('a harness', () => {
  it('has a row for each of its gateway tools', async () => {
    const tool = (auth: string) =>
      `        - Type: agentcore_gateway\n          Name: t\n          Config: { AgentCoreGateway: { GatewayArn: !GetAtt Gateway.GatewayArn, OutboundAuth: ${auth} } }\n`;
    const harness = `
  Harness:
    Type: AWS::BedrockAgentCore::Harness
    Properties:
      HarnessName: h
      Tools:
${tool('{ AwsIam: {} }')}${tool('{ None: {} }')}${tool('{ Oauth: { ProviderArn: !Ref Provider, Scopes: [a], GrantType: CLIENT_CREDENTIALS } }')}`;
    const { rows } = await rowsOf(GATEWAY_YAML + providerYaml() + harness);
    expect(rows.map(({ kind, calledAs }) => [kind, calledAs])).toEqual([
      ['harness', 'caller-role'],
      ['harness', 'nobody'],
      ['harness', 'shared-client'],
    ]);
  });
});
