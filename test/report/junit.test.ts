import { parse, type TestSuites } from 'junit2json';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { junit } from '../../src/report/junit.js';
import { context, diagnostic, HOSTILE, result } from './sample.js';

async function read(...args: Parameters<typeof result>): Promise<TestSuites> {
  const text = junit(result(...args), context());
  const { valid, errors } = await validateXML({
    xml: { fileName: 'report.xml', contents: text },
    normalization: 'format',
  });
  expect(errors).toEqual([]);
  expect(valid).toBe(true);
  return (await parse(text)) as TestSuites;
}

describe('junit', () => {
  it('has a suite for each file and a case for each finding', async () => {
    const base = result([
      diagnostic(),
      diagnostic({ severity: 'warning' }),
      diagnostic({ severity: 'info' }),
    ]);
    const files = [
      ...base.report.files,
      { path: 'clean.yaml', status: 'checked', reason: null },
      { path: 'broken.json', status: 'skipped', reason: 'not JSON: "}" expected' },
    ] as const;
    const text = junit({ ...base, report: { ...base.report, files } }, context());
    await expect(text).toMatchFileSnapshot('snapshots/findings.junit.txt');
  });

  it('counts errors and warnings as failures, infos as passed', async () => {
    const suites = await read([
      diagnostic(),
      diagnostic({ severity: 'warning' }),
      diagnostic({ severity: 'info' }),
    ]);
    expect(suites).toMatchObject({ tests: 3, failures: 2, errors: 0 });
    const types = suites.testsuite?.[0]?.testcase?.map(({ failure }) => failure?.[0]?.type);
    expect(types).toEqual(['error', 'warning', undefined]);
  });

  it('tells a fault of the program as an error', async () => {
    const suites = await read([], { internalErrors: [{ ruleId: 'some-rule', message: 'it threw' }] });
    expect(suites).toMatchObject({ tests: 2, failures: 0, errors: 1 });
    expect(suites.testsuite?.[1]?.testcase?.[0]?.error?.[0]?.message).toBe('it threw');
  });

  it('is well-formed whatever the texts hold, and loses none of what XML can hold', async () => {
    const suites = await read([diagnostic({ message: HOSTILE, file: HOSTILE, resource: HOSTILE })]);
    const message = suites.testsuite?.at(-1)?.testcase?.[0]?.failure?.[0]?.message;
    expect(message).toContain('<script>alert(1)</script> | `a` [b](http://c) & "q" \'s\' %0A');
    expect(message).toContain('\\u{0}\\u{d800}\\u{ffff} ]]>');
  });
});
