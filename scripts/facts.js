// Compares the facts that have a machine-readable source with the newest packages of that source, and names every
// difference. A workflow runs it once a week; whether a difference makes a row wrong is for a person to see.
//
//   npm run facts
//
// Exit status: 0 no difference, 1 differences, 2 a package could not be had.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { compareWithPackages, WITH_DEPENDENCIES } from './facts/compare.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The tables of the linter, which are written in TypeScript. */
async function tables(folder) {
  const outfile = path.join(folder, 'tables.mjs');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/agentcore/facts/index.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'cfn-tx-lint-facts-'));

/** Fetches the newest version of a package by itself, without scripts: what it depends on is read of none but the first. */
function fetchPackage(name) {
  const target = path.join(folder, name.replaceAll(/\W/g, '-'));
  mkdirSync(target);
  const installs = name === WITH_DEPENDENCIES;
  const call = installs
    ? [
        'install',
        '--prefix',
        target,
        '--no-audit',
        '--no-fund',
        '--ignore-scripts',
        '--loglevel=error',
        `${name}@latest`,
      ]
    : ['pack', '--pack-destination', target, '--ignore-scripts', '--loglevel=error', `${name}@latest`];
  const { status } = spawnSync('npm', call, { cwd: target, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${name} could not be fetched`);
  if (installs) return path.join(target, 'node_modules', name);
  const [archive] = readdirSync(target);
  spawnSync('tar', ['xzf', archive], { cwd: target });
  return path.join(target, 'package');
}

try {
  const { compared, differences } = await compareWithPackages(await tables(folder), fetchPackage);
  for (const line of compared) console.log(line);
  for (const line of differences) console.log(`- ${line}`);
  console.log(differences.length === 0 ? 'No difference.' : `${differences.length} differences.`);
  process.exitCode = differences.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
