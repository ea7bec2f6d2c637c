import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_TEMPLATE_REASONS } from '../../src/graph/store.js';
import { displayWidth } from '../../src/report/display-width.js';
import type { FormatContext } from '../../src/report/format.js';
import { loadFormatter } from '../../src/report/index.js';
import { EMPTY_FILE } from '../../src/source/fault.js';
import { holds } from '../samples.js';
import { context, diagnostic, GATEWAY, range, related, result, texts } from './sample.js';

const pretty = await loadFormatter('pretty');

function rows(base: ReturnType<typeof result>, change: Partial<FormatContext> = {}): string[] {
  return pretty(base, context(change)).trimEnd().split('\n');
}

/** The rows of the code frame: those with a gutter. */
function frame(text: string, change: Parameters<typeof diagnostic>[0], width = 80): string[] {
  const maskedText = texts({ 'gateway.yaml': text });
  const all = rows(result([diagnostic({ related: [], resource: null, ...change })]), { maskedText, width });
  return all.filter((line) => line.includes('│'));
}

const story = () =>
  result([
    diagnostic({
      constructPath: 'GatewayStack/Tool/Resource',
      fix: { title: 'Add the block', safety: 'unsafe', edits: [] },
    }),
    diagnostic({
      severity: 'warning',
      range: range(23, 11, 40, 27),
      related: [
        related(),
        related({
          file: 'nested/idp.yaml',
          range: range(9, 5, 60, 15),
          message: 'the provider is set up here',
        }),
        related({ file: 'gone.yaml', message: 'it is exported here' }),
      ],
      fix: { title: 'Change the grant to TOKEN_EXCHANGE', safety: 'safe', edits: [] },
    }),
    diagnostic({ severity: 'info', ruleId: 'provider-unresolved', related: [] }),
  ]);
const files = texts({ 'gateway.yaml': GATEWAY, 'nested/idp.yaml': GATEWAY });

describe('pretty', () => {
  it.each([60, 80, 120])('fits a terminal of %i columns', async (width) => {
    const text = pretty(story(), context({ width, maskedText: files, maxWarnings: 0 }));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
    await expect(text).toMatchFileSnapshot(`snapshots/findings-${width}.pretty.txt`);
  });

  it('adds colour and nothing else', () => {
    const colored = pretty(story(), context({ maskedText: files, color: true }));
    expect(colored).toContain('\u001b[31m');
    expect(stripVTControlCharacters(colored)).toBe(pretty(story(), context({ maskedText: files })));
  });

  it('links the rule to its page where the terminal can', () => {
    const [header] = rows(result([diagnostic()]), { hyperlinks: true });
    const url = 'https://example.org/rules/token-exchange-without-config.md';
    expect(header).toContain(`\u001b]8;;${url}\u001b\\token-exchange-without-config\u001b]8;;\u001b\\`);
  });

  it.each(['javascript:alert(1)', 'https://x/\u001b\\evil', 'no address'])(
    'lets no link escape: %s',
    (url) => {
      const [header = ''] = rows(result([diagnostic({ url })]), { hyperlinks: true });
      expect(stripVTControlCharacters(header)).not.toMatch(/\p{Cc}/u);
      expect(header.split('\u001b]8;;').length - 1).toBe(url.startsWith('https:') ? 2 : 0);
    },
  );

  it('says how many files were skipped, and why', () => {
    const base = result([]);
    const skipped = Array.from(
      { length: 7 },
      (_, index) => ({ path: `${index}.json`, status: 'skipped', reason: 'cut off' }) as const,
    );
    expect(rows({ ...base, report: { ...base.report, files: skipped } }).slice(0, 6)).toEqual([
      ...[0, 1, 2, 3, 4].map((index) => `skipped ${index}.json: cut off`),
      'skipped 2 more files',
    ]);
  });

  it.each([...NO_TEMPLATE_REASONS, EMPTY_FILE])('says nothing of a file of which it says: %s', (reason) => {
    const base = result([]);
    const files = [{ path: 'notes.yaml', status: 'skipped', reason } as const];
    expect(rows({ ...base, report: { ...base.report, files } }).join()).not.toContain('skipped');
  });

  it('calls a run that failed not clean', () => {
    const text = rows(result([], { internalErrors: [{ ruleId: 'x', message: 'it threw' }] })).join('\n');
    expect(text).not.toContain('No problems');
    expect(text).toContain('1 fault of the program itself: the report is incomplete');
  });

  it('counts only errors when it is to be quiet', () => {
    expect(rows(story(), { quiet: true })).toContain('✖ 1 error in 1 file');
    expect(rows(result([diagnostic({ severity: 'info' })]), { quiet: true })[0]).toBe(
      '✔ No errors in 1 file',
    );
  });
});

it('says how a rule is explained where no link leads to its page, and only then', () => {
  const hint = '  cfn-tx-lint explain token-exchange-without-config says more';
  expect(rows(story(), { explainHint: true })).toContain(hint);
  expect(rows(story())).not.toContain(hint);
  expect(rows(result([]), { explainHint: true })).not.toContain(hint);
});

