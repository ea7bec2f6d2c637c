import { describe, expect, it } from 'vitest';
import { compact } from '../../src/report/compact.js';
import { context, diagnostic, HOSTILE, result } from './sample.js';

/** The pattern of the problem matcher in docs/hooks.md. */
const MATCHER = /^(.+):(\d+):(\d+): (error|warning|info): (.*) \[([a-z-]+)\]$/;

describe('compact', () => {
  it('writes every finding on one line that a problem matcher reads', () => {
    const found = [diagnostic(), diagnostic({ severity: 'warning' }), diagnostic({ severity: 'info' })];
    const lines = compact(result(found), context()).split('\n').slice(0, found.length);
    expect(lines.map((line) => MATCHER.exec(line)?.slice(1, 5))).toEqual(
      found.map(({ file, range, severity }) => [
        file,
        String(range.start.line),
        String(range.start.column),
        severity,
      ]),
    );
    expect(lines.map((line) => MATCHER.exec(line)?.[6])).toEqual(found.map(({ ruleId }) => ruleId));
  });

  it('stays on one line whatever a message holds', () => {
    const text = compact(
      result([diagnostic({ message: HOSTILE, help: HOSTILE, file: 'a\nb.yaml' })]),
      context(),
    );
    expect(text.split('\n').filter((line) => MATCHER.test(line))).toHaveLength(1);
    expect(text.split('\n\n')[0]?.split('\n')).toHaveLength(1);
  });

  it('ends with the summary', () => {
    expect(compact(result([]), context())).toMatch(/^✔ No problems/);
    expect(compact(result([diagnostic()]), context())).toMatch(/\n\n.*1 error/);
  });
});
