#!/usr/bin/env node
/**
 * Builds executables that need no Node: the program, the rules' pages and Bun's runtime in one file, in
 * `dist-standalone/`, with the licences of what they hold and the SHA-256 sums of all. With all platforms there is a
 * formula for Homebrew, too.
 *
 *     npm run build:standalone                               for this machine
 *     npm run build:standalone -- linux-arm64 windows-x64    for the named platforms
 *     npm run build:standalone -- --all
 *     npm run build:standalone -- --bun path/to/bun          for this machine, with a Bun of your own
 *
 * Bun is no dependency of the project: its packages are fetched from the npm registry by `npm pack`, in the version
 * and with the integrity of `build/standalone-platforms.js`, and kept in `node_modules/.cache/standalone`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { homebrewFormula } from './build/homebrew.js';
import { packedPackage } from './build/packed-package.js';
import { standaloneBundle } from './build/standalone-bundle.js';
import { standaloneNotices } from './build/standalone-notices.js';
import { BUN_VERSION, PLATFORMS } from './build/standalone-platforms.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = path.join(root, 'node_modules/.cache/standalone');
const out = path.join(root, 'dist-standalone');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

const { values: options, positionals } = parseArgs({
  options: { all: { type: 'boolean', default: false }, bun: { type: 'string' } },
  allowPositionals: true,
});
const host = hostPlatform();
const named = positionals.length === 0 ? [host] : positionals;
const wanted = options.all ? Object.keys(PLATFORMS) : named;
const unknown = wanted.filter((name) => !Object.hasOwn(PLATFORMS, name));
if (unknown.length > 0) {
  process.stderr.write(
    `unknown platform ${unknown.join(', ')}: one of ${Object.keys(PLATFORMS).join(', ')}\n`,
  );
  process.exit(2);
}

rmSync(out, { recursive: true, force: true });
for (const folder of [cache, out]) mkdirSync(folder, { recursive: true });
const program = path.join(cache, 'cfn-tx-lint.cjs');
const bundled = await standaloneBundle(root, version);
writeFileSync(program, bundled.text);

/** Platform to the SHA-256 sum of its executable. */
const sums = new Map(wanted.map((name) => [name, build(name)]));
copyFileSync(path.join(root, 'LICENSE'), path.join(out, 'LICENSE'));
writeFileSync(path.join(out, 'THIRD-PARTY-NOTICES.txt'), standaloneNotices(root, bundled.inputs));
const formula = homebrewFormula(version, sums);
if (formula !== undefined) writeFileSync(path.join(out, 'cfn-tx-lint.rb'), formula);
const lines = [...sums].map(([name, sum]) => `${sum}  ${fileOf(name)}\n`);
writeFileSync(path.join(out, 'SHA256SUMS'), lines.join(''));
process.stderr.write(`built ${wanted.join(', ')} in dist-standalone\n`);

/** Builds the executable of a platform. */
function build(name) {
  const file = path.join(out, fileOf(name));
  const { status, error } = spawnSync(
    options.bun ?? runtime(host),
    [
      ...['build', program, '--compile', '--format=cjs', '--bytecode', `--target=${PLATFORMS[name].target}`],
      // What lies in the folder that is checked must not change the program: Bun would read both from there.
      ...['--no-compile-autoload-dotenv', '--no-compile-autoload-bunfig'],
      ...[`--compile-executable-path=${options.bun ?? runtime(name)}`, `--outfile=${file}`],
    ],
    { cwd: root, stdio: ['ignore', 2, 2] },
  );
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function fileOf(name) {
  return `cfn-tx-lint-${name}${name.startsWith('windows') ? '.exe' : ''}`;
}

/** Bun's executable for a platform. */
function runtime(name) {
  const { package: packageName, integrity } = PLATFORMS[name];
  const folder = packedPackage(cache, `${packageName}@${BUN_VERSION}`, integrity);
  return path.join(folder, 'bin', name.startsWith('windows') ? 'bun.exe' : 'bun');
}

/** This machine's name among the platforms. */
function hostPlatform() {
  const system = { darwin: 'macos', win32: 'windows' }[process.platform] ?? process.platform;
  const musl = system === 'linux' && process.report.getReport().header.glibcVersionRuntime === undefined;
  return `${system}-${process.arch}${musl ? '-musl' : ''}`;
}