describe('the code frame', () => {
  it('points below tabs, wide characters, emoji and controls', () => {
    const line = '\t"日本😀é\u001b": x';
    expect(frame(line, { range: range(1, line.indexOf('x') + 1, line.length + 1) })).toEqual([
      '>   1 │   "日本😀é\\u{1b}": x',
      `      │ ${' '.repeat(2 + 1 + 4 + 2 + 1 + 6 + 3)}^`,
    ]);
  });

  it('counts the columns of the first line without its byte order mark', () => {
    expect(frame('\ufeffabc', { range: range(1, 2, 3) })).toEqual(['>   1 │ abc', '      │  ^']);
  });

  it('knows all line ends', () => {
    const at = (text: string) => frame(text, { range: range(3, 1, 2) })[2];
    expect([at('a\nb\nc'), at('a\r\nb\r\nc'), at('a\rb\rc')]).toEqual(Array(3).fill('      │ ^'));
  });

  it.each([
    ['before its end', 2000],
    ['at its start', 0],
    ['at its end', 5000],
  ])('cuts a long line around a place %s', (_, before) => {
    const line = `${'a'.repeat(before)}HERE${'b'.repeat(5000 - before)}`;
    const [code = '', pointer = ''] = frame(line, { range: range(1, before + 1, before + 5) }, 60);
    expect(code.length).toBeLessThanOrEqual(60);
    expect(code.slice(pointer.indexOf('^'), pointer.lastIndexOf('^') + 1)).toBe('HERE');
  });

  it('shows places of one long line that lie far apart one by one', () => {
    const line = `HERE${'a'.repeat(3000)}THERE`;
    const there = related({ range: range(1, 3005, 3010), message: 'why' });
    const shown = frame(line, { range: range(1, 1, 5), related: [there] }, 60);
    expect(shown.filter((row) => row.includes('  1 │'))).toHaveLength(2);
    expect(shown.at(-1)?.trimEnd()).toMatch(/-----\s?why$/);
  });

  it('shows masks of one length, and points at what stands behind them', () => {
    const shown = (length: number) => {
      const line = `{ "ClientSecret": "${'*'.repeat(length)}", "GrantType": "X" }`;
      return frame(line, { range: range(1, line.indexOf('"X"') + 1, line.indexOf('"X"') + 4) });
    };
    expect(shown(40)).toEqual(shown(7));
    expect(shown(40)).toEqual([
      '>   1 │ { "ClientSecret": "****", "GrantType": "X" }',
      `      │ ${' '.repeat('{ "ClientSecret": "****", "GrantType": '.length)}^^^`,
    ]);
  });

  it('keeps a label with a long name in its columns', () => {
    for (const name of ['AVeryLongLogicalId'.repeat(14), '日本語'.repeat(60)]) {
      const shown = frame('GrantType: TOKEN_EXCHANGE', { range: range(1, 12, 26), resource: name }, 60);
      expect(shown.join('\n')).toContain(name.slice(0, 4));
      expect(shown.join('\n')).toContain('…');
      for (const row of shown) expect(displayWidth(row), row).toBeLessThanOrEqual(60);
    }
  });

  it('points at an empty range, and at one past the end of line and file', () => {
    expect(frame('abc', { range: range(1, 2, 2) })).toEqual(['>   1 │ abc', '      │  ^']);
    expect(frame('abc', { range: range(1, 9, 12) })).toEqual(['>   1 │ abc', '      │    ^']);
    expect(frame('abc', { range: range(7, 1, 1, 9) })).toEqual(['>   1 │ abc', '      │ ^']);
    expect(frame('', { range: range(1, 1, 1) })).toEqual(['>   1 │', '      │ ^']);
  });

  it('takes a range that ends before the first character of a line as ended on the line before', () => {
    expect(frame('a\nb\nc', { range: range(2, 1, 1, 3) })).toEqual([
      '    1 │ a',
      '>   2 │ b',
      '      │ ^',
      '    3 │ c',
    ]);
  });

  it('shows a single line between two places instead of dots', () => {
    const text = 'a\nb\nc\nd\ne\nf';
    const far = (line: number) =>
      frame(text, { range: range(6, 1, 2), related: [related({ range: range(line, 1, 2) })] });
    expect(far(3).filter((row) => /b|c|d|⋮/.test(row.replace(/.*│ -.*/, '')))).toEqual([
      '    3 │ c',
      '    4 │ d',
    ]);
    expect(far(2).filter((row) => row.includes('⋮'))).toHaveLength(1);
  });

  it('draws no line twice where places overlap', () => {
    const text = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`).join('\n');
    const inside = related({ range: range(4, 1, 5, 6), message: 'crosses' });
    const numbers = frame(text, { range: range(3, 1, 7, 5), related: [inside] }).flatMap(
      (row) => /(\d+) │/.exec(row)?.[1] ?? [],
    );
    expect(numbers).toEqual(['2', '3', '4', '5', '6']);
  });

  it('breaks a label that does not fit', () => {
    const message =
      'the provider that this reference leads to is declared here, and nowhere else in these templates';
    const shown = frame(
      'a'.repeat(40),
      { range: range(1, 30, 36), related: [related({ range: range(1, 30, 36), message })] },
      60,
    );
    expect(Math.max(...shown.map((row) => row.length))).toBeLessThanOrEqual(60);
    expect(shown.join(' ').replace(/[\s│]+/g, ' ')).toContain(message);
  });

  it('stays in the terminal whatever the text and the places are', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\n',
        '\r\n',
        '\t',
        '日本',
        '😀',
        'e\u0301',
        '\u001b[1m',
        '\ud800',
        '##[x]',
        ' ',
        '👩‍👩‍👧',
      ),
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.nat(500).map((length) => 'x'.repeat(length)),
    );
    const place = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(600), fc.nat(600), fc.nat(9));
    holds(
      fc.property(fc.array(piece), fc.array(place, { minLength: 1, maxLength: 4 }), (pieces, places) => {
        const [first, ...others] = places.map(([line, from, to, more]) =>
          range(line, from + 1, to + 1, line + more),
        );
        const shown = frame(pieces.join(''), {
          range: first ?? range(1, 1, 1),
          related: others.map((one) => related({ range: one })),
        });
        expect(shown.join('\n')).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}]|##\[/u);
        expect(Math.max(...shown.map(displayWidth))).toBeLessThanOrEqual(80);
      }),
      { few: 100, many: 2_000 },
    );
  });
});
