import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');
const ids = ['actor-token-unspecified', 'template-unreadable', 'invalid-suppression'];

/** A catalogue of a few rules: their fixtures are linted for each run. */
const index = `import { actorTokenUnspecified } from './actor-token-unspecified.js';
import { invalidSuppression } from './invalid-suppression.js';
import { templateUnreadable } from './template-unreadable.js';

export const builtInRules = [actorTokenUnspecified, templateUnreadable, invalidSuppression];
export const ruleUrl = (id: string) => \`https://example.com/\${id}\`;
`;

let copy: string;

beforeEach(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'generate-pages-'));
  cpSync(path.join(root, 'scripts'), path.join(copy, 'scripts'), { recursive: true });
  for (const part of ['package.json', ...ids.flatMap((id) => [`rules/${id}.ts`, `fixtures/${id}`])]) {
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  }
  writeFileSync(path.join(copy, 'rules', 'index.ts'), index);
  for (const part of ['src', 'node_modules']) {
    symlinkSync(path.join(root, part), path.join(copy, part), 'junction');
  }
});

afterEach(() => rmSync(copy, { recursive: true, force: true }));

function generate(...flags: string[]) {
  const args = ['scripts/generate.js', 'pages', ...flags];
  return spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
}

const page = (name: string) => path.join(copy, 'rules', `${name}.md`);

describe('node scripts/generate.js pages', () => {
  it('writes what the check then finds fresh', () => {
    expect(generate()).toMatchObject({ status: 0, stderr: '' });
    for (const id of ids) expect(readFileSync(page(id), 'utf8')).toContain(`# ${id}\n`);
    expect(readFileSync(page('README'), 'utf8')).toContain('](invalid-suppression.md)');
    expect(generate('--check')).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('tells stale, missing and orphaned pages, leaves them, and mends them when asked', () => {
    generate();
    const fresh = readFileSync(page('actor-token-unspecified'), 'utf8');
    writeFileSync(page('actor-token-unspecified'), 'stale\n');
    rmSync(page('README'));
    writeFileSync(page('no-such-rule'), 'orphaned\n');
    const check = generate('--check');
    expect(check.status).toBe(1);
    expect(check.stderr).toBe(
      [
        'rules/actor-token-unspecified.md is stale: run `node scripts/generate.js` and commit what it writes.',
        'rules/README.md is stale: run `node scripts/generate.js` and commit what it writes.',
        'rules/no-such-rule.md is the page of no rule: `node scripts/generate.js` removes it.',
        '',
      ].join('\n'),
    );
    expect(readFileSync(page('actor-token-unspecified'), 'utf8')).toBe('stale\n');
    expect([existsSync(page('README')), existsSync(page('no-such-rule'))]).toEqual([false, true]);
    expect(generate().status).toBe(0);
    expect(readFileSync(page('actor-token-unspecified'), 'utf8')).toBe(fresh);
    expect([existsSync(page('README')), existsSync(page('no-such-rule'))]).toEqual([true, false]);
  });

  it('fails for a rule without the fixtures of its page', () => {
    rmSync(path.join(copy, 'fixtures', 'actor-token-unspecified', 'valid'), { recursive: true });
    const { status, stderr } = generate('--check');
    expect(status).toBe(1);
    expect(stderr).toContain('actor-token-unspecified/valid/specified, which stands on a rule');
  });

  it('fails for a failing example that passes', () => {
    const fixtures = path.join(copy, 'fixtures', 'actor-token-unspecified');
    cpSync(path.join(fixtures, 'valid', 'specified'), path.join(fixtures, 'invalid', 'unspecified'), {
      recursive: true,
    });
    const { status, stderr } = generate('--check');
    expect(status).toBe(1);
    expect(stderr).toContain('must have findings of it alone: nothing');
  });
});
