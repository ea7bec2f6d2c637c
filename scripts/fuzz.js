#!/usr/bin/env node
/**
 * Fuzzes the whole program in one process for a while: random and mutated templates, and every prefix of every
 * fixture. Prints a JSON of how many inputs of each kind there were; ends with 1 when one of them broke a law.
 *
 *     node scripts/fuzz.js                          25 minutes from a seed of the time of day
 *     node scripts/fuzz.js --minutes 2 --seed 7     the same inputs each time, as far as the machine gets
 *     node scripts/fuzz.js --inputs 100000          until there were so many, or the time is up
 *     node scripts/fuzz.js --prefixes 1             then every prefix of every fixture, each character one
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleFolder, bundleTests } from './build/bundle-tests.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '25' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    inputs: { type: 'string', default: 'Infinity' },
    batch: { type: 'string', default: '100' },
    prefixes: { type: 'string', default: '0' },
  },
});

const folder = bundleFolder('fuzz');
try {
  const outfile = path.join(folder, 'long-run.js');
  await bundleTests('test/fuzz/long-run.ts', outfile);
  process.env.CFN_TX_LINT_FIXTURES = path.join(root, 'fixtures');
  const { longRun } = await import(pathToFileURL(outfile).href);
  const options = {
    seed: Number(values.seed),
    minutes: Number(values.minutes),
    batch: Number(values.batch),
    most: Number(values.inputs),
    prefixStep: Number(values.prefixes),
  };
  const { inputs, faults, slowest } = await longRun(options);
  const total = Object.values(inputs).reduce((sum, count) => sum + count, 0);
  const seconds = Math.round(process.cpuUsage().user / 1_000_000);
  const memory = `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`;
  console.log(
    JSON.stringify({ ...options, inputs, total, faults: faults.length, seconds, memory, slowest }, null, 2),
  );
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
