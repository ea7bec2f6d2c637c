import { describe, expect, it } from 'vitest';
import type { Severity } from '../../src/lint/result.js';
import { github } from '../../src/report/github.js';
import { context, diagnostic, range, related, result } from './sample.js';

function lines(...args: Parameters<typeof result>): string[] {
  return github(result(...args), context())
    .trimEnd()
    .split('\n');
}

describe('github', () => {
  it('annotates each finding, errors first, and ends with the summary', async () => {
    const text = github(
      result([
        diagnostic({ severity: 'info', ruleId: 'provider-unresolved', related: [] }),
        diagnostic({ severity: 'warning', related: [related({ file: 'nested/idp.yaml' })] }),
        diagnostic(),
      ]),
      context({ maxWarnings: 0 }),
    );
    await expect(text).toMatchFileSnapshot('snapshots/findings.github.txt');
  });

  it('escapes what would end a property or the message', () => {
    const [line = ''] = lines([
      diagnostic({ file: 'a,b:c%d\n.yaml', message: '50%: a, b', related: [], url: 'u' }),
    ]);
    expect(line).toMatch(
      /^::error file=a%2Cb%3Ac%25d\\u\{a\}\.yaml,line=27,col=26,endLine=27,endColumn=40,title=/,
    );
    expect(line).toMatch(/::50%25: a, b%0Ahelp: .*%0Au$/);
  });

  it('leaves out the columns of a range of several lines', () => {
    const [line = ''] = lines([diagnostic({ range: range(27, 26, 4, 30) })]);
    expect(line).toMatch(/^::error file=gateway\.yaml,line=27,endLine=30,title=/);
  });

  it('names files from the root of the checkout', () => {
    const root = github(result([diagnostic()]), context({ root: '/home/someone' }));
    expect(root).toMatch(/^::error file=project\/gateway\.yaml,/);
  });

  it('annotates ten findings of a kind and lists the others in a group', async () => {
    const many = (severity: Severity, number: number) =>
      Array.from({ length: number }, (_, index) =>
        diagnostic({ severity, range: range(index + 1, 1, 2), related: [] }),
      );
    const all = lines([...many('info', 11), ...many('warning', 12), ...many('error', 10)]);
    const kinds = all.flatMap((line) => /^::(\w+)/.exec(line)?.[1] ?? []);
    const number = (kind: string) => kinds.filter((one) => one === kind).length;
    expect([number('error'), number('warning'), number('notice')]).toEqual([10, 10, 10]);
    expect(kinds.slice(0, 10)).toEqual(Array(10).fill('error'));
    const group = all.slice(all.findIndex((line) => line.startsWith('::group::')));
    await expect(group.join('\n')).toMatchFileSnapshot('snapshots/limit.github.txt');
  });
});
