import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, linkSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../config/temporary.js';
import { GATEWAY_YAML, oauthYaml, providerYaml, targetYaml } from '../yaml-base.js';

const PROGRAM = fileURLToPath(new URL('../../bin/cfn-tx-lint.js', import.meta.url));

/** The built program on these arguments. The caller's colours and workflow do not reach it. */
function call(
  cwd: string,
  args: readonly string[],
  given: { input?: string; env?: Record<string, string> } = {},
) {
  const { FORCE_COLOR, NO_COLOR, GITHUB_ACTIONS, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd,
    encoding: 'utf8',
    input: given.input ?? '',
    env: { ...env, ...given.env },
  });
  return { status, stdout, stderr };
}

/** A gateway target that exchanges at a provider which is set up for it; `grant` is what the target asks for. */
function template(grant = 'TOKEN_EXCHANGE'): string {
  const gateway = GATEWAY_YAML.replace(/RoleArn: .*/, 'RoleArn: !Ref RoleArn');
  const credentials = oauthYaml({ grant: `GrantType: ${grant} # what the target asks for` });
  return `Resources:\n${gateway}${providerYaml()}${targetYaml(credentials)}Parameters:\n  RoleArn: { Type: String }\n`;
}

const CLEAN = template();
const FIXABLE = template('token_exchange');

