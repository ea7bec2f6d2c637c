/**
 * Makes the linter ready: a version from npm where one is asked for, else the source that this action came with, which
 * is built unless somebody has.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { fail, input, quoted, setOutputs } from './runner.js';

const OLDEST_NODE = 20;
const PROGRAM = 'bin/cfn-tx-lint.js';
const QUIETLY = ['--ignore-scripts', '--no-audit', '--no-fund'];

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  fail(
    `Node.js ${OLDEST_NODE} or later is needed, and this runner has ${process.versions.node}: use actions/setup-node before.`,
  );
}
const version = input('VERSION');
setOutputs({ program: version === '' ? ownSource() : fromRegistry(version) });

/** @returns {string} the absolute path of the program */
function ownSource() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  if (!existsSync(path.join(root, 'dist'))) {
    // Not over an installation that is there: `npm ci` would begin by removing it.
    if (!existsSync(path.join(root, 'node_modules'))) run('npm', ['ci', ...QUIETLY], root);
    run(process.execPath, ['scripts/build.js', '--no-types'], root);
  }
  return path.join(root, PROGRAM);
}

function fromRegistry(wanted) {
  // A version or tag, and nothing that npm would take for an address, a path or an option.
  if (!/^[0-9A-Za-z][\w.+-]*$/.test(wanted)) {
    fail(`The input version takes a version or tag of cfn-tx-lint on npm, and got ${quoted(wanted)}.`);
  }
  const folder = mkdtempSync(path.join(process.env.RUNNER_TEMP || tmpdir(), 'cfn-tx-lint-'));
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  run('npm', ['install', ...QUIETLY, `cfn-tx-lint@${wanted}`], folder);
  return path.join(folder, 'node_modules', 'cfn-tx-lint', PROGRAM);
}

function run(command, args, cwd) {
  process.stdout.write(`::group::${path.basename(command)} ${args.join(' ')}\n`);
  // On Windows npm is a batch file, which only a shell runs; all that it is given here is of harmless characters.
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'], shell });
  process.stdout.write('::endgroup::\n');
  if (status !== 0)
    fail(`cfn-tx-lint could not be installed: ${error?.message ?? `${command} ended with ${status}`}`);
}
