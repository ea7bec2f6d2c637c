import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packedPackage } from '../scripts/build/packed-package.js';

const here = import.meta.dirname;
const root = path.join(here, '..');
const PROGRAM = path.join(root, 'bin', 'cfn-tx-lint.js');

/** Runs this program on the Node that runs the benchmark, or on another. */
export const lint = (...args) => lintOn(process.execPath, ...args);
export const lintOn = (node, ...args) => [node, PROGRAM, ...args];

/** Runs the least that has to be done: a script of `floors/`. */
export const floor = (name, ...args) => [process.execPath, path.join(here, 'floors', name), ...args];

/** Node doing nothing. */
export const idle = (node = process.execPath) => [node, '-e', '0'];

/** The executable that `npm run build:standalone` built for this machine; undefined without one. */
export const EXECUTABLE = builtExecutable();

function builtExecutable() {
  const system = { darwin: 'macos', win32: 'windows' }[process.platform] ?? process.platform;
  const name = `cfn-tx-lint-${system}-${process.arch}${system === 'windows' ? '.exe' : ''}`;
  const file = path.join(root, 'dist-standalone', name);
  return existsSync(file) ? file : undefined;
}

/**
 * The versions of Node that the workflow tests, from the npm registry, which are fetched at the first time; on Linux only. Those that
 * cannot be fetched are left out.
 *
 * @returns {{ version: string, node: string }[]} the major version, and the binary
 */
export function nodeVersions() {
  if (process.platform !== 'linux') return [];
  const workflow = readFileSync(path.join(root, '.github/workflows/ci.yml'), 'utf8');
  const versions = /node: \[([\d, ]+)\]/.exec(workflow)[1].split(', ');
  const cache = path.join(root, 'node_modules/.cache/node-versions');
  mkdirSync(cache, { recursive: true });
  return versions.flatMap((version) => {
    try {
      const folder = packedPackage(cache, `node-linux-${process.arch}@${version}`);
      return [{ version, node: path.join(folder, 'bin/node') }];
    } catch (error) {
      console.log(`Node.js ${version} cannot be fetched: left out (${error.message})`);
      return [];
    }
  });
}

/** The formats of reports, as the program's own help lists them. */
export function formats() {
  const [program, ...args] = lint('--help');
  const { stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return /Formats: ([^.]*)\./.exec(stdout)[1].split(/,\s+/);
}
