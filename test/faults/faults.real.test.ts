import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import { linter } from '../../src/cli/built-in-linter.js';
import type { Linter, RunOptions } from '../../src/cli/linter.js';
import { program } from '../../src/cli/program.js';
import { run } from '../../src/lint/run.js';
import { FORMAT_NAMES } from '../../src/report/index.js';
import { fakeSurroundings } from '../cli/fake.js';
import { temporaryDirectory } from '../config/temporary.js';
import { resources, target } from '../limits/templates.js';
import { callProgram, PROGRAM } from '../program.js';

/** A template with a finding that `--fix` mends. */
const FIXABLE = JSON.stringify(
  { Resources: resources({ Target: target({ GrantType: 'TOKEN_EXCHANG' }) }) },
  null,
  2,
);
const FIXED = FIXABLE.replace('TOKEN_EXCHANG"', 'TOKEN_EXCHANGE"');
const CLEAN = JSON.stringify({ Resources: resources() });

function shell(cwd: string, script: string) {
  return spawnSync('bash', ['-c', script], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PROGRAM: `${process.execPath} ${PROGRAM}` },
  });
}

describe('an output that ends early', () => {
  const many = JSON.stringify({
    Resources: resources(
      Object.fromEntries(
        Array.from({ length: 2_000 }, (_, index) => [`T${index}`, target({ GrantType: 'x' })]),
      ),
    ),
  });

  it.each(['pretty', 'json', 'github'])('is no fault: %s', (format) => {
    const cwd = temporaryDirectory({ 'a.json': many });
    const { stdout, stderr } = shell(
      cwd,
      `$PROGRAM a.json --format ${format} | head -c 20; status=\${PIPESTATUS[0]}; echo; echo $status`,
    );
    expect(stderr).toBe('');
    expect(stdout.split('\n').at(-2)).toBe('1');
  });

  it('is no fault when nobody listens at all', () => {
    const cwd = temporaryDirectory({ 'a.json': many });
    expect(shell(cwd, '$PROGRAM a.json >&-').status).toBe(1);
    expect(shell(cwd, '$PROGRAM a.json 2>&- >/dev/null').status).toBe(1);
    expect(shell(cwd, '$PROGRAM a.json --stats 2>/dev/full >/dev/null').status).toBe(1);
  });
});

describe('a full disk', () => {
  it.skipIf(!existsSync('/dev/full'))('under standard output ends with 2', () => {
    const { status, stderr } = shell(temporaryDirectory({ 'a.json': FIXABLE }), '$PROGRAM a.json >/dev/full');
    expect(status).toBe(2);
    expect(stderr).toContain('cannot write to standard output: the disk is full');
  });

  it.skipIf(!existsSync('/dev/full'))('under the file of a report ends with 2', () => {
    const { status, stderr } = callProgram(temporaryDirectory({ 'a.json': FIXABLE }), [
      'a.json',
      '--output',
      '/dev/full',
    ]);
    expect(status).toBe(2);
    expect(stderr).toContain('cannot write /dev/full: the disk is full');
  });

  it('leaves the report that was there before, and no half of another', () => {
    const cwd = temporaryDirectory({ 'a.json': FIXABLE, 'r.json': 'before' });
    // Files of more than a kilobyte cannot be written.
    const { status, stderr } = shell(cwd, 'ulimit -f 1; $PROGRAM a.json --format json --output r.json');
    expect(status).toBe(2);
    expect(stderr).toContain('cannot write r.json: files may not be so large here');
    expect(readFileSync(path.join(cwd, 'r.json'), 'utf8')).toBe('before');
    expect(readdirSync(cwd).sort()).toEqual(['a.json', 'r.json']);
  });

  it('leaves the template that was to be fixed', () => {
    const cwd = temporaryDirectory({ 'a.json': FIXABLE });
    const { status, stderr } = shell(cwd, 'ulimit -f 1; $PROGRAM a.json --fix');
    expect(status).toBe(2);
    expect(stderr).toContain('cannot write a.json');
    expect(readFileSync(path.join(cwd, 'a.json'), 'utf8')).toBe(FIXABLE);
    expect(readdirSync(cwd)).toEqual(['a.json']);
  });
});

