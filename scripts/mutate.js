#!/usr/bin/env node
/**
 * Changes the code in small ways, one at a time, and sees whether the one-minute suite notices.
 *
 *     node scripts/mutate.js [--rooms evaluate,graph] [--sample 200] [--seed 1] [--again FILE] [--output FILE]
 *                            [--slow MILLISECONDS] [test files]
 *
 * The sample is the same for the same seed, but for what was changed in the code. The code is loaded with all of its mutants,
 * switched off, and each test runs again with each mutant whose code it ran (`mutate/runner.js`). Prints each mutant that
 * survives, with its place and change, and the share that was noticed; FILE takes the survivors as JSON, and `--again` runs
 * only those of an earlier run. What a test file prepares outside of its tests is not prepared again, and tests that take
 * longer than `--slow` (1,000 ms) are left out, so a survivor is one that may be noticed still: `--slow 100000` and the
 * names of files go on from here.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sampleMutants, shownMutant } from './mutate/mutants.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rooms: { type: 'string', default: 'evaluate,graph,template,agentcore,lint' },
    sample: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    slow: { type: 'string', default: '1000' },
    again: { type: 'string' },
    output: { type: 'string' },
  },
});

const described = {
  rooms: values.rooms.split(','),
  sample: Number(values.sample),
  seed: Number(values.seed),
};
const mutants = sampleMutants(described.rooms, described.sample, described.seed).map(shownMutant);
const folder = mkdtempSync(path.join(os.tmpdir(), 'cfn-tx-lint-mutants-'));
const log = path.join(folder, 'log');

/** What happened so far. */
function events() {
  if (!existsSync(log)) return [];
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/**
 * Runs the tests.
 * @param slow tests that take longer, in milliseconds, are not run again with each mutant
 * @param mutant the index of one that is there from the start
 * @returns whether all pass
 */
function runTests(slow, mutant) {
  const { status } = spawnSync(process.execPath, ['scripts/mutate/run-tests.js', ...positionals], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      // Nothing is written, such as a snapshot.
      CI: 'true',
      CFN_TX_LINT_MUTANTS: JSON.stringify(described),
      CFN_TX_LINT_MUTATION: log,
      CFN_TX_LINT_MUTATION_SLOW: String(slow),
      ...(mutant !== undefined && { CFN_TX_LINT_MUTANT: String(mutant) }),
    },
  });
  return status === 0;
}

/** Tries all mutants in all tests; a process that was ended by a mutant is followed by another. @returns as `runTests` */
function tryMutants(slow) {
  for (;;) {
    const before = events().length;
    const passed = runTests(slow);
    const last = events().at(-1);
    const wasEnded = last !== undefined && ('spoiled' in last || last.by === 'a test that does not end');
    if (!wasEnded || events().length === before) return passed;
  }
}

try {
  if (values.again !== undefined) {
    const { survivors } = JSON.parse(readFileSync(values.again, 'utf8'));
    const skipped = mutants.flatMap((shown, index) => (survivors.includes(shown) ? [] : [index]));
    const by = 'an earlier run';
    writeFileSync(log, skipped.map((noticed) => `${JSON.stringify({ noticed, by })}\n`).join(''));
  }
  // What short tests notice is not tried in long ones.
  const slowest = Number(values.slow);
  const bounds = [...[30, 200].filter((bound) => bound < slowest), slowest];
  const passed = bounds.map(tryMutants);
  if (passed.includes(false)) console.log('some tests fail without a mutant: npm test');
  const told = events();
  const noticed = new Set(told.flatMap(({ noticed: index }) => index ?? []));
  const met = new Set(told.flatMap(({ passed, mutants: slow }) => slow ?? passed ?? []));
  // What modules do when they are loaded is done once, before any test: such a mutant has to be there by then.
  for (const index of new Set(told.flatMap(({ outside }) => outside ?? []))) {
    if (noticed.has(index) || met.has(index)) continue;
    met.add(index);
    if (!runTests(slowest, index)) noticed.add(index);
  }
  for (const [index, shown] of mutants.entries()) {
    if (noticed.has(index)) continue;
    console.log(`${met.has(index) ? 'survived' : 'no test runs'}  ${shown}`);
  }
  const survivors = mutants.filter((_, index) => !noticed.has(index));
  const killed = mutants.length - survivors.length;
  console.log(
    `${killed} of ${mutants.length} mutants killed: ${((100 * killed) / mutants.length).toFixed(1)} %`,
  );
  if (values.output !== undefined)
    writeFileSync(values.output, `${JSON.stringify({ ...described, killed, survivors }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
