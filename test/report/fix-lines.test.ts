import { describe, expect, it } from 'vitest';
import type { Fix, TextEdit } from '../../src/lint/result.js';
import { fixLines } from '../../src/report/fix-lines.js';
import type { Range } from '../../src/source/types.js';
import { HOSTILE, range, texts } from './sample.js';

const YAML = 'Target:\n  GrantType: JWT\n  Name: tool\n';

function edit(at: Range, text: string, file = 'a.yaml'): TextEdit {
  return { file, range: at, text };
}

function shown(edits: readonly TextEdit[], files: Readonly<Record<string, string>> = { 'a.yaml': YAML }) {
  const fix: Fix = { title: 'Change it', safety: 'unsafe', edits };
  return fixLines(fix, 'a.yaml', texts(files));
}

describe('fixLines', () => {
  it.each([
    ['line feeds', YAML],
    ['carriage returns', YAML.replaceAll('\n', '\r')],
    ['both', YAML.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${YAML}`],
  ])('shows a replaced value with its line, in a file with %s', (_, text) => {
    expect(shown([edit(range(2, 14, 17), 'TOKEN_EXCHANGE')], { 'a.yaml': text })).toEqual([
      '-   GrantType: JWT',
      '+   GrantType: TOKEN_EXCHANGE',
    ]);
  });

  it('counts the columns of the first line without its byte order mark', () => {
    expect(shown([edit(range(1, 1, 7), 'Tool')], { 'a.yaml': `\uFEFF${YAML}` })).toEqual([
      '- Target:',
      '+ Tool:',
    ]);
  });

  it.each([
    ['after the line before', edit(range(2, 17, 17), '\n  Scopes:\n    - read')],
    ['before the next line', edit(range(3, 1, 1), '  Scopes:\n    - read\n')],
    ['with line breaks of Windows', edit(range(2, 17, 17), '\r\n  Scopes:\r\n    - read')],
  ])('shows lines put in %s alone', (_, one) => {
    expect(shown([one])).toEqual(['+   Scopes:', '+     - read']);
  });

  it('shows lines taken away', () => {
    expect(shown([edit(range(2, 1, 1, 3), '')])).toEqual(['-   GrantType: JWT']);
  });

  it('shows JSON with the comma that the line before gets', () => {
    const json = '{\n\t"a": 1\n}\n';
    expect(shown([edit(range(2, 8, 8), ',\n\t"b": 2')], { 'a.yaml': json })).toEqual([
      '-   "a": 1',
      '+   "a": 1,',
      '+   "b": 2',
    ]);
  });

  it('shows the bracket that gets a comma as changed, where what is written ends in one like it', () => {
    const json = '{\n  "a": {\n  }\n}\n';
    expect(shown([edit(range(3, 4, 4), ',\n  "b": {\n  }')], { 'a.yaml': json })).toEqual([
      '-   }',
      '+   },',
      '+   "b": {',
      '+   }',
    ]);
  });

  it('shows edits of one line together, and those apart with a sign between', () => {
    expect(shown([edit(range(2, 3, 12), 'grant'), edit(range(2, 14, 17), 'x')])).toEqual([
      '-   GrantType: JWT',
      '+   grant: x',
    ]);
    expect(shown([edit(range(3, 9, 13), 'y'), edit(range(1, 1, 7), 'Tool')])).toEqual([
      '- Target:',
      '+ Tool:',
      '…',
      '-   Name: tool',
      '+   Name: y',
    ]);
  });

  it('names another file', () => {
    expect(shown([edit(range(1, 1, 2), 'b', 'b\u001b.yaml')], { 'b\u001b.yaml': 'a' })).toEqual([
      'in b\\u{1b}.yaml:',
      '- a',
      '+ b',
    ]);
  });

  it('cuts what is long', () => {
    const many = Array.from({ length: 30 }, (_, index) => `  - ${index}\n`).join('');
    const lines = shown([edit(range(3, 1, 1), many)]);
    expect(lines).toHaveLength(12);
    expect(lines?.at(-1)).toBe('…');
  });

  it('shows nothing that could act', () => {
    for (const line of shown([edit(range(2, 14, 17), HOSTILE)]) ?? []) {
      expect(line).not.toMatch(/[\p{Cc}\u202e]|##\[|(?:^|\s)::/u);
    }
    expect(shown([edit(range(2, 14, 17), '\u001b[31m')])).toContain('+   GrantType: \\u{1b}[31m');
  });

  it('shows a secret beside the change as it is masked', () => {
    const masked = '{ Secret: ******, Grant: JWT }\n';
    expect(shown([edit(range(1, 26, 29), 'X')], { 'a.yaml': masked })).toEqual([
      '- { Secret: ****, Grant: JWT }',
      '+ { Secret: ****, Grant: X }',
    ]);
  });

  it.each([
    ['there are no edits', []],
    ['a file cannot be shown', [edit(range(1, 1, 1), 'x', 'gone.yaml')]],
    ['nothing changes', [edit(range(2, 14, 17), 'JWT')]],
    ['edits overlap', [edit(range(2, 3, 17), 'x'), edit(range(2, 14, 17), 'y')]],
    ['a line is too long to be read', [edit(range(2, 14, 17), 'x'.repeat(300))]],
  ])('leaves it to the title where %s', (_, edits) => {
    expect(shown(edits)).toBeUndefined();
  });
});
