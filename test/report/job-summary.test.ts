import { describe, expect, it } from 'vitest';
import { jobSummary } from '../../src/report/job-summary.js';
import { context, diagnostic, HOSTILE, range, result } from './sample.js';

describe('jobSummary', () => {
  it('has the counts, the findings with errors first, and the picture', async () => {
    const base = result([diagnostic({ severity: 'warning' }), diagnostic()]);
    const text = jobSummary(base, context({ maxWarnings: 0 }), 'graph LR\n  a --> b\n');
    await expect(text).toMatchFileSnapshot('snapshots/job-summary.md.txt');
  });

  it('has no table and no picture for a clean run', () => {
    expect(jobSummary(result([]), context())).toBe(
      '## cfn-tx-lint\n\nNo findings in 1 file\n\nToken exchange: 3 verified, 0 failed, 0 unverified\n',
    );
  });

  it('shows names and messages as they are, and as nothing else', () => {
    const text = jobSummary(
      result([diagnostic({ message: HOSTILE, file: HOSTILE, ruleId: HOSTILE, url: 'javascript:x' })]),
      context(),
    );
    const row = text.split('\n').find((line) => line.startsWith('| error')) ?? '';
    expect(row.match(/\|/g)).toHaveLength(5);
    expect(row.replace(/<\/?code>|<br>/g, '')).not.toMatch(/[<>`[\]()*_@]/);
    expect(row).not.toContain('javascript:');
  });

  it('lets the picture not end its block', () => {
    const text = jobSummary(result([]), context(), 'a\n```\n<script>\n````\n');
    expect(text).toMatch(/\n`{5}mermaid\n/);
    expect(text).toMatch(/\n`{5}\n$/);
  });

  it('leaves out a picture that Mermaid would refuse', () => {
    expect(jobSummary(result([]), context(), 'x'.repeat(50_001))).not.toContain('mermaid\n');
    expect(jobSummary(result([]), context(), 'x'.repeat(50_000))).toContain('mermaid\n');
  });

  it('stays below what a summary may have', () => {
    const many = Array.from({ length: 1000 }, (_, index) => diagnostic({ range: range(index + 1, 1, 2) }));
    const text = jobSummary(result(many), context());
    expect(text.match(/^\| error/gm)).toHaveLength(200);
    expect(text).toContain('800 more findings in the log.');
  });
});
