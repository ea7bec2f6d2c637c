import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

describe('node scripts/generate.js shapes', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  let copy: string;

  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'generate-'));
    for (const part of ['scripts/generate.js', 'src/spec', 'package.json']) {
      cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  const run = (...flags: string[]) =>
    spawnSync(process.execPath, ['scripts/generate.js', 'shapes', ...flags], { cwd: copy, encoding: 'utf8' });
  const generated = () => join(copy, 'src/spec/generated.ts');

  it('finds the committed file fresh', () => {
    expect(run('--check')).toMatchObject({ status: 0, stderr: '' });
  });

  it('tells a stale file, leaves it, and mends it when asked', () => {
    const fresh = readFileSync(generated(), 'utf8');
    const stale = fresh.replace('CLIENT_CREDENTIALS', 'CLIENT_SECRETS');
    writeFileSync(generated(), stale);
    const check = run('--check');
    expect(check.status).toBe(1);
    expect(check.stderr).toContain('node scripts/generate.js');
    expect(readFileSync(generated(), 'utf8')).toBe(stale);
    execFileSync(process.execPath, ['scripts/generate.js', 'shapes'], { cwd: copy });
    expect(readFileSync(generated(), 'utf8')).toBe(fresh);
  });

  it('tells a missing file and does not write it', () => {
    rmSync(generated());
    expect(run('--check').status).toBe(1);
    expect(() => readFileSync(generated())).toThrow(/ENOENT/);
  });

  it('refuses an argument it does not know', () => {
    expect(run('--chekc').status).toBe(2);
  });
});