describe('a file that changes meanwhile', () => {
  /** Options whose parameters are asked for once the files are found and none has been read. */
  function onceFound(cwd: string, then: () => void): RunOptions {
    return {
      cwd,
      files: ['.'],
      get parameters() {
        then();
        return [];
      },
    };
  }
  const catalogue = { rules: builtInRules, url: ruleUrl };

  it('and is gone when it is read, has failed', async () => {
    const cwd = temporaryDirectory({ 'a.json': FIXABLE, 'b.json': CLEAN });
    const result = await run(
      onceFound(cwd, () => rmSync(path.join(cwd, 'a.json'), { force: true })),
      catalogue,
    );
    expect(result.internalErrors).toEqual([]);
    expect(result.report.files).toMatchObject([
      { path: 'a.json', status: 'failed' },
      { path: 'b.json', status: 'checked' },
    ]);
    expect(result.report.diagnostics).toMatchObject([{ ruleId: 'template-unreadable', file: 'a.json' }]);
  });

  it('and is a folder when it is read, has failed', async () => {
    const cwd = temporaryDirectory({ 'a.json': FIXABLE });
    const options = onceFound(cwd, () => {
      rmSync(path.join(cwd, 'a.json'), { recursive: true, force: true });
      mkdirSync(path.join(cwd, 'a.json'));
    });
    expect((await run(options, catalogue)).report.files).toMatchObject([
      { path: 'a.json', status: 'failed' },
    ]);
  });

  it.each([
    ['gone', (file: string) => rmSync(file)],
    ['empty', (file: string) => writeFileSync(file, '')],
    ['shorter', (file: string) => writeFileSync(file, FIXABLE.slice(0, 100))],
    ['something else', (file: string) => writeFileSync(file, '\u001b[31m\n'.repeat(3))],
  ])('and is %s when it is reported, is reported as it was linted', async (_, change) => {
    for (const format of FORMAT_NAMES) {
      const cwd = temporaryDirectory({ 'a.json': FIXABLE });
      const changing: Linter = {
        ...linter,
        async run(options) {
          const result = await linter.run(options);
          change(path.join(cwd, 'a.json'));
          return result;
        },
      };
      const { surroundings, written } = fakeSurroundings({ cwd });
      expect(await program(['a.json', '--format', format], surroundings, changing)).toBe(1);
      expect(written.stdout).toContain('invalid-grant-type');
      expect(written.stdout).not.toContain('\u001b');
    }
  });

  it('and before it is fixed, is left as it is', async () => {
    const cwd = temporaryDirectory({ 'a.json': FIXABLE });
    const file = path.join(cwd, 'a.json');
    let runs = 0;
    const changing: Linter = {
      ...linter,
      async run(options) {
        const result = await linter.run(options);
        // While the fixes are tried, someone saves another text.
        if (++runs === 2) writeFileSync(file, CLEAN);
        return result;
      },
    };
    const { surroundings, written } = fakeSurroundings({ cwd });
    await program(['a.json', '--fix'], surroundings, changing);
    expect(readFileSync(file, 'utf8')).toBe(CLEAN);
    expect(written.stderr).toContain('a.json has changed since it was linted and was left as it is');
  });
});

describe('what is no file', () => {
  it.skipIf(process.platform === 'win32')('is not waited for: a named pipe', () => {
    const cwd = temporaryDirectory({ 'a.json': CLEAN });
    spawnSync('mkfifo', [path.join(cwd, 'pipe.yaml')]);
    const named = callProgram(cwd, ['pipe.yaml']);
    expect(named.status).toBe(1);
    expect(named.stdout).toContain('template-unreadable');
    expect(callProgram(cwd, ['.'])).toMatchObject({ status: 0, stderr: '' });
    expect(callProgram(cwd, ['*.yaml', 'a.json']).status).toBe(1);
  });

  it.skipIf(!existsSync('/dev/zero'))('is not read for ever', () => {
    const cwd = temporaryDirectory();
    expect(callProgram(cwd, ['/dev/zero']).status).toBe(1);
    const endless = shell(
      cwd,
      'yes "# AWS::BedrockAgentCore::Gateway" | $PROGRAM - ; echo "${PIPESTATUS[1]}"',
    );
    expect(endless.stdout).toContain('larger than the limit of 16 MiB');
    expect(endless.stdout.trimEnd().split('\n').at(-1)).toBe('1');
  });
});

