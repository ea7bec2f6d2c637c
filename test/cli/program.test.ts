import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { program } from '../../src/cli/program.js';
import { UsageError } from '../../src/discover/usage-error.js';
import type { Severity } from '../../src/lint/result.js';
import type { Picture } from '../../src/picture/picture.js';
import { FORMAT_NAMES, tellsHeldBack } from '../../src/report/index.js';
import { temporaryDirectory } from '../config/temporary.js';
import { fakeLinter, fakeSurroundings, finding, result } from './fake.js';

type Given = Parameters<typeof fakeSurroundings>[0] & {
  outcome?: Parameters<typeof fakeLinter>[0];
  picture?: Parameters<typeof fakeLinter>[1];
};

const PICTURE: Given['picture'] = {
  version: 1,
  environments: [],
  stacks: [],
  nodes: [{ id: 'a' } as Picture['nodes'][number]],
  edges: [],
  findings: [],
};

async function call(argv: readonly string[], { outcome, picture, ...given }: Given = {}) {
  const { surroundings, written } = fakeSurroundings({
    cwd: temporaryDirectory({ '.git/HEAD': '' }),
    ...given,
  });
  const { linter, asked } = fakeLinter(outcome, picture);
  const status = await program(argv, surroundings, linter);
  return { status, asked, ...written };
}