describe('the program', () => {
  it('finds nothing in a clean template', () => {
    const { status, stdout, stderr } = call(temporaryDirectory({ 'a.yaml': CLEAN }), ['a.yaml']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('1 verified, 0 failed, 0 unverified');
  });

  it('notes a context that matches nothing, and goes on', () => {
    const cwd = temporaryDirectory({ 'a.yaml': CLEAN });
    const args = ['--context', 'no/*.yaml', 'a.yaml'];
    const note = 'cfn-tx-lint: no file matches the context no/*.yaml\n';
    expect(call(cwd, args)).toMatchObject({ status: 0, stderr: note });
    expect(call(cwd, [...args, '--quiet'])).toMatchObject({ status: 0, stderr: '' });
  });

  it('reports on standard output alone and fails', () => {
    const cwd = temporaryDirectory({ 'a.yaml': FIXABLE });
    const { status, stdout, stderr } = call(cwd, ['--format', 'json', 'a.yaml']);
    expect([status, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout).diagnostics).toMatchObject([
      { ruleId: 'invalid-grant-type', resource: 'Target' },
    ]);
  });

  it('works from another directory and finds templates by itself', () => {
    const cwd = temporaryDirectory({ 'a/b.yaml': FIXABLE, 'node_modules/x/c.yaml': FIXABLE, 'd.json': {} });
    const { status, stdout } = call(cwd, ['--format=json']);
    expect(status).toBe(1);
    const checked = JSON.parse(stdout).files.filter((file: { status: string }) => file.status === 'checked');
    expect(checked).toEqual([{ path: 'a/b.yaml', status: 'checked', reason: null }]);
  });

  it('writes a report over that of the run before, and over no template', () => {
    const cwd = temporaryDirectory({ 'a.yaml': CLEAN });
    const args = ['--format', 'json', '--output', 'report.json'];
    expect(call(cwd, args).status).toBe(0);
    writeFileSync(path.join(cwd, 'a.yaml'), FIXABLE);
    expect(call(cwd, args).status).toBe(1);
    expect(JSON.parse(readFileSync(path.join(cwd, 'report.json'), 'utf8')).summary.errors).toBe(1);
    expect(call(cwd, ['--output', 'a.yaml'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('cannot write a.yaml: it is one of the files that the run reads'),
    });
  });

  it('reads standard input', () => {
    const args = ['--format=json', '--stdin-filename', 'editor/a.yaml', '-'];
    const { status, stdout } = call(temporaryDirectory(), args, { input: FIXABLE });
    expect(status).toBe(1);
    expect(JSON.parse(stdout).diagnostics).toMatchObject([{ file: 'editor/a.yaml' }]);
  });

  it.each([
    [['--nope']],
    [['missing.yaml']],
    [['--config', 'missing.json', 'a.yaml']],
    [['--parameters', 'missing.json', 'a.yaml']],
    [['--rule', 'no-rule=off', 'a.yaml']],
  ])('ends with 2 for %j', (args) => {
    const { status, stdout, stderr } = call(temporaryDirectory({ 'a.yaml': CLEAN }), args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^cfn-tx-lint: /);
  });

  it('suggests a command for a word that is no file', () => {
    const { status, stderr } = call(temporaryDirectory({ 'a.yaml': CLEAN }), ['grahp']);
    expect(status).toBe(2);
    expect(stderr).toContain('did you mean the command graph?');
    expect(call(temporaryDirectory(), ['grahp.yaml']).stderr).not.toContain('command');
  });

  it('takes its settings from a configuration', () => {
    const cwd = temporaryDirectory({
      'a.yaml': FIXABLE,
      'cfn-tx-lint.config.yaml': 'rules:\n  invalid-grant-type: warning\n',
    });
    expect(call(cwd, ['a.yaml']).status).toBe(0);
    expect(call(cwd, ['--max-warnings=0', 'a.yaml']).status).toBe(1);
    expect(call(cwd, ['--no-config', 'a.yaml']).status).toBe(1);
    expect(call(cwd, ['--rule=invalid-grant-type=error', 'a.yaml']).status).toBe(1);
  });

  it('tells why the only file was skipped', () => {
    const { status, stderr } = call(temporaryDirectory({ 'package.json': { name: 'x' } }), ['package.json']);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^cfn-tx-lint: nothing was checked: package\.json: /);
  });

  it('names only the skipped files that could not be read', () => {
    const cwd = temporaryDirectory({
      'a.yaml': CLEAN,
      'package.json': {},
      'notes.yaml': 'a: b',
      'empty.yaml': '',
      'empty.json': '',
      'broken.json': '{',
    });
    const { stdout } = call(cwd, []);
    expect(stdout.match(/^skipped .*/gm)).toEqual([expect.stringMatching(/^skipped broken\.json: /)]);
  });

  it('draws the graph into a job summary', () => {
    const cwd = temporaryDirectory({ 'a.yaml': FIXABLE });
    call(cwd, ['--report', 'job-summary=summary.md', 'a.yaml']);
    const summary = readFileSync(path.join(cwd, 'summary.md'), 'utf8');
    expect(summary).toContain('| error | <code>a.yaml&#58;');
    expect(summary).toMatch(/```mermaid\nflowchart [\s\S]*Target/);
  });

  it('keeps its exit status when nobody reads on', () => {
    const cwd = temporaryDirectory({ 'a.yaml': FIXABLE });
    const script = `"$0" "$1" --format=json a.yaml | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, PROGRAM], {
      cwd,
      encoding: 'utf8',
    });
    expect([stdout.trim(), stderr]).toEqual(['1', '']);
  });

  it('writes a long report whole into a slow pipe', () => {
    const cwd = temporaryDirectory();
    for (let index = 0; index < 150; index++) writeFileSync(path.join(cwd, `${index}.yaml`), FIXABLE);
    const script = `"$0" "$1" --format=json . | (sleep 1; cat)`;
    const { stdout } = spawnSync('bash', ['-c', script, process.execPath, PROGRAM], {
      cwd,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    expect(stdout.length).toBeGreaterThan(100_000);
    expect(JSON.parse(stdout).summary.errors).toBe(150);
  });

  it('shows a page and lists the rules', () => {
    const cwd = temporaryDirectory();
    const { status, stdout } = call(cwd, ['rules', '--format=json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).rules.map(({ id }: { id: string }) => id)).toContain('invalid-grant-type');
    expect(call(cwd, ['--version']).stdout).toBe(
      `${JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version}\n`,
    );
  });
});

describe('fixes', () => {
  it('are written, and nothing else', () => {
    const cwd = temporaryDirectory({ 'a.yaml': FIXABLE });
    const { status, stderr } = call(cwd, ['--fix', 'a.yaml']);
    expect([status, stderr]).toEqual([0, 'cfn-tx-lint: 1 fix applied to 1 file\n']);
    expect(readFileSync(path.join(cwd, 'a.yaml'), 'utf8')).toBe(CLEAN);
    expect(readdirSync(cwd)).toEqual(['a.yaml']);
  });

  it('pass over a file with hard links, say so, and count what was written', () => {
    const cwd = temporaryDirectory({ 'a.yaml': FIXABLE, 'b.yaml': FIXABLE });
    linkSync(path.join(cwd, 'a.yaml'), path.join(cwd, 'kept'));
    const { stderr } = call(cwd, ['--fix', 'a.yaml', 'b.yaml']);
    expect(stderr).toBe(
      'cfn-tx-lint: a.yaml was left as it is: it has other names (hard links), which would keep the old text\n' +
        'cfn-tx-lint: 1 fix applied to 1 file\n',
    );
    expect(readFileSync(path.join(cwd, 'a.yaml'), 'utf8')).toBe(FIXABLE);
    expect(readFileSync(path.join(cwd, 'b.yaml'), 'utf8')).toBe(CLEAN);
  });

  it('are shown as a diff that can be applied', () => {
    const cwd = temporaryDirectory({ 'a.yaml': FIXABLE });
    const { status, stdout } = call(cwd, ['--fix-dry-run', 'a.yaml']);
    expect(status).toBe(1);
    expect(readFileSync(path.join(cwd, 'a.yaml'), 'utf8')).toBe(FIXABLE);
    const patch = spawnSync('git', ['apply', '-'], { cwd, input: stdout, encoding: 'utf8' });
    expect([patch.status, patch.stderr]).toEqual([0, '']);
    expect(readFileSync(path.join(cwd, 'a.yaml'), 'utf8')).toBe(CLEAN);
  });

  it('leave the report alone when its format was asked for', () => {
    const cwd = temporaryDirectory({ 'a.yaml': FIXABLE });
    const { stdout, stderr } = call(cwd, ['--fix-dry-run', '--format=json', 'a.yaml']);
    expect(JSON.parse(stdout).summary.errors).toBe(1);
    expect(stderr).toContain('+++ b/a.yaml');
  });

  it('are shown so that no CI log obeys them, and can still be applied', () => {
    const before = FIXABLE.replaceAll('\n', '\r\n').replace('token_exchange', 'token_exchange\t');
    const given = before.replace('# what', '##[group] what');
    const cwd = temporaryDirectory({ 'a.yaml': given });
    const hostile = call(cwd, ['--fix-dry-run', 'a.yaml']).stdout;
    expect(hostile).toContain('##\\u{5b}group] what');
    writeFileSync(path.join(cwd, 'a.yaml'), before);
    const { stdout } = call(cwd, ['--fix-dry-run', 'a.yaml']);
    const patch = spawnSync('git', ['apply', '-'], { cwd, input: stdout, encoding: 'utf8' });
    expect([patch.status, patch.stderr]).toEqual([0, '']);
  });

  it('are said to be none, with what was found, rather than nothing at all', () => {
    const cwd = temporaryDirectory({ 'a.yaml': FIXABLE.replace('token_exchange', 'something_else') });
    const { status, stdout, stderr } = call(cwd, ['--fix-dry-run', 'a.yaml']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^cfn-tx-lint: no safe fixes; 1 error in 1 file\n$/);
    expect(call(cwd, ['--fix-dry-run', '--quiet', 'a.yaml']).stderr).toBe('');
    const both = call(cwd, ['--fix-suggested', '--fix-dry-run', 'a.yaml']);
    expect(both.stderr).toMatch(/^cfn-tx-lint: no fixes; 1 error in 1 file\n$/);
  });

  it('do nothing to a clean template', () => {
    const cwd = temporaryDirectory({ 'a.yaml': CLEAN });
    expect(call(cwd, ['--fix', 'a.yaml'])).toMatchObject({ status: 0, stderr: '' });
    expect(call(cwd, ['--fix-dry-run', 'a.yaml'])).toMatchObject({ status: 0, stdout: '' });
  });

  it('of a file that may not be written end with 2', () => {
    const cwd = temporaryDirectory({ 'a.yaml': FIXABLE });
    chmodSync(path.join(cwd, 'a.yaml'), 0o444);
    chmodSync(cwd, 0o555);
    // Nothing is forbidden to root, so the program runs as nobody there.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, '--fix', 'a.yaml'], {
      cwd,
      encoding: 'utf8',
      ...nobody,
    });
    chmodSync(cwd, 0o755);
    expect(status).toBe(2);
    expect(stderr).toContain('cannot write a.yaml: no permission to write there');
  });
});

describe('watching', () => {
  it('follows the folders of parameters, and of what a template deploys and takes in', async () => {
    const include =
      '  Child: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: nested/b.yaml } }\n';
    const parts = '  Fn::Transform: { Name: AWS::Include, Parameters: { Location: parts/c.json } }\n';
    const template = FIXABLE.replace('Resources:\n', `Resources:\n${include}${parts}`);
    const cwd = temporaryDirectory({
      'a.yaml': `${template}  Stage: { Type: String }\n`,
      'nested/b.yaml': 'Resources: {}\n',
      'parts/c.json': {},
      'given/all.json': { Stage: 'x' },
      'configured/prod.json': { Other: 'x' },
      'cfn-tx-lint.config.json': { environments: { prod: 'configured/prod.json' } },
    });
    const child = spawn(process.execPath, [PROGRAM, 'a.yaml', '--watch', '--parameters', 'given/all.json'], {
      cwd,
    });
    let said = '';
    const until = async (done: () => boolean) => {
      while (!done()) {
        expect(child.exitCode).toBeNull();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    child.stdout.resume();
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const waiting = () => said.split('waiting for changes').length - 1;
    await until(() => waiting() === 1);
    const watched = ['given/all.json', 'configured/prod.json', 'nested/b.yaml', 'parts/c.json'];
    for (const [count, file] of watched.entries()) {
      writeFileSync(path.join(cwd, file), JSON.stringify(file === 'parts/c.json' ? {} : { Stage: 'y' }));
      await until(() => said.includes(`${file} changed`) && waiting() === count + 2);
    }
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('lints again after a change, survives a wrong configuration and ends on Ctrl-C', async () => {
    const cwd = temporaryDirectory({ 'a.yaml': FIXABLE });
    const child = spawn(process.execPath, [PROGRAM, '--watch', '--format=json', '--output=r.json'], { cwd });
    let said = '';
    const waiting = () => said.split('waiting for changes').length - 1;
    const until = async (done: () => boolean) => {
      while (!done()) {
        expect(child.exitCode).toBeNull();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const errors = () => JSON.parse(readFileSync(path.join(cwd, 'r.json'), 'utf8')).summary.errors;

    await until(() => waiting() === 1);
    expect(errors()).toBe(1);
    writeFileSync(path.join(cwd, 'a.yaml'), CLEAN);
    await until(() => waiting() === 2);
    expect(errors()).toBe(0);
    writeFileSync(path.join(cwd, 'cfn-tx-lint.config.json'), '{');
    await until(() => said.includes('cfn-tx-lint.config.json:1:') && waiting() === 3);

    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(existsSync(path.join(cwd, 'r.json'))).toBe(true);
  });
});
