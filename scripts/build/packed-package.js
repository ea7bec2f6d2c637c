import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of a package that is no dependency of the project: fetched from the npm registry by `npm pack`, unpacked and
 * kept at the first time.
 *
 * @param {string} cache where packages are kept
 * @param {string} spec its name and version: `name@1.2.3`
 * @param {string} [integrity] what its archive must be, as a lock file has it
 * @returns {string}
 * @throws {Error} when it cannot be fetched, or is not what was confirmed
 */
export function packedPackage(cache, spec, integrity) {
  const folder = path.join(cache, spec.replace('/', '-'));
  if (existsSync(folder)) return path.join(folder, 'package');
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  run('npm', ['pack', spec, '--silent', '--pack-destination', partial], process.platform === 'win32');
  const [archive] = readdirSync(partial);
  const sum = createHash('sha512').update(readFileSync(path.join(partial, archive)));
  const found = `sha512-${sum.digest('base64')}`;
  if (integrity !== undefined && found !== integrity)
    throw new Error(`${spec} is not what was confirmed: ${found}`);
  run('tar', ['-xzf', archive], false, partial);
  rmSync(path.join(partial, archive));
  renameSync(partial, folder);
  return path.join(folder, 'package');
}

function run(command, parameters, shell, cwd) {
  const { status, error } = spawnSync(command, parameters, { cwd, shell, stdio: ['ignore', 2, 2] });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')} ended with ${status}`);
}
