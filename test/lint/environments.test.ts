import { describe, expect, it } from 'vitest';
import { catalogueOf } from '../../rules/index.js';
import { type RunOptions, run } from '../../src/lint/run.js';
import { temporaryDirectory } from '../config/temporary.js';
import { GATEWAY, IDENTITY } from '../deployment.js';
import { GATEWAY as GATEWAY_OF_TWO_FILES, PROVIDER, SET_UP } from '../lsp/templates.js';

const texts = [
  { name: 'identity.yaml', text: IDENTITY },
  { name: 'gateway.yaml', text: GATEWAY },
];

const environment = (name: string, values: Record<string, string>) => ({
  name,
  parameters: [{ template: undefined, values, origin: `${name}.json` }],
});
const DEV = environment('dev', { Stage: 'dev', Mode: 'obo' });
const TEST = environment('test', { Stage: 'test', Mode: 'm2m' });
const PROD = environment('prod', { Stage: 'prod', Mode: 'm2m' });

const lint = async (options: Partial<RunOptions>) => {
  const result = await run({ texts, ...options }, catalogueOf());
  const { diagnostics, summary } = result.report;
  return {
    result,
    summary,
    found: diagnostics.map(({ ruleId, environments, scenario }) => ({ ruleId, environments, scenario })),
  };
};

const WITHOUT_CONFIG = 'token-exchange-without-config';

