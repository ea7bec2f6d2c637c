import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directory, INSTALLATION, Project, ROOT, shellEnvironment } from './project.js';
import { REPOSITORY, recipe } from './recipes.js';
import { gateway, identity } from './templates.js';

const OPT_OUT = 'CFN_TX_LINT_SKIP_PRE_COMMIT';

const temporary = directory();
afterAll(temporary.remove);

const clone = path.join(temporary.path, 'clone');
const environment = { PRE_COMMIT_HOME: path.join(temporary.path, 'pre-commit-home') };

/** The recipe as it stands, but for the address and the version of what is not published yet. */
function here(text: string): string {
  const rev = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: clone, encoding: 'utf8' }).stdout.trim();
  return text.replaceAll(REPOSITORY, `file://${clone}`).replaceAll(/rev: v[\d.]+/g, `rev: ${rev}`);
}

function project(name: string, files: Readonly<Record<string, string>>): Project {
  const made = new Project(path.join(temporary.path, name), environment);
  made.commit(files);
  return made;
}

describe.skipIf(process.env[OPT_OUT] === '1')('the hook for pre-commit', { timeout: INSTALLATION }, () => {
  beforeAll(() => {
    const { error } = spawnSync('pre-commit', ['--version']);
    if (error) {
      throw new Error(
        `These tests need pre-commit: apt-get install pre-commit, or pipx install pre-commit. ${OPT_OUT}=1 leaves them out.`,
      );
    }
    // A fresh clone of what is committed: no dist/, no node_modules/.
    spawnSync('git', ['clone', '--quiet', ROOT, clone], { env: shellEnvironment() });
  }, INSTALLATION);

  it('fails with try-repo on a changed target whose provider has not changed', () => {
    const bad = project('bad', {
      'identity.yaml': identity({ exchanges: false }),
      'gateway.yaml': gateway(),
    });
    bad.stage({ 'gateway.yaml': gateway('write') });
    const { status, stdout } = bad.run('bash', '-c', here(recipe('hooks.md', /try-repo/)));
    expect(stdout).toContain('gateway.yaml:24:26  error  token-exchange-without-config');
    expect(stdout).toContain('in identity.yaml:14:12');
    expect(stdout).toContain('1 error in 1 file\n');
    expect(status).toBe(1);
  });

  it('passes with try-repo on a good one', () => {
    const good = project('good', {
      'identity.yaml': identity({ exchanges: true }),
      'gateway.yaml': gateway(),
    });
    good.stage({ 'gateway.yaml': gateway('write') });
    const { status, stdout } = good.run('bash', '-c', here(recipe('hooks.md', /try-repo/)));
    expect(stdout).toContain('No problems in 1 file\n  token exchange: 1 verified, 0 failed, 0 unverified');
    expect(status).toBe(0);
  });

  it('guards commits where it is configured, and says nothing of files that are no templates', () => {
    const configured = project('configured', {
      '.pre-commit-config.yaml': here(recipe('hooks.md', /- id: cfn-tx-lint\n$/)),
      'identity.yaml': identity({ exchanges: false }),
    });
    configured.succeed('pre-commit', 'install');
    const commit = () => configured.run('git', 'commit', '--message', 'A change');

    configured.stage({ 'gateway.yaml': gateway() });
    const refused = commit();
    expect(refused.all).toContain('token-exchange-without-config');
    expect(refused.status).toBe(1);

    configured.stage({ 'identity.yaml': identity({ exchanges: true }) });
    const accepted = commit();
    expect(accepted.all).toMatch(/cfn-tx-lint\.+Passed/);
    expect(accepted.status).toBe(0);

    configured.stage({ 'package.json': '{ "name": "x" }', 'notes.yaml': 'a: b', 'broken.json': '{' });
    const { status, all } = configured.run('pre-commit', 'run', '--verbose');
    expect(all).toMatch(/^cfn-tx-lint\.+Passed\n- hook id: cfn-tx-lint\n- duration: [\d.]+s\n\n?$/);
    expect(status).toBe(0);
  });

  it('takes options', () => {
    const strict = project('strict', {
      '.pre-commit-config.yaml': here(recipe('hooks.md', /args: \[/)),
      'templates/ok.yaml': 'Resources: {}',
    });
    strict.stage({ 'gateway.yaml': gateway(), 'templates/drafts/gateway.yaml': gateway() });
    expect(strict.run('pre-commit', 'run').all).toMatch(/cfn-tx-lint\.+\(no files to check\)Skipped/);
    strict.stage({ 'templates/gateway.yaml': gateway() });
    const { status, all } = strict.run('pre-commit', 'run');
    expect(all).toContain('templates/gateway.yaml:22:28  error  provider-unresolved');
    expect(all).toContain('in 1 file');
    expect(status).toBe(1);
  });
});