describe('without permission', () => {
  /** Runs the program as a user whom permissions apply to, from a copy that everybody may read. */
  function callUnprivileged(cwd: string, args: readonly string[]) {
    if (process.getuid?.() !== 0) return callProgram(cwd, args);
    const copy = temporaryDirectory();
    const root = path.dirname(path.dirname(PROGRAM));
    for (const part of ['bin', 'dist', 'package.json']) {
      cpSync(path.join(root, part), path.join(copy, part), {
        recursive: true,
        filter: (file) => !file.includes('/types/'),
      });
    }
    chmodSync(copy, 0o755);
    chmodSync(cwd, 0o755);
    const nobody = 65534;
    const program = path.join(copy, 'bin', path.basename(PROGRAM));
    return spawnSync(process.execPath, [program, ...args], {
      cwd,
      encoding: 'utf8',
      uid: nobody,
      gid: nobody,
      input: '',
    });
  }

  it.skipIf(process.platform === 'win32')('to read a file, it has failed', () => {
    const cwd = temporaryDirectory({ 'a.json': CLEAN, 'locked.json': CLEAN });
    chmodSync(path.join(cwd, 'locked.json'), 0);
    for (const argument of ['locked.json', '.']) {
      const { status, stdout } = callUnprivileged(cwd, [argument]);
      expect(status).toBe(1);
      expect(stdout).toContain('no permission to read it');
    }
  });

  it.skipIf(process.platform === 'win32')('to write a report or a fix, the call was wrong', () => {
    const cwd = temporaryDirectory({ 'a.json': FIXABLE });
    chmodSync(path.join(cwd, 'a.json'), 0o444);
    const output = callUnprivileged(cwd, ['a.json', '--output', 'reports/r.json']);
    expect(output.status).toBe(2);
    expect(output.stderr).toContain('cannot write reports/r.json: no permission to write there');
    const fix = callUnprivileged(cwd, ['a.json', '--fix']);
    expect(fix.status).toBe(2);
    expect(fix.stderr).toContain('cannot write a.json: no permission to write there');
    expect(readFileSync(path.join(cwd, 'a.json'), 'utf8')).toBe(FIXABLE);
  });
});

describe('an interrupt while fixes are written', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('leaves every file whole: %s', async (signal) => {
    const names = Array.from({ length: 60 }, (_, index) => `t${index}.json`);
    // Wherever the signal comes: before, between and after the writes.
    for (const written of [0, 1, 20, 59]) {
      const cwd = temporaryDirectory(Object.fromEntries(names.map((name) => [name, FIXABLE])));
      const child = spawn(process.execPath, [PROGRAM, '.', '--fix', '--quiet'], { cwd, stdio: 'ignore' });
      const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
      const isFixed = (name: string) => readFileSync(path.join(cwd, name), 'utf8') !== FIXABLE;
      while (
        child.exitCode === null &&
        child.signalCode === null &&
        (written === 0 || !names.slice(0, written).every(isFixed))
      ) {
        await new Promise((resolve) => setImmediate(resolve));
        if (written === 0) break;
      }
      child.kill(signal);
      await ended;
      const texts = new Set(names.map((name) => readFileSync(path.join(cwd, name), 'utf8')));
      for (const text of texts) expect([FIXABLE, FIXED]).toContain(text);
      expect(readdirSync(cwd)).toHaveLength(names.length);
    }
  });
});

describe('the exit status', () => {
  const THROWING = `export const rules = [{ id: 'throws', severity: 'error', on: 'gateway', summary: 's', rationale: 'r', remedy: 'r',
    sources: [], messages: {}, check: { gateway() { throw new Error('the rule broke'); } } }];`;

  it.each([
    [0, 'nothing to report', ['clean.json']],
    [0, 'findings below error', ['info.json']],
    [1, 'an error', ['faulty.json']],
    [1, 'a broken template', ['broken.json']],
    [1, 'too many warnings', ['warning.json', '--max-warnings', '0']],
    [2, 'no such file', ['none.json']],
    [2, 'an unknown option', ['--never']],
    [2, 'an unknown rule', ['clean.json', '--rule', 'never=off']],
    [2, 'a bad configuration', ['clean.json', '--config', 'broken.json']],
    [2, 'an unreadable parameter file', ['clean.json', '--parameters', 'none-of-these.json']],
    [3, 'a rule that throws', ['clean.json', '--config', 'throwing.config.json']],
  ])('is %d for %s', (status, _, args) => {
    const { Provider } = resources() as { Provider: { Properties: { Oauth2ProviderConfigInput: object } } };
    const open = structuredClone(Provider) as {
      Properties: Record<string, { CustomOauth2ProviderConfig: Record<string, unknown> }>;
    };
    Object.assign(open.Properties.Oauth2ProviderConfigInput?.CustomOauth2ProviderConfig ?? {}, {
      ClientSecret: 'in plain text',
    });
    const cwd = temporaryDirectory({
      'clean.json': CLEAN,
      'faulty.json': FIXABLE,
      'broken.json': '{"Type": "AWS::BedrockAgentCore::Gateway"',
      'warning.json': { Resources: resources({ Provider: open }) },
      'info.json': { Resources: resources({ Target: target({ ProviderArn: { 'Fn::ImportValue': 'x' } }) }) },
      'throwing.config.json': { plugins: ['./throwing.mjs'] },
      'throwing.mjs': THROWING,
    });
    const outcome = callProgram(cwd, args);
    expect(outcome.status).toBe(status);
    if (status === 3) expect(outcome.stderr).toContain('a fault of the rule throws: the rule broke');
  });
});