describe('a run of several environments', () => {
  it('evaluates once what no parameter touches that differs', async () => {
    const unused = GATEWAY.replace('Parameters:', 'Parameters:\n  Size: { Type: String }');
    const evaluations = async (gateway: string, sizes: readonly string[], differs: string) => {
      const environments = sizes.map((size) =>
        environment(size, { Stage: 'x', Mode: 'm2m', RoleArn: 'x', Size: size, [differs]: size }),
      );
      const result = await run(
        {
          texts: [texts[0], { name: 'gateway.yaml', text: gateway }].flatMap((one) => one ?? []),
          environments,
        },
        catalogueOf(),
      );
      const { environments: counts } = result.report.summary;
      expect(Object.values(counts ?? {})).toEqual(
        sizes.map(() => ({ verified: 0, failed: 1, unverified: 0 })),
      );
      expect(result.report.diagnostics).toHaveLength(1);
      return result.counts.evaluations ?? 0;
    };
    const once = await evaluations(unused, ['small'], 'Size');
    expect(await evaluations(unused, ['small', 'medium', 'large'], 'Size')).toBe(once);
    const used = unused
      .replace('GrantType: TOKEN_EXCHANGE', 'GrantType: !If [IsLarge, !Ref Grant, TOKEN_EXCHANGE]')
      .replace('Resources:', 'Conditions: { IsLarge: !Equals [!Ref Size, x] }\nResources:');
    expect(await evaluations(used, ['small', 'medium', 'large'], 'Size')).toBeGreaterThan(2 * once);
  });

  describe('of which each imports its own provider', () => {
    const parameters = 'Parameters:\n  Stage: { Type: String }\n';
    const exporting = (stage: string, provider: string) =>
      `${parameters}${provider.replace('provider-arn', stage)}`;
    const gateway = `${parameters}${GATEWAY_OF_TWO_FILES.replace('!ImportValue provider-arn', "!ImportValue { 'Fn::Sub': '${Stage}-idp' }")}`;
    const stages = ['dev', 'test', 'prod'].map((stage) => environment(stage, { Stage: stage }));
    const runOf = (files: Readonly<Record<string, string>>, environments = stages) =>
      run(
        { texts: Object.entries(files).map(([name, text]) => ({ name, text })), environments },
        catalogueOf(),
      );

    it('evaluates once where the names lead to the same exports', async () => {
      const files = { 'idp.yaml': exporting("!Sub '${Stage}-idp'", PROVIDER), 'gateway.yaml': gateway };
      const [one, three] = [await runOf(files, stages.slice(0, 1)), await runOf(files)];
      expect(three.report.diagnostics).toMatchObject([{ ruleId: WITHOUT_CONFIG, environments: null }]);
      // In each of the others two names are evaluated: of the import, and of the export.
      const more = (three.counts.evaluations ?? 0) - (one.counts.evaluations ?? 0);
      expect(more).toBeLessThan((one.counts.evaluations ?? 0) / 4);
    });

    it('tells them apart where the names lead to others', async () => {
      const files = {
        'dev.yaml': exporting('dev-idp', SET_UP),
        'test.yaml': exporting('test-idp', SET_UP),
        'prod.yaml': exporting('prod-idp', PROVIDER),
        'gateway.yaml': gateway,
      };
      const { report } = await runOf(files);
      expect(report.diagnostics).toMatchObject([
        { ruleId: WITHOUT_CONFIG, file: 'gateway.yaml', environments: ['prod'] },
      ]);
      expect(report.summary.environments).toEqual({
        dev: { verified: 1, failed: 0, unverified: 0 },
        test: { verified: 1, failed: 0, unverified: 0 },
        prod: { verified: 0, failed: 1, unverified: 0 },
      });
    });

    it('names what each lacks where the names lead nowhere', async () => {
      const { report } = await runOf({ 'gateway.yaml': gateway });
      expect(report.diagnostics.map(({ message, environments }) => [message, environments])).toEqual(
        ['dev', 'prod', 'test'].map((stage) => [expect.stringContaining(`${stage}-idp`), [stage]]),
      );
    });

    it('counts a value that is asked for otherwise, too', async () => {
      const conditions = 'Conditions: { IsProd: !Equals [!Ref Stage, prod] }\n';
      const files = {
        'idp.yaml': exporting("!Sub '${Stage}-idp'", SET_UP),
        'gateway.yaml': `${conditions}${gateway.replace('GrantType: TOKEN_EXCHANGE', 'GrantType: !If [IsProd, TOKEN_EXCHANG, TOKEN_EXCHANGE]')}`,
      };
      const { report } = await runOf(files);
      expect(report.diagnostics).toMatchObject([{ ruleId: 'invalid-grant-type', environments: ['prod'] }]);
    });

    it('counts what a condition in a name decides', async () => {
      const conditions = 'Conditions: { IsProd: !Equals [!Ref Stage, prod] }\n';
      const files = {
        'idp.yaml': exporting('dev-idp', SET_UP),
        'prod.yaml': exporting('prod-idp', PROVIDER),
        'gateway.yaml': `${conditions}${gateway.replace("{ 'Fn::Sub': '${Stage}-idp' }", "{ 'Fn::If': [IsProd, prod-idp, dev-idp] }")}`,
      };
      const { report } = await runOf(files);
      expect(report.diagnostics).toMatchObject([{ ruleId: WITHOUT_CONFIG, environments: ['prod'] }]);
    });
  });

  it('says who calls whom in each of them where only that asks for what differs', async () => {
    const cwd = temporaryDirectory({
      'gateway.yaml': GATEWAY_OF_TWO_FILES.replace('TOKEN_EXCHANGE', 'CLIENT_CREDENTIALS'),
      'idp.yaml': `Parameters:\n  Host: { Type: String }\n${PROVIDER.replace('https://idp.example.com/', "!Sub 'https://${Host}/").replace('openid-configuration', "openid-configuration'")}`,
    });
    const environments = ['a.example.com', 'b.example.com'].map((Host) => environment(Host, { Host }));
    const { identities, report } = await run(
      { cwd, files: ['gateway.yaml'], context: ['idp.yaml'], environments, consumers: true },
      catalogueOf(),
    );
    expect(report.diagnostics).toEqual([]);
    expect(identities?.map(({ identityProvider, environments: of }) => [identityProvider, of])).toEqual([
      ['a.example.com', ['a.example.com']],
      ['b.example.com', ['b.example.com']],
    ]);
  });

  it('evaluates once where names differ that decide nothing', async () => {
    const role = (resource: string) => `  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub 'tools-\${Stage}'
      Policies:
        - PolicyName: exchange
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: ['bedrock-agentcore:*', 'secretsmanager:*']
                Resource: ${resource}
`;
    const evaluations = async (stages: readonly string[], resource: string) => {
      const [, resources] = GATEWAY.split('Resources:\n');
      const gateway = resources
        ?.replace('!Ref RoleArn', '!GetAtt Role.Arn')
        .replace(
          "Fn::ImportValue: !Sub '${Stage}-orders-provider'",
          "'Fn::GetAtt': [Provider, CredentialProviderArn]",
        );
      const text = (IDENTITY.split('Outputs:')[0] ?? '') + gateway + role(resource);
      const environments = stages.map((stage) => environment(stage, { Stage: stage, Mode: 'obo' }));
      const { counts, report } = await run(
        { texts: [{ name: 'one.yaml', text }], environments },
        catalogueOf(),
      );
      expect(report.diagnostics.map(({ ruleId, environments: so }) => [ruleId, so])).toEqual(
        resource.includes('-test') ? [['gateway-role-cannot-exchange', ['dev', 'prod']]] : [],
      );
      return counts.evaluations;
    };
    const stages = ['dev', 'test', 'prod'];
    for (const all of ["'*'", "['arn:aws:bedrock-agentcore:*', 'arn:aws:secretsmanager:*']"])
      expect(await evaluations(stages, all)).toBe(await evaluations(['dev'], all));
    const own = "['*oauth2credentialprovider/orders-test', 'arn:aws:secretsmanager:*']";
    expect(await evaluations(stages, own)).toBeGreaterThan((await evaluations(['test'], "'*'")) ?? 0);
  });

  it('says in which of them a finding holds, and counts each consumer once by its worst outcome', async () => {
    const { found, summary, result } = await lint({ environments: [DEV, TEST, PROD] });
    expect(found).toEqual([{ ruleId: WITHOUT_CONFIG, environments: ['test', 'prod'], scenario: null }]);
    expect(result.report.diagnostics[0]?.message).toMatch(/, in the environments test and prod\.$/);
    expect(summary).toMatchObject({
      errors: 1,
      tokenExchange: { verified: 0, failed: 1, unverified: 0 },
      environments: {
        dev: { verified: 1, failed: 0, unverified: 0 },
        test: { verified: 0, failed: 1, unverified: 0 },
        prod: { verified: 0, failed: 1, unverified: 0 },
      },
    });
  });

  it('tells what holds in all of them once, and of no environment', async () => {
    const { found, result } = await lint({ environments: [TEST, PROD] });
    expect(found).toEqual([{ ruleId: WITHOUT_CONFIG, environments: null, scenario: null }]);
    expect(result.report.diagnostics[0]?.message).not.toContain('environment');
  });

  it('finds the same in one of them as a run with its values', async () => {
    const alone = await lint({ environments: [PROD] });
    const given = await lint({ parameters: PROD.parameters });
    expect(alone.result.report.diagnostics).toEqual(given.result.report.diagnostics);
    expect(alone.summary.environments).toEqual({ prod: { verified: 0, failed: 1, unverified: 0 } });
    expect(given.summary.environments).toBeNull();
  });

  it.each([DEV, TEST, PROD])('tells of $name what a run of its own tells', async (one) => {
    const all = await lint({ environments: [DEV, TEST, PROD] });
    const own = await lint({ environments: [one] });
    const holding = all.found.filter(({ environments }) => environments?.includes(one.name) ?? true);
    expect(holding.map(({ ruleId, scenario }) => ({ ruleId, scenario }))).toEqual(
      own.found.map(({ ruleId, scenario }) => ({ ruleId, scenario })),
    );
    expect(all.summary.environments?.[one.name]).toEqual(own.summary.tokenExchange);
  });

  it('reads and parses each template once', async () => {
    const one = await lint({ environments: [PROD] });
    const three = await lint({ environments: [DEV, TEST, PROD] });
    const { reads, parses } = one.result.counts;
    expect(three.result.counts).toMatchObject({ reads, parses });
  });

  it('tells apart what always holds in one and only in a scenario in another', async () => {
    const open = environment('open', { Stage: 'open' });
    const { found } = await lint({ environments: [open, PROD] });
    expect(found).toEqual([
      { ruleId: WITHOUT_CONFIG, environments: ['prod'], scenario: null },
      { ruleId: WITHOUT_CONFIG, environments: ['open'], scenario: { Mode: 'm2m' } },
    ]);
  });

  it('gives the values of the run to every environment', async () => {
    const parameters = [{ template: undefined, values: { Mode: 'obo' }, origin: 'x', precedence: 2 }];
    const { found, summary } = await lint({ environments: [DEV, TEST, PROD], parameters });
    expect(found).toEqual([]);
    expect(summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
  });

  it('hides the secrets of all of them', async () => {
    const secret = environment('prod', { Stage: 'prod', Mode: 'm2m', ClientSecret: 'm2m-prod-hunter2' });
    const { result } = await lint({ environments: [DEV, secret] });
    expect(result.masking?.text('the value m2m-prod-hunter2')).not.toContain('hunter2');
  });
});
