#!/usr/bin/env node
/**
 * Runs the tests.
 *
 *     node scripts/test.js [vitest arguments]          all that needs no browser, no network and no other tool
 *     node scripts/test.js --real [vitest arguments]   the rest: `*.real.test.ts`
 *
 * Both build first, since some tests run the built program. The first says what it left out.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fastGlob from 'fast-glob';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
const real = args.includes('--real');

/** Ends this process where a step fails. */
function run(...command) {
  const { status, error } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

if (real) run('scripts/install-real-parts.js');
run('scripts/build.js');
const vitest = path.join(
  path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
);
const selection = real ? ['.real.test.ts'] : ['--exclude', '**/*.real.test.ts'];
run(vitest, 'run', ...selection, ...args.filter((arg) => arg !== '--real'));
if (!real) {
  const left = fastGlob.sync('test/**/*.real.test.ts', { cwd: root, ignore: ['test/real/node_modules/**'] });
  console.log(`left out: ${left.length} files of tests with real parts; npm run test:real runs them`);
}
