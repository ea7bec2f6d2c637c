#!/usr/bin/env node
/**
 * Runs the tests.
 *
 *     node scripts/test.js [vitest arguments]          all that needs no browser, no network and no other tool
 *     node scripts/test.js --real [vitest arguments]   the rest: `*.real.test.ts`, and again with many samples what
 *                                                      draws them (`test/samples.ts`)
 *
 * Both build first, since some tests run the built program. The first says what it left out.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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

const files = fastGlob.sync('test/**/*.test.ts', { cwd: root, ignore: ['test/real/**/node_modules/**'] });
const withRealParts = files.filter((file) => file.endsWith('.real.test.ts'));
const withSamples = files.filter((file) =>
  /from '[./]+\/samples\.js'/.test(readFileSync(path.join(root, file), 'utf8')),
);

if (real) run('scripts/install-real-parts.js');
run('scripts/build.js', ...(real ? [] : ['--no-types']));
const vitest = path.join(
  path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
);
if (real) process.env.CFN_TX_LINT_SAMPLES = 'many';
const selection = real ? [...withRealParts, ...withSamples] : ['--exclude', '**/*.real.test.ts'];
run(vitest, 'run', ...selection, ...args.filter((arg) => arg !== '--real'));
if (!real) {
  console.log(
    `left out: ${withRealParts.length} files of tests with real parts, and most samples of ${withSamples.length} others; npm run test:real runs them`,
  );
}
