import { applyPatch } from 'diff';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../src/fix/diff.js';

const open = { mask: (text: string) => text };
const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('');

describe('unifiedDiff', () => {
  it('shows what changes, with three lines around it', async () => {
    const before = lines('1', '2', '3', '4', '5', '6', '7', '8', '9');
    expect(await unifiedDiff('dir/t.yaml', before, before.replace('5', 'five'), open)).toBe(
      lines(
        '--- a/dir/t.yaml',
        '+++ b/dir/t.yaml',
        '@@ -2,7 +2,7 @@',
        ' 2',
        ' 3',
        ' 4',
        '-5',
        '+five',
        ' 6',
        ' 7',
        ' 8',
      ),
    );
  });

  it('is empty when nothing changes', async () => {
    expect(await unifiedDiff('t', 'a', 'a', open)).toBe('');
  });

  it.each([
    ['CRLF', 'a: 1\r\nb: 2\r\n', 'a: 1\r\nb: 3\r\n'],
    ['no last line break', 'a: 1\nb: 2', 'a: 1\nb: 3'],
    ['a byte order mark', '\uFEFFa: 1\n', '\uFEFFa: 2\n'],
    ['an emoji of several characters', 'a: 1 # 👩‍💻\n', 'a: 2 # 👩‍💻\n'],
  ])('can be applied: %s', async (_, before, after) => {
    const diff = await unifiedDiff('t.yaml', before, after, open);
    expect(diff).toMatch(/^--- a\/t\.yaml\n/);
    expect(applyPatch(before, diff)).toBe(after);
  });

  it('masks secrets and says so', async () => {
    const mask = (text: string) => text.replace('hunter2', '*******');
    const diff = await unifiedDiff('t.yaml', 'a: hunter2\nb: 1\n', 'a: hunter2\nb: 2\n', { mask });
    expect(diff).not.toContain('hunter2');
    expect(diff).toContain(' a: *******\n-b: 1\n+b: 2\n');
    expect(diff).toMatch(/^# Secrets and control characters are masked/);
  });

  it.each(['\u001B[2J', '\r', '\u009B', '\u202E', '\u0007'])(
    'lets no %j reach the terminal',
    async (unsafe) => {
      const diff = await unifiedDiff('t.yaml', `a: 1 # ${unsafe}x\n`, `a: 2 # ${unsafe}x\n`, open);
      expect(diff).not.toContain(unsafe);
      expect(diff).toMatch(/^# /);
    },
  );

  it('writes a hostile file name in quotes', async () => {
    const diff = await unifiedDiff('\u001B[2J\n+++ b/x', 'a', 'b', open);
    expect(diff).not.toContain('\u001B');
    expect(diff.split('\n').filter((line) => line.startsWith('+++'))).toHaveLength(1);
  });
});