describe('the exit status', () => {
  it.each([
    ['nothing found', [], result(), 0],
    ['an error', [], result([finding('error')]), 1],
    ['warnings', [], result([finding('warning'), finding('info')]), 0],
    ['as many warnings as allowed', ['--max-warnings', '1'], result([finding('warning')]), 0],
    ['more warnings than allowed', ['--max-warnings', '0'], result([finding('warning')]), 1],
    ['the same, told quietly', ['--max-warnings=0', '--quiet'], result([finding('warning')]), 1],
    [
      'a rule that threw',
      [],
      result([finding('error')], { internalErrors: [{ ruleId: 'x', message: 'y' }] }),
      3,
    ],
  ])('for %s', async (_case, argv, outcome, status) => {
    expect((await call([...argv, 'a.yaml'], { outcome })).status).toBe(status);
  });

  it('is 2 for a wrong call, told on standard error', async () => {
    const { status, stdout, stderr } = await call(['--formt', 'json']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('cfn-tx-lint: unknown option --formt; did you mean --format?');
  });

  it('is 2 when the linter refuses the call', async () => {
    const outcome = () => {
      throw new UsageError('no such file: x\u001b[2J.yaml\n::error::x');
    };
    const { status, stderr } = await call(['x.yaml'], { outcome });
    expect(status).toBe(2);
    expect(stderr).toContain('no such file: x\\u{1b}[2J.yaml');
    expect(stderr).not.toMatch(/^\s*::/m);
  });

  it('is 3 for a fault of the program, which says so and shows no credential', async () => {
    const outcome = () => {
      throw new TypeError('x is not a function AKIAIOSFODNN7EXAMPLE');
    };
    const { status, stdout, stderr } = await call(['x.yaml'], { outcome });
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toContain('a fault of the program itself');
    expect(stderr).toContain('TypeError: x is not a function');
    expect(stderr).not.toContain('AKIAIOSFODNN7EXAMPLE');
  });

  it('names the rule that threw', async () => {
    const outcome = result([], { internalErrors: [{ ruleId: 'own-rule', message: 'boom' }] });
    expect((await call(['a.yaml'], { outcome })).stderr).toContain('a fault of the rule own-rule: boom');
  });
});

describe('the options of a run', () => {
  it('are those of the command line', async () => {
    const argv = [
      '--context',
      'c/*.yaml',
      '--strict',
      '--parameters',
      'Mode=obo',
      '--rule',
      'invalid-grant-type=off',
    ];
    const { asked } = await call([...argv, 'a.yaml', 'b']);
    expect(asked).toMatchObject([
      {
        files: ['a.yaml', 'b'],
        context: ['c/*.yaml'],
        strict: true,
        parameters: [{ template: undefined, values: { Mode: 'obo' } }],
        rules: { 'invalid-grant-type': 'off' },
      },
    ]);
  });

  it('leave the files out when none are named', async () => {
    const { asked } = await call([]);
    expect(asked[0]).not.toHaveProperty('files');
  });

  const CONFIG = {
    files: ['configured.yaml'],
    context: ['c.yaml'],
    ignore: ['dist'],
    parameters: { Mode: 'configured' },
    strict: true,
    rules: {
      'token-exchange-on-built-in-vendor': ['warning', { nativeVendors: [] }],
      'actor-token-unspecified': 'off',
    },
  };

  it('join the configuration, the command line first', async () => {
    const cwd = temporaryDirectory({ 'cfn-tx-lint.config.json': CONFIG });
    const argv = [
      '--parameters',
      'Mode=given',
      '--rule',
      'token-exchange-on-built-in-vendor=error',
      '--context',
      'd.yaml',
    ];
    const { asked } = await call([...argv, 'given.yaml'], { cwd });
    expect(asked).toMatchObject([
      {
        files: ['given.yaml'],
        context: ['c.yaml', 'd.yaml'],
        ignore: ['dist'],
        strict: true,
        parameters: [{ values: { Mode: 'configured' } }, { values: { Mode: 'given' } }],
        rules: {
          'token-exchange-on-built-in-vendor': ['error', { nativeVendors: [] }],
          'actor-token-unspecified': 'off',
        },
      },
    ]);
  });

  it('take the files of the configuration when none are named', async () => {
    const cwd = temporaryDirectory({ 'cfn-tx-lint.config.json': CONFIG });
    expect((await call([], { cwd })).asked).toMatchObject([{ files: ['configured.yaml'] }]);
  });

  it('leave the configuration alone when told so', async () => {
    const cwd = temporaryDirectory({ 'cfn-tx-lint.config.json': '{ broken' });
    expect((await call([], { cwd })).status).toBe(2);
    const { status, asked } = await call(['--no-config'], { cwd });
    expect(status).toBe(0);
    expect(asked[0]).toMatchObject({ strict: false, rules: {} });
  });

  it('name rules that exist', async () => {
    const { status, stderr, asked } = await call(['--rule', 'invalid-grant-typ=off', 'a.yaml']);
    expect([status, asked]).toEqual([2, []]);
    expect(stderr).toContain('unknown rule invalid-grant-typ in --rule; did you mean invalid-grant-type?');
  });

  it('name rules of plugins too', async () => {
    const cwd = temporaryDirectory({
      '.git/HEAD': '',
      'cfn-tx-lint.config.json': { plugins: ['./own.mjs'] },
      'own.mjs': "export const rules = [{ id: 'own-rule', severity: 'error', messages: {}, check: {} }];",
    });
    const { status, asked } = await call(['--rule', 'own-rule=error'], { cwd });
    expect(status).toBe(0);
    expect(asked).toMatchObject([
      { rules: { 'own-rule': 'error' }, plugins: [{ rules: [{ id: 'own-rule' }] }] },
    ]);
  });

  it('hold what standard input holds', async () => {
    const { asked } = await call(['-', '--stdin-filename', 'x.yaml'], { stdin: 'Resources: {}' });
    expect(asked).toMatchObject([{ files: [], stdin: { name: 'x.yaml', text: 'Resources: {}' } }]);
  });
});

describe('the report', () => {
  it('goes to standard output alone', async () => {
    const outcome = result([finding()], { notes: ['Mode is a parameter of no template'] });
    const { stdout, stderr } = await call(['--format', 'json', 'a.yaml'], { outcome });
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, summary: { errors: 1 } });
    expect(stderr).toBe('cfn-tx-lint: Mode is a parameter of no template\n');
  });

  it('is for GitHub in its workflows, when no format is given', async () => {
    const env = { GITHUB_ACTIONS: 'true' };
    const outcome = result([finding()]);
    expect((await call(['a.yaml'], { env, outcome })).stdout).toMatch(/^::error /m);
    expect((await call(['a.yaml'], { env: { GITHUB_ACTIONS: '1' }, outcome })).stdout).not.toMatch(
      /^::error /m,
    );
    expect((await call(['--format', 'json', 'a.yaml'], { env, outcome })).stdout).toMatch(/^\{/);
  });

  it('has colours on a terminal', async () => {
    const outcome = result([finding()]);
    expect((await call(['a.yaml'], { outcome, terminal: true })).stdout).toContain('\u001b[');
    expect((await call(['a.yaml'], { outcome })).stdout).not.toContain('\u001b[');
  });

  it('shows code with its secrets masked', async () => {
    const cwd = temporaryDirectory({ 'a.yaml': 'ClientSecret: hunter2-hunter2\n' });
    const { stdout } = await call(['a.yaml'], { cwd, outcome: result([finding()]) });
    expect(stdout).toContain('ClientSecret');
    expect(stdout).not.toContain('hunter2');
  });

  it('goes to a file, and a summary to standard error', async () => {
    const cwd = temporaryDirectory({ 'a.yaml': '' });
    const outcome = result([finding()]);
    const { stdout, stderr, status } = await call(
      ['--output', 'out/deep/r.json', '--format=json', 'a.yaml'],
      {
        cwd,
        outcome,
        terminal: true,
      },
    );
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('1 error in 1 file');
    expect(JSON.parse(readFileSync(path.join(cwd, 'out/deep/r.json'), 'utf8'))).toMatchObject({
      diagnostics: [{ ruleId: 'invalid-grant-type', file: 'a.yaml' }],
    });
    expect(readdirSync(path.join(cwd, 'out/deep'))).toEqual(['r.json']);
  });

  it('replaces what a link leads to', async () => {
    const cwd = temporaryDirectory({ 'real.txt': 'old' });
    symlinkSync('real.txt', path.join(cwd, 'link.txt'));
    await call(['--output', 'link.txt', 'a.yaml'], { cwd });
    expect(readFileSync(path.join(cwd, 'real.txt'), 'utf8')).toContain('No problems');
  });

  it('has no colours in a file unless they are asked for', async () => {
    const cwd = temporaryDirectory();
    await call(['--output', 'r.txt', 'a.yaml'], { cwd, terminal: true, env: { FORCE_COLOR: '1' } });
    expect(readFileSync(path.join(cwd, 'r.txt'), 'utf8')).not.toContain('\u001b[');
    await call(['--output', 'r.txt', '--color', 'a.yaml'], { cwd });
    expect(readFileSync(path.join(cwd, 'r.txt'), 'utf8')).toContain('\u001b[');
  });

  it.each([
    ['a directory', 'folder'],
    ['below a file', 'file/r.json'],
  ])('that cannot be written, %s, ends with 2 and leaves nothing behind', async (_case, output) => {
    const cwd = temporaryDirectory({ file: 'x' });
    mkdirSync(path.join(cwd, 'folder'));
    const { status, stderr } = await call(['--output', output, 'a.yaml'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain(`cannot write ${output}: `);
    expect(readdirSync(cwd).sort()).toEqual(['file', 'folder']);
    expect(readFileSync(path.join(cwd, 'file'), 'utf8')).toBe('x');
  });

  it.runIf(existsSync('/dev/full'))('that finds the disk full says so', async () => {
    const { status, stderr } = await call(['--output', '/dev/full', 'a.yaml']);
    expect(status).toBe(2);
    expect(stderr).toContain('cannot write /dev/full: the disk is full');
  });

  it('names files as the CI service knows them', async () => {
    const workspace = temporaryDirectory({ 'deep/a.yaml': '' });
    symlinkSync(workspace, path.join(workspace, 'link'));
    const given = { cwd: path.join(workspace, 'deep'), outcome: result([finding()]) };
    const report = async (env: Record<string, string>) =>
      (await call(['--format=github', 'a.yaml'], { ...given, env })).stdout;
    expect(await report({})).toContain('file=a.yaml,');
    expect(await report({ GITHUB_WORKSPACE: workspace })).toContain('file=deep/a.yaml,');
    expect(await report({ GITHUB_WORKSPACE: path.join(workspace, 'link') })).toContain('file=deep/a.yaml,');
    expect(await report({ CI_PROJECT_DIR: workspace })).toContain('file=deep/a.yaml,');
    expect(await report({ GITHUB_WORKSPACE: path.join(workspace, 'gone') })).toContain('file=a.yaml,');
  });
});

describe('more reports', () => {
  it('are written beside the first, each in its own format', async () => {
    const cwd = temporaryDirectory();
    const outcome = result([finding()]);
    const argv = ['--report', 'json=out/r.json', '--report', 'pretty=r.txt', '--format=github', 'a.yaml'];
    const { status, stdout, stderr } = await call(argv, { cwd, outcome, terminal: true });
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^::error /);
    expect(JSON.parse(readFileSync(path.join(cwd, 'out/r.json'), 'utf8'))).toMatchObject({
      diagnostics: [{ ruleId: 'invalid-grant-type', file: 'a.yaml' }],
    });
    expect(readFileSync(path.join(cwd, 'r.txt'), 'utf8')).toContain('a.yaml:1:1  error  invalid-grant-type');
  });

  it('draw the graph of the same run into the job summary', async () => {
    const cwd = temporaryDirectory();
    const { asked } = await call(['--report=job-summary=s.md', 'a.yaml'], {
      cwd,
      outcome: result([finding()]),
      picture: PICTURE,
    });
    expect(readFileSync(path.join(cwd, 's.md'), 'utf8')).toContain('```mermaid\ndrawn as mermaid\n```');
    expect(asked).toHaveLength(1);
  });

  it('draw nothing where there is nothing to draw', async () => {
    const cwd = temporaryDirectory();
    await call(['--report=job-summary=s.md', 'a.yaml'], { cwd });
    expect(readFileSync(path.join(cwd, 's.md'), 'utf8')).not.toContain('mermaid');
  });

  it('that cannot be written end with 2', async () => {
    const cwd = temporaryDirectory();
    const { status, stderr } = await call(['--report=json=.', 'a.yaml'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('cannot write .: ');
  });
});

describe('--fail-on', () => {
  it.each([
    ['error', 1, 0, 0],
    ['warning', 1, 1, 0],
    ['info', 1, 1, 1],
    ['never', 0, 0, 0],
  ] as const)('%s', async (lowest, error, warning, info) => {
    const args = [`--fail-on=${lowest}`, 'a.yaml'];
    const statusOf = async (severity: Severity) =>
      (await call(args, { outcome: result([finding(severity)]) })).status;
    expect([await statusOf('error'), await statusOf('warning'), await statusOf('info')]).toEqual([
      error,
      warning,
      info,
    ]);
  });

  it('refuses what is no severity', async () => {
    expect(await call(['--fail-on=warnings', 'a.yaml'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('did you mean warning?'),
    });
  });
});

describe('remarks', () => {
  const skipped = (path: string, reason: string) => {
    const { report, ...rest } = result();
    const summary = { ...report.summary, files: 0 };
    return { ...rest, report: { ...report, summary, files: [{ path, status: 'skipped' as const, reason }] } };
  };

  it('say why the only file was skipped', async () => {
    const { status, stderr } = await call(['x.json'], { outcome: skipped('x.json', 'it has no Resources') });
    expect(status).toBe(0);
    expect(stderr).toBe('cfn-tx-lint: nothing was checked: x.json: it has no Resources\n');
  });

  it.each([
    ['nothing', []],
    ['a directory', ['.']],
    ['a glob', ['*.json']],
    ['a glob beside a file', ['x.json', 'lib/**/*.yaml']],
  ])('come with the status 2 where %s was named and nothing checked', async (_, args) => {
    const given = { outcome: skipped('x.json', 'it has no Resources') };
    expect(await call(args, given)).toMatchObject({ status: 2 });
    expect(await call(['--allow-empty', ...args], given)).toMatchObject({ status: 0 });
  });

  it.each(['graph', 'identities'])('come with the status 2 of %s, too', async (command) => {
    const given = { outcome: skipped('x.json', 'it has no Resources') };
    expect(await call([command, '.'], given)).toMatchObject({ status: 2 });
    expect(await call([command, '--allow-empty', '.'], given)).toMatchObject({ status: 0 });
    expect(await call([command, 'x.json'], given)).toMatchObject({ status: 0 });
  });

  it('and the report are left out where a hook hands over what is no template', async () => {
    const given = { outcome: skipped('x.json', 'it has no Resources'), env: { PRE_COMMIT: '1' } };
    expect(await call(['x.json'], given)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect((await call(['--format=json', 'x.json'], given)).stdout).toContain('it has no Resources');
    const checked = await call(['a.yaml'], { ...given, outcome: result() });
    expect(checked.stdout).toContain('No problems');
  });

  it.each(FORMAT_NAMES)('count what is held back where the format %s has no place for it', async (format) => {
    const { report, ...rest } = result();
    const summary = { ...report.summary, suppressed: 2, baseline: 3 };
    const given = { outcome: { ...rest, report: { ...report, summary } } };
    const { stderr } = await call([`--format=${format}`, 'a.yaml'], given);
    if (tellsHeldBack(format)) expect(stderr).toBe('');
    else expect(stderr).toContain('2 suppressed, 3 in the baseline');
    expect((await call([`--format=${format}`, '--quiet', 'a.yaml'], given)).stderr).toBe('');
  });

  it('are left out when told to be quiet', async () => {
    const outcome = { ...skipped('x.json', 'no'), notes: ['a note'] };
    expect((await call(['--quiet', 'x.json'], { outcome })).stderr).toBe('');
  });

  it('hold the statistics when asked for', async () => {
    const unusedSuppressions = [{ file: 'a.yaml', line: 3, ruleId: 'invalid-grant-type' }];
    const outcome = result([], { unusedSuppressions, counts: { 'nodes evaluated': 7 } });
    const { stderr, stdout } = await call(['--stats', '--format=json', 'a.yaml'], { outcome });
    expect(stderr).toMatch(/time: [\d.]+ ms/);
    expect(stderr).toContain('nodes evaluated: 7');
    expect(stderr).toContain('files: 1 checked, 0 skipped, 0 failed');
    expect(stderr).toContain('a.yaml:3: the suppression of invalid-grant-type silences nothing');
    expect(() => JSON.parse(stdout)).not.toThrow();
  });
});

describe('graph', () => {
  it.each([
    [[], 'mermaid'],
    [['--format', 'svg'], 'svg'],
  ])('draws: %j', async (argv, format) => {
    const { status, stdout } = await call(['graph', ...argv, 'a.yaml'], { outcome: result([finding()]) });
    expect([status, stdout]).toEqual([0, `drawn as ${format}\n`]);
  });

  it('takes the format from the name of the file', async () => {
    const cwd = temporaryDirectory();
    await call(['graph', '--output', 'g.html', 'a.yaml'], { cwd });
    expect(readFileSync(path.join(cwd, 'g.html'), 'utf8')).toBe('drawn as html\n');
  });
});

describe('rules', () => {
  it('are listed', async () => {
    const { stdout } = await call(['rules']);
    expect(stdout).toMatch(/^invalid-grant-type +error +Finds invalid-grant-type\.$/m);
  });

  it('are listed as JSON', async () => {
    const { stdout } = await call(['rules', '--format', 'json']);
    expect(JSON.parse(stdout).rules[1]).toMatchObject({ id: 'actor-token-unspecified', severity: 'info' });
  });

  it('are explained only when they exist', async () => {
    const { status, stderr } = await call(['explain', '../README']);
    expect(status).toBe(2);
    expect(stderr).toContain('unknown rule ../README');
    expect(stderr).not.toContain('did you mean the command');
  });

  it('are explained by what they say of themselves when they come from a plugin', async () => {
    const cwd = temporaryDirectory({
      '.git/HEAD': '',
      'cfn-tx-lint.config.json': { plugins: ['./own.mjs'] },
      'own.mjs': `export const rules = [{ id: 'own-rule', severity: 'error', on: 'consumer', messages: {}, check: {},
        summary: 'Finds it.', rationale: 'It hurts.', remedy: 'Mend it.', sources: ['https://example.com/'] }];`,
    });
    const { stdout, status } = await call(['explain', 'own-rule'], { cwd });
    expect(status).toBe(0);
    for (const part of ['own-rule', 'Finds it.', 'It hurts.', 'Mend it.', 'https://example.com/'])
      expect(stdout).toContain(part);
    expect((await call(['explain', 'own-rul'], { cwd })).stderr).toContain('did you mean own-rule?');
  });
});

describe('help and version', () => {
  it('go to standard output', async () => {
    const { status, stdout } = await call(['--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: cfn-tx-lint \[options\]/);
    expect((await call(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+/);
  });
});
