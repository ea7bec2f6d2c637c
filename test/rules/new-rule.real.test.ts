import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyRule } from '../../src/lint/rule.js';
import { run } from '../../src/lint/run.js';

const root = path.join(import.meta.dirname, '..', '..');
let copy: string;

function newRule(...args: string[]) {
  return spawnSync(process.execPath, ['scripts/new-rule.js', ...args], { cwd: copy, encoding: 'utf8' });
}

function read(...parts: string[]): string {
  return readFileSync(path.join(copy, ...parts), 'utf8');
}

beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'new-rule-'));
  mkdirSync(path.join(copy, 'fixtures'));
  for (const part of ['scripts', 'rules', 'package.json', 'biome.json', 'tsconfig.json']) {
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  }
  for (const part of ['src', 'node_modules']) {
    symlinkSync(path.join(root, part), path.join(copy, part), 'junction');
  }
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('npm run new-rule', () => {
  it.each([
    [[], 'one rule id is needed'],
    [['one-rule', 'another-rule'], 'one rule id is needed'],
    [['OneRule'], 'the id OneRule is not in kebab-case'],
    [['../rule'], 'the id ../rule is not in kebab-case'],
    [['invalid-grant-type'], 'rules/invalid-grant-type.ts is there already'],
  ])('refuses %j', (args, problem) => {
    const before = read('rules', 'index.ts');
    expect(newRule(...args)).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `${problem}; usage: npm run new-rule -- my-rule-id\n`,
    });
    expect(read('rules', 'index.ts')).toBe(before);
  });

  describe('with a new id', () => {
    let catalogue: readonly AnyRule[];
    let before: string;
    let output: ReturnType<typeof newRule>;

    beforeAll(async () => {
      before = read('rules', 'index.ts');
      output = newRule('name-of-the-rule');
      // Its src is that of the tests: what the rules find, the run recognizes.
      catalogue = (await import(/* @vite-ignore */ path.join(copy, 'rules', 'index.ts'))).builtInRules;
    });

    it('says what is left to do', () => {
      expect(output).toMatchObject({ status: 0, stderr: '' });
      expect(output.stdout).toContain('Made rules/name-of-the-rule.ts');
      for (const word of [
        'TODO',
        'docs/writing-rules.md',
        'fixtures/README.md',
        'npm run generate',
        'npm test',
      ]) {
        expect(output.stdout).toContain(word);
      }
    });

    it('puts the rule into the catalogue, before the rules about files', () => {
      const ids = catalogue.map(({ id }) => id);
      expect(ids.indexOf('name-of-the-rule')).toBe(ids.indexOf('template-unreadable') - 1);
      expect(ids.length).toBe([...before.matchAll(/^import \{/gm)].length + 1);
    });

    it('keeps the imports in order and the file formatted', () => {
      const imports = [...read('rules', 'index.ts').matchAll(/^import .* from '\.\/(.*)';$/gm)].map(
        ([, file]) => file,
      );
      expect(imports).toEqual([...imports].sort());
      const biome = path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
      const files = ['rules/name-of-the-rule.ts', 'rules/index.ts'];
      const args = [biome, 'check', '--vcs-enabled=false', ...files];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
      expect(status, stdout + stderr).toBe(0);
    });

    it.each(['valid', 'invalid'])('makes a rule that fits its %s fixture', async (kind) => {
      const cwd = path.join(copy, 'fixtures', 'name-of-the-rule', kind, 'example');
      const expected = JSON.parse(readFileSync(path.join(cwd, 'expected.json'), 'utf8'));
      const { report } = await run(
        { cwd, files: ['.'], ignore: ['expected.json'] },
        { rules: catalogue, url: () => 'https://example.com' },
      );
      const found = report.diagnostics.map(({ ruleId, messageKey, severity, file, resource, range }) => ({
        ...{ ruleId, messageKey, severity, file, resource, line: range.start.line },
        at: lineOf(path.join(cwd, file), range.start.line).slice(
          range.start.column - 1,
          range.end.column - 1,
        ),
      }));
      expect(found).toEqual(expected.findings);
      expect(report.summary.tokenExchange).toEqual(expected.tokenExchange);
    });

    it('does not make it twice', () => {
      expect(newRule('name-of-the-rule').status).toBe(2);
    });
  });
});

function lineOf(file: string, line: number): string {
  return readFileSync(file, 'utf8').split('\n')[line - 1] ?? '';
}
