import { describe, expect, it } from 'vitest';
import { json } from '../../src/report/json.js';
import { context, diagnostic, HOSTILE, range, result } from './sample.js';

const fix = {
  title: 'Change the grant',
  safety: 'safe',
  edits: [{ file: 'gateway.yaml', range: range(27, 26, 40), text: 'X' }],
} as const;

describe('json', () => {
  it('is the report, in the order of the contract', async () => {
    const text = json(result([diagnostic(), diagnostic({ fix, scenario: null, related: [] })]), context());
    await expect(text).toMatchFileSnapshot('snapshots/findings.json.txt');
  });

  it('has the same value as the report, whatever it holds', () => {
    const hostile = result([diagnostic({ message: HOSTILE, file: '\u009b\u2028\ufeff##[x]' })]);
    expect(JSON.parse(json(hostile, context()))).toEqual({
      ...hostile.report,
      diagnostics: hostile.report.diagnostics.map(({ messageKey: _, data: __, ...reported }) => reported),
    });
  });

  it('holds nothing that is not in the contract, and no order but its own', () => {
    const { fix: none, ...rest } = diagnostic();
    const text = json(result([{ fix: none, ...rest, extra: 1 } as ReturnType<typeof diagnostic>]), context());
    expect(text).toBe(json(result([diagnostic()]), context()));
  });
});
