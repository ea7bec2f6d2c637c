import type { Issue } from 'codeclimate-types';
import { describe, expect, it } from 'vitest';
import { gitlab } from '../../src/report/gitlab.js';
import { context, diagnostic, range, result } from './sample.js';

/** The fields that GitLab requires, https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. */
function issues(...args: Parameters<typeof result>): Issue[] {
  return JSON.parse(gitlab(result(...args), context())) as Issue[];
}

describe('gitlab', () => {
  it('is a list of issues', async () => {
    const text = gitlab(
      result([diagnostic(), diagnostic({ severity: 'warning' }), diagnostic({ severity: 'info' })]),
      context(),
    );
    await expect(text).toMatchFileSnapshot('snapshots/findings.gitlab.txt');
  });

  it('has a fingerprint that is unique and outlives moved lines and new words', () => {
    const before = issues([diagnostic(), diagnostic()]).map(({ fingerprint }) => fingerprint);
    expect(new Set(before).size).toBe(2);
    const moved = diagnostic({ range: range(99, 1, 2), message: 'Other words.' });
    expect(issues([moved, moved]).map(({ fingerprint }) => fingerprint)).toEqual(before);
  });

  it.each([
    ['rule', { ruleId: 'other' }],
    ['file', { file: 'other.yaml' }],
    ['path', { path: ['Resources', 'Other'] }],
  ])('has another fingerprint for another %s', (_, change) => {
    const [one, other] = [issues([diagnostic()]), issues([diagnostic(change)])];
    expect(other[0]?.fingerprint).not.toBe(one[0]?.fingerprint);
  });

  it('counts the lines that a range touches', () => {
    const [issue] = issues([diagnostic({ range: range(3, 5, 1, 9) })]);
    expect(issue?.location).toEqual({ path: 'gateway.yaml', lines: { begin: 3, end: 8 } });
  });
});
