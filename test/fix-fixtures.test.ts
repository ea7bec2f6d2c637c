import { readFileSync } from 'node:fs';
import path from 'node:path';
import { diffLines } from 'diff';
import glob from 'fast-glob';
import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../rules/index.js';
import { readParameters } from '../src/config/parameters.js';
import { fixFiles, type LintOnce } from '../src/lint/fix-rounds.js';
import type { Diagnostic } from '../src/lint/result.js';
import { run } from '../src/lint/run.js';

/*
 * The safe fixes of all fixtures, applied in memory: each makes its finding go away and brings no other, touches no
 * line that it has nothing to do with, and leaves nothing to do for a second run. As the files are, and with CRLF.
 */

interface Expectation {
  readonly options?: {
    readonly files?: string[];
    readonly context?: string[];
    readonly parameters?: string[];
    readonly rules?: Record<string, never>;
    readonly strict?: boolean;
  };
}

/**
 * Fixtures in which a fix lays open what the fault hid: a misspelled word stands for nothing, and what it was meant to
 * say is at odds with something else. Each with the rule that tells it then.
 */
const LAID_OPEN: Readonly<Record<string, string>> = {
  'invalid-grant-type/invalid/misspelled-and-no-block': 'token-exchange-without-config',
  'invalid-grant-type/invalid/unseen-provider': 'provider-unresolved',
  'invalid-grant-type/invalid/wrong-branch': 'token-exchange-config-unused',
};

const root = path.join(import.meta.dirname, '..', 'fixtures');

const fixtures = glob
  .sync('**/expected.json', { cwd: root, dot: true })
  .map((file) => path.dirname(file))
  .sort();

/** Lints a fixture with texts in place of its files. */
function linter(name: string): LintOnce {
  const cwd = path.join(root, name);
  const { options = {} } = JSON.parse(readFileSync(path.join(cwd, 'expected.json'), 'utf8')) as Expectation;
  return async (overlay) => {
    const { report } = await run(
      {
        cwd,
        files: options.files ?? ['.'],
        ignore: ['expected.json'],
        context: options.context ?? [],
        parameters: (await readParameters(options.parameters ?? [], cwd)).assignments(undefined),
        rules: options.rules ?? {},
        strict: options.strict ?? false,
        overlay,
      },
      { rules: builtInRules, url: ruleUrl },
    );
    return report;
  };
}

/** What makes two findings the same before and after a fix, when lines have moved. */
const identity = ({ ruleId, file, resource }: Diagnostic): string => `${ruleId} ${file} ${resource}`;

const isSafe = ({ fix }: Diagnostic): boolean => fix?.safety === 'safe';

/** The 1-based lines of the old text that a new text changes or takes out. */
function changedLines(before: string, after: string): number[] {
  let line = 1;
  return diffLines(before, after).flatMap(({ value, added, removed }) => {
    const count = value.split('\n').length - (value.endsWith('\n') ? 1 : 0);
    if (added) return [];
    const first = line;
    line += count;
    return removed ? Array.from({ length: count }, (_, index) => first + index) : [];
  });
}

/** The 1-based lines of a file that the edits of fixes say they touch. */
function editedLines(fixed: readonly Diagnostic[], name: string): Set<number> {
  const edits = fixed.flatMap(({ fix }) => fix?.edits ?? []).filter(({ file }) => file === name);
  return new Set(
    edits.flatMap(({ range: { start, end } }) =>
      Array.from({ length: end.line - start.line + 1 }, (_, index) => start.line + index),
    ),
  );
}

/** The line ends of a text, each kind once. */
const lineEnds = (text: string): string[] => [...new Set(text.match(/\r\n|\n|\r/g))];

async function expectFixed(name: string, convert: (text: string) => string): Promise<void> {
  const lint = linter(name);
  const cwd = path.join(root, name);
  const original = (file: string): string => convert(readFileSync(path.join(cwd, file), 'utf8'));
  const texts = new Map(
    glob.sync('**/*', { cwd, ignore: ['expected.json'], dot: true }).map((file) => [file, original(file)]),
  );
  const lintOver = (changed: ReadonlyMap<string, string>): ReturnType<LintOnce> =>
    lint(new Map([...texts, ...changed]));

  const rounds: { texts: ReadonlyMap<string, string>; found: readonly Diagnostic[] }[] = [];
  const outcome = await fixFiles(async (changed) => {
    const linted = await lintOver(changed);
    rounds.push({ texts: new Map([...texts, ...changed]), found: linted.diagnostics });
    return linted;
  }, original);

  const before = rounds[0]?.found ?? [];
  const left = outcome.diagnostics.map(identity);
  const fixed = before.filter(isSafe).map(identity);
  expect(fixed.filter((finding) => left.includes(finding))).toEqual([]);
  const known = before.map(identity);
  const fresh = outcome.diagnostics.filter((finding) => !known.includes(identity(finding)));
  expect(fresh.map(({ ruleId }) => ruleId)).toEqual(name in LAID_OPEN ? [LAID_OPEN[name]] : []);

  expect(outcome.files.length).toBeGreaterThan(0);
  rounds.slice(1).forEach(({ texts: now }, index) => {
    const { texts: earlier, found } = rounds[index] as (typeof rounds)[number];
    for (const [file, text] of earlier) {
      const allowed = editedLines(found.filter(isSafe), file);
      const touched = changedLines(text, now.get(file) ?? '');
      expect(touched.filter((line) => !allowed.has(line))).toEqual([]);
    }
  });
  for (const { text } of outcome.files) expect(lineEnds(text)).toEqual(lineEnds(convert(text)));

  const now = new Map(outcome.files.map(({ file, text }) => [file, text]));
  const again = await fixFiles(
    (changed) => lintOver(new Map([...now, ...changed])),
    (file) => now.get(file) ?? original(file),
  );
  expect(again).toMatchObject({ files: [], applied: [] });
}

const fixable: string[] = [];
for (const name of fixtures) if ((await linter(name)(new Map())).diagnostics.some(isSafe)) fixable.push(name);

describe.each([
  ['as it is', (text: string) => text],
  ['with CRLF', (text: string) => text.replace(/\r?\n/g, '\r\n')],
])('the safe fixes of a fixture, %s', (_, convert) => {
  it.each(fixable)('%s', async (name) => {
    await expectFixed(name, convert);
  });
});

describe('a finding has no safe fix', () => {
  it.each([
    'malformed-token-exchange-grant-type-config/invalid/block-stays-with-jwt-grant',
    'malformed-token-exchange-grant-type-config/invalid/scopes-in-one-mode',
    'malformed-token-exchange-grant-type-config/invalid/nested-stack-parameter',
  ])('that would take out what another deployment needs: %s', async (name) => {
    const { diagnostics: found } = await linter(name)(new Map());
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(isSafe)).toEqual([]);
  });
});

describe('the fixtures', () => {
  it('have safe fixes in JSON and in YAML', () => {
    const formats = fixable.flatMap((name) => glob.sync('*.{json,yaml}', { cwd: path.join(root, name) }));
    expect(formats.filter((file) => file.endsWith('.yaml')).length).toBeGreaterThan(10);
    expect(formats.filter((file) => file === 'template.json').length).toBeGreaterThan(5);
  });
});
