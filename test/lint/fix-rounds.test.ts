import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixFiles, type LintOnce } from '../../src/lint/fix-rounds.js';
import type { Diagnostic, TextEdit } from '../../src/lint/result.js';
import { holds } from '../samples.js';

/** A finding with a fix that puts `text` in the place of the columns from `start` to `end` of line 1. */
function finding(start: number, end: number, text: string, changes: Partial<Diagnostic> = {}): Diagnostic {
  const file = changes.file ?? 't.yaml';
  const range = { start: { line: 1, column: start }, end: { line: 1, column: end } };
  const edits: TextEdit[] = [{ file, range, text }];
  return {
    ruleId: 'rule',
    messageKey: 'key',
    data: {},
    severity: 'error',
    consequence: null,
    message: '',
    help: '',
    url: '',
    file,
    range,
    resource: null,
    constructPath: null,
    path: [start],
    scenario: null,
    environments: null,
    source: null,
    related: [],
    fix: { title: 'Fix it', safety: 'safe', edits },
    ...changes,
  };
}

/** A text that cannot be read. */
const BROKEN = '{';

/** Runs the fixes on one file whose linter sees only the text. */
async function run(
  original: string,
  lint: (text: string) => readonly Diagnostic[],
  options: Parameters<typeof fixFiles>[2] = {},
) {
  let calls = 0;
  const once: LintOnce = async (texts) => {
    calls++;
    const text = texts.get('t.yaml') ?? original;
    const status = text === BROKEN ? 'failed' : 'checked';
    return { diagnostics: lint(text), files: [{ path: 't.yaml', status, reason: null }] };
  };
  const textOf = (file: string) => (file === 't.yaml' ? original : undefined);
  const outcome = await fixFiles(once, textOf, options);
  return { ...outcome, calls, text: outcome.files[0]?.text ?? original };
}

/** Finds each `x`, one finding each, to be turned into `y`. */
const eachX = (text: string): Diagnostic[] =>
  [...text.matchAll(/x/g)].map(({ index }) => finding(index + 1, index + 2, 'y'));

describe('fixFiles', () => {
  it('fixes all, neighbours in a second round, and lints the result', async () => {
    const outcome = await run('x x=x', eachX);
    expect(outcome.files).toEqual([{ file: 't.yaml', original: 'x x=x', text: 'y y=y' }]);
    expect(outcome).toMatchObject({ applied: { length: 3 }, diagnostics: [], calls: 3 });
  });

  it('goes past what does not fit beside the others of a round', async () => {
    expect((await run('xx x', eachX, { maxRounds: 1 })).text).toBe('yx y');
  });

  it('has nothing to do where nothing can be fixed', async () => {
    expect(await run('a', () => [finding(1, 2, 'b', { fix: null })])).toMatchObject({
      files: [],
      applied: [],
      calls: 1,
    });
  });

  it('leaves unsafe fixes alone', async () => {
    const [unsafe] = eachX('x').map((one) => ({
      ...one,
      fix: one.fix && { ...one.fix, safety: 'unsafe' as const },
    }));
    expect(await run('x', () => (unsafe ? [unsafe] : []))).toMatchObject({ files: [], applied: [] });
  });

  it('applies unsafe fixes where they are wanted', async () => {
    const unsafeX = (text: string) =>
      eachX(text).map((one) => ({ ...one, fix: one.fix && { ...one.fix, safety: 'unsafe' as const } }));
    expect(await run('x x', unsafeX, { suggested: true })).toMatchObject({
      text: 'y y',
      applied: { length: 2 },
    });
  });

  it('does not try a fix again that did not help', async () => {
    // The finding stays whatever the text is, and its fix makes the text longer each time.
    const outcome = await run('ab', () => [finding(1, 1, 'z')]);
    expect(outcome).toMatchObject({ text: 'zab', calls: 2 });
  });

  it('ends when two fixes undo each other', async () => {
    const outcome = await run('a', (text) => [finding(1, 2, text === 'a' ? 'b' : 'a')]);
    expect(outcome).toMatchObject({ files: [], calls: 3 });
  });

  it('ends after the given number of rounds', async () => {
    const outcome = await run('a', (text) => [finding(1, 1, 'z', { path: [text.length] })], { maxRounds: 4 });
    expect(outcome).toMatchObject({ text: 'zzzza', calls: 5, applied: { length: 4 } });
  });

  it('takes back a round that breaks the file', async () => {
    const outcome = await run('x', (text) => (text === 'x' ? [finding(1, 2, BROKEN)] : []));
    expect(outcome).toMatchObject({ files: [], applied: [] });
    expect(outcome.diagnostics[0]?.ruleId).toBe('rule');
  });

  it('applies a fix of several files in all of them or in none', async () => {
    const at = (file: string): TextEdit => {
      return { file, range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } }, text: 'Y' };
    };
    const both = finding(1, 2, '', { fix: { title: 'Fix both', safety: 'safe', edits: [at('a'), at('b')] } });
    const first = finding(1, 2, 'Z', { file: 'a', ruleId: 'other' });
    const texts: ReadonlyMap<string, string> = new Map([
      ['a', 'x'],
      ['b', 'x'],
    ]);
    const lint =
      (found: Diagnostic[]): LintOnce =>
      async (now) => ({ diagnostics: now.size === 0 ? found : [], files: [] });
    const textOf = (file: string) => texts.get(file);
    expect((await fixFiles(lint([both]), textOf)).files.map(({ text }) => text)).toEqual(['Y', 'Y']);
    const inTheWay = await fixFiles(lint([first, both]), textOf);
    expect(inTheWay.files).toEqual([{ file: 'a', original: 'x', text: 'Z' }]);
    expect((await fixFiles(lint([both]), (file) => (file === 'a' ? 'x' : undefined))).files).toEqual([]);
  });

  it('counts lines as reports do: CRLF, a byte order mark', async () => {
    const original = '\uFEFFx\r\nx\r\n';
    const outcome = await run(original, (text) =>
      [...text.matchAll(/x/g)].map(({ index }) => {
        const line = text.slice(0, index).split('\n').length;
        const range = { start: { line, column: 1 }, end: { line, column: 2 } };
        const edits = [{ file: 't.yaml', range, text: 'y' }];
        return finding(1, 2, 'y', { range, path: [line], fix: { title: 'Fix it', safety: 'safe', edits } });
      }),
    );
    expect(outcome.text).toBe('\uFEFFy\r\ny\r\n');
  });

  it('always ends, whatever the linter says', async () => {
    const random = fc.array(fc.tuple(fc.nat(12), fc.nat(4), fc.string({ maxLength: 4 })), { maxLength: 6 });
    const property = fc.asyncProperty(
      fc.string({ maxLength: 12 }),
      fc.array(random, { minLength: 1, maxLength: 5 }),
      async (text, plans) => {
        let call = 0;
        const { calls } = await run(text, () =>
          (plans[call++ % plans.length] ?? []).map(([start, length, to]) =>
            finding(start + 1, start + 1 + length, to),
          ),
        );
        expect(calls).toBeLessThanOrEqual(11);
      },
    );
    await holds(property);
  });
});
