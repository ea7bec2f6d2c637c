import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtInRules } from '../rules/index.js';
import { INSTALLATION, ROOT, shellEnvironment } from './hooks/project.js';

/*
 * The executable for this platform says to the byte what the program on Node says.
 */

const FIXTURES = path.join(ROOT, 'fixtures');
let executable: string;

beforeAll(() => {
  const built = spawnSync(process.execPath, [path.join(ROOT, 'scripts/build-standalone.js')], {
    encoding: 'utf8',
  });
  expect(built.status, built.stderr).toBe(0);
  const folder = path.join(ROOT, 'dist-standalone');
  const name = /built (\S+) in/.exec(built.stderr)?.[1];
  const file = readdirSync(folder).find((entry) => new RegExp(`^cfn-tx-lint-${name}(\\.exe)?$`).test(entry));
  expect(file).toBeDefined();
  executable = path.join(folder, file ?? '');
}, INSTALLATION);

function run(command: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env: shellEnvironment({ PATH: '' }) });
  return { status, stdout: stdout.toString('latin1'), stderr: stderr.toString('latin1') };
}

function expectEqual(args: readonly string[], cwd = ROOT): void {
  const onNode = run(process.execPath, [path.join(ROOT, 'bin/cfn-tx-lint.js'), ...args], cwd);
  expect(onNode.stdout + onNode.stderr).not.toBe('');
  expect(run(executable, args, cwd)).toEqual(onNode);
}

/** The fixtures of a rule, or of a kind of project, checked as one: every fixture is in one of them. */
const folders = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('the executable', () => {
  it.each(folders)('says of %s what the program on Node says', { timeout: INSTALLATION }, (folder) => {
    const cwd = path.join(FIXTURES, folder);
    for (const args of [['--format', 'json'], ['--format', 'pretty'], ['--fix-dry-run']])
      expectEqual([...args, '.'], cwd);
  });

  it('has the page of every rule', { timeout: INSTALLATION }, () => {
    for (const { id } of builtInRules) expectEqual(['explain', id]);
  });

  it.each([['rules'], ['rules', '--format', 'json'], ['--version'], ['--help'], ['explain', 'no-such-rule']])(
    'answers %s %s %s',
    (...args) => expectEqual(args),
  );
});
