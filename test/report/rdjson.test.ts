import { describe, expect, it } from 'vitest';
import { rdjson } from '../../src/report/rdjson.js';
import { context, diagnostic, range, result } from './sample.js';

interface Reviewed {
  readonly location: { readonly range: unknown };
  readonly suggestions?: readonly { readonly range: unknown; readonly text: string }[];
  readonly severity: string;
}

function read(found: Parameters<typeof result>[0], text: string): readonly Reviewed[] {
  const report = rdjson(result(found), context({ maskedText: () => text }));
  return (JSON.parse(report) as { diagnostics: Reviewed[] }).diagnostics;
}

describe('rdjson', () => {
  it('counts columns in bytes of UTF-8', () => {
    const [finding] = read([diagnostic({ range: range(1, 4, 6) })], 'éé: ab\n');
    expect(finding?.location.range).toEqual({ start: { line: 1, column: 6 }, end: { line: 1, column: 8 } });
  });

  it('does not count a byte order mark', () => {
    const [finding] = read([diagnostic({ range: range(1, 2, 3) })], '\uFEFFab\n');
    expect(finding?.location.range).toEqual({ start: { line: 1, column: 2 }, end: { line: 1, column: 3 } });
  });

  it('asks for a text once, however many findings it has', () => {
    let asked = 0;
    const maskedText = () => {
      asked++;
      return 'abc\n';
    };
    rdjson(result([diagnostic(), diagnostic({ range: range(1, 2, 3) })]), context({ maskedText }));
    expect(asked).toBe(1);
  });

  it('offers a fix as suggestions', () => {
    const found = diagnostic();
    const edits = [{ file: found.file, range: range(1, 1, 3), text: 'X' }];
    const [finding] = read([{ ...found, fix: { title: 'Write X', safety: 'safe', edits } }], 'abc\n');
    expect(finding?.suggestions).toEqual([
      { range: { start: { line: 1, column: 1 }, end: { line: 1, column: 3 } }, text: 'X' },
    ]);
  });

  it('names the severities as the format does', () => {
    const found = (['error', 'warning', 'info'] as const).map((severity) => diagnostic({ severity }));
    expect(read(found, '').map(({ severity }) => severity)).toEqual(['ERROR', 'WARNING', 'INFO']);
  });
});
