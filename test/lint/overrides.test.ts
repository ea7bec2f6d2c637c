import { describe, expect, it } from 'vitest';
import { catalogueOf } from '../../rules/index.js';
import type { RuleOverride } from '../../src/lint/options.js';
import { run } from '../../src/lint/run.js';
import { GATEWAY, IDENTITY } from '../deployment.js';

const texts = [
  { name: 'identity.yaml', text: IDENTITY },
  { name: 'stacks/new/gateway.yaml', text: GATEWAY },
];
const parameters = [{ template: undefined, values: { Stage: 'prod', Mode: 'm2m' }, origin: 'prod.json' }];
const RULE = 'token-exchange-without-config';

async function lint(overrides: readonly Omit<RuleOverride, 'origin'>[], rules = {}) {
  const options = {
    texts,
    parameters,
    rules,
    cwd: '/repo',
    overrides: overrides.map((override) => ({ ...override, origin: 'config' })),
  };
  const { report, suppressed } = await run(options, catalogueOf());
  return {
    severities: report.diagnostics.filter(({ ruleId }) => ruleId === RULE).map(({ severity }) => severity),
    suppressed: suppressed.map(({ ruleId, severity, suppression }) => ({ ruleId, severity, suppression })),
    summary: report.summary,
  };
}

describe('an override', () => {
  it.each([
    ['the path', ['stacks/new/gateway.yaml']],
    ['a glob', ['stacks/**/*.yaml']],
    ['a glob with alternatives', ['stacks/{old,new}/*.yaml']],
    ['a directory', ['stacks']],
    ['an absolute path', ['/repo/stacks/new/gateway.yaml']],
    ['one of several', ['other.yaml', 'stacks/*/gateway.yaml']],
  ])('sets the severity of a rule for the files that it names by %s', async (_way, files) => {
    expect((await lint([{ files, rules: { [RULE]: 'warning' } }])).severities).toEqual(['warning']);
  });

  it.each([
    ['others', ['identity.yaml', 'stacks/old/**', 'gateway.yaml', 'stacks/ne']],
    ['it with an exception', ['stacks', '!stacks/new']],
  ])('lets a file be when it names %s', async (_which, files) => {
    expect((await lint([{ files, rules: { [RULE]: 'warning' } }])).severities).toEqual(['error']);
  });

  it('counts before the settings for all files, and after a later one', async () => {
    const all = (severity: 'info' | 'warning') => ({ files: ['**'], rules: { [RULE]: severity } });
    expect((await lint([all('info')], { [RULE]: 'off' })).severities).toEqual(['info']);
    expect((await lint([all('info'), all('warning')])).severities).toEqual(['warning']);
  });

  it('that turns a rule off suppresses its findings, and leaves the outcome as it is', async () => {
    const { severities, suppressed, summary } = await lint([{ files: ['stacks'], rules: { [RULE]: 'off' } }]);
    expect(severities).toEqual([]);
    expect(suppressed).toEqual([
      { ruleId: RULE, severity: 'error', suppression: { kind: 'configuration', justification: null } },
    ]);
    expect(summary).toMatchObject({ errors: 0, suppressed: 1, tokenExchange: { failed: 1 } });
  });

  it('suppresses what is told of a file that cannot be read', async () => {
    const { report, suppressed } = await run(
      {
        texts: [{ name: 'broken.yaml', text: 'Type: AWS::BedrockAgentCore::Gateway\n  x: [' }],
        overrides: [{ files: ['*.yaml'], rules: { 'template-unreadable': 'off' }, origin: 'config' }],
      },
      catalogueOf(),
    );
    expect(report.diagnostics).toEqual([]);
    expect(suppressed).toMatchObject([{ ruleId: 'template-unreadable', severity: 'error' }]);
  });

  it('suppresses nothing where the rule is off anyway', async () => {
    const { suppressed, summary } = await lint([{ files: ['stacks'], rules: { [RULE]: 'off' } }], {
      [RULE]: 'off',
    });
    expect([suppressed, summary.suppressed]).toEqual([[], 0]);
  });

  it('gives a rule options of its own', async () => {
    const vendor = 'token-exchange-on-built-in-vendor';
    const template = IDENTITY.replace(/CustomOauth2\b/, 'MicrosoftOauth2').replace(
      'CustomOauth2ProviderConfig',
      'MicrosoftOauth2ProviderConfig',
    );
    const found = async (files: string[]) => {
      const { report } = await run(
        {
          texts: [{ name: 'identity.yaml', text: template }, texts[1] as (typeof texts)[number]],
          parameters,
          overrides: [{ files, rules: { [vendor]: ['error', { nativeVendors: [] }] }, origin: 'config' }],
        },
        catalogueOf(),
      );
      return report.diagnostics.filter(
        ({ ruleId, file }) => ruleId === vendor && file.endsWith('gateway.yaml'),
      );
    };
    expect(await found(['stacks'])).toHaveLength(1);
    expect(await found(['other'])).toHaveLength(0);
  });
});

describe('an override that turns a rule off', () => {
  const told = async (
    overrides: readonly Omit<RuleOverride, 'origin'>[],
    { rules = {}, reportUnusedSuppressions = true } = {},
  ) => {
    const options = {
      texts,
      parameters,
      rules,
      cwd: '/repo',
      reportUnusedSuppressions,
      overrides: overrides.map((override, index) => ({
        ...override,
        origin: `lint.config.yaml:${index + 2}:5`,
      })),
    };
    const { report } = await run(options, catalogueOf());
    return report.diagnostics
      .filter(({ ruleId }) => ruleId === 'invalid-suppression')
      .map(
        ({ severity, file, range, data }) =>
          `${severity} ${file}:${range.start.line}:${range.start.column} ${data.rule}`,
      );
  };
  const off = (files: readonly string[], ...ids: string[]) => ({
    files,
    rules: Object.fromEntries(ids.map((id) => [id, 'off' as const])),
  });

  it('is told where it silences nothing, for each of its rules', async () => {
    expect(
      await told([
        off(['stacks'], RULE),
        off(['stacks'], 'missing-exchange-parameter', 'plaintext-client-secret'),
      ]),
    ).toEqual([
      'warning lint.config.yaml:3:5 missing-exchange-parameter',
      'warning lint.config.yaml:3:5 plaintext-client-secret',
    ]);
  });

  it('is told where a later one speaks of the same files', async () => {
    const all = off(['**'], RULE);
    expect(await told([all, all])).toEqual([`warning lint.config.yaml:2:5 ${RULE}`]);
  });

  it('is told where the rule is off anyway', async () => {
    expect(await told([off(['**'], RULE)], { rules: { [RULE]: 'off' } })).toHaveLength(1);
  });

  it.each([
    ['silences something', off(['stacks'], RULE), true],
    ['is about files that are not looked at', off(['other'], RULE), true],
    ['nobody asked about', off(['stacks'], 'plaintext-client-secret'), false],
  ])('is not told where it %s', async (_, override, reportUnusedSuppressions) => {
    expect(await told([override], { reportUnusedSuppressions })).toEqual([]);
  });

  it('is none where it only changes a severity', async () => {
    expect(await told([{ files: ['**'], rules: { 'plaintext-client-secret': 'info' } }])).toEqual([]);
  });
});
