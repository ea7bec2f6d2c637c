import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import type { Log, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import { sarif } from '../../src/report/sarif.js';
import { context, diagnostic, HOSTILE, range, related, result } from './sample.js';

const require = createRequire(import.meta.url);

/** The official schema, as it is shipped by Microsoft's SARIF tools. It is written for JSON Schema draft 4. */
const schema = JSON.parse(
  readFileSync(
    require.resolve('@microsoft/jest-sarif').replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json'),
    'utf8',
  ),
) as Record<string, unknown>;
const { $schema: _, id: __, ...draft7 } = schema;
const validate = new Ajv({
  strict: false,
  allErrors: true,
  // One pattern of the schema is no valid pattern in Unicode mode.
  unicodeRegExp: false,
  formats: { uri: (text: string) => URL.canParse(text), 'uri-reference': isReference, 'date-time': true },
}).compile(draft7);

function isReference(text: string): boolean {
  return URL.canParse(text, 'https://example.org/') && /^[\w.~!$&'()*+,;=:@/?%-]*$/.test(text);
}

function run(base: Parameters<typeof sarif>[0], change: Parameters<typeof context>[0] = {}): Run {
  const log = JSON.parse(sarif(base, context(change))) as Log;
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  expect(log.runs).toHaveLength(1);
  return log.runs[0] as Run;
}

const everything = () =>
  result(
    [
      diagnostic({
        constructPath: 'GatewayStack/Tool/Resource',
        related: [
          related(),
          related({ file: 'nested/my idp#1.yaml', message: 'passed on [here](1)', resource: null }),
        ],
        fix: {
          title: 'Change the grant',
          safety: 'unsafe',
          edits: [{ file: 'gateway.yaml', range: range(27, 26, 40), text: 'CLIENT_CREDENTIALS' }],
        },
      }),
      diagnostic({
        ruleId: 'of-a-plugin',
        severity: 'info',
        file: '/elsewhere/über.yaml',
        scenario: null,
        related: [],
      }),
    ],
    {
      suppressed: [{ ...diagnostic(), suppression: { kind: 'comment', justification: 'wanted' } }],
      internalErrors: [{ ruleId: 'of-a-plugin', message: 'it threw' }],
    },
  );

describe('the logical location of a finding', () => {
  it.each([
    [['Resources', 'Tool', 'Properties'], 'Resources/Tool'],
    [['agentCoreGateways', 0, 'targets', 0], 'Tool'],
  ])('at %j is %s', (path, expected) => {
    const { results } = run(result([diagnostic({ resource: 'Tool', path })]));
    expect(results?.[0]?.locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName).toBe(expected);
  });
});

describe('sarif', () => {
  it('is as expected and fits the schema', async () => {
    run(everything());
    await expect(sarif(everything(), context())).toMatchFileSnapshot('snapshots/findings.sarif.txt');
  });

  it('fits the schema whatever the texts hold', () => {
    const file = `${HOSTILE}/%41 b?#.yaml`;
    const { results } = run(
      result([diagnostic({ ruleId: HOSTILE, message: HOSTILE, file, url: HOSTILE, resource: HOSTILE })]),
    );
    expect(results?.[0]?.message.text).not.toContain('](');
  });

  it('is checked by a schema that can fail', () => {
    expect(validate({ version: '2.1.0', runs: [{ tool: { driver: {} } }] })).toBe(false);
  });

  it('points each result at its rule', () => {
    const { results, tool } = run(everything());
    expect(
      results?.map(({ ruleId, ruleIndex }) => tool.driver.rules?.[ruleIndex ?? -1]?.id === ruleId),
    ).toEqual([true, true, true]);
  });

  it('has a fingerprint that outlives moved lines, and one for each finding', () => {
    const prints = (line: number) =>
      run(result([diagnostic({ range: range(line, 1, 2) }), diagnostic()])).results?.map(
        (one) => one.partialFingerprints,
      );
    expect(prints(99)).toEqual(prints(27));
    expect(new Set(prints(27)?.map((one) => JSON.stringify(one))).size).toBe(2);
  });

  it('names files from the root of the checkout', () => {
    const { results } = run(result([diagnostic()]), { root: '/home/someone/' });
    const artifact = results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation;
    expect(artifact).toEqual({ uri: 'project/gateway.yaml', uriBaseId: '%SRCROOT%' });
  });

  it('tells the files that were not checked', () => {
    const base = result([]);
    const files = [
      { path: 'a.json', status: 'failed', reason: 'it is cut off' },
      { path: 'b.json', status: 'skipped', reason: 'it is no template' },
    ] as const;
    const { invocations } = run({ ...base, report: { ...base.report, files } });
    expect(invocations?.[0]?.executionSuccessful).toBe(true);
    expect(
      invocations?.[0]?.toolExecutionNotifications?.map(({ level, message }) => [level, message.text]),
    ).toEqual([
      ['error', 'The file was not read: it is cut off'],
      ['note', 'The file was skipped: it is no template'],
    ]);
  });

  it('says nothing of suppressions when there are none', () => {
    expect(run(result([diagnostic()])).results?.[0]).not.toHaveProperty('suppressions');
  });
});
