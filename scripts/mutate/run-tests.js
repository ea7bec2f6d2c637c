/**
 * The tests of a mutation run, in a process of their own: `runner.js` tries in them the mutants of the sample that
 * CFN_TX_LINT_MUTANTS describes; or, where CFN_TX_LINT_MUTANT names one by its index, all of them run with it from the
 * start, up to the first that fails. Ends with 0 when all passed.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BaseSequencer, createVitest } from 'vitest/node';
import { sampleMutants, switchedText } from './mutants.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { rooms, sample, seed } = JSON.parse(process.env.CFN_TX_LINT_MUTANTS);
const mutants = sampleMutants(rooms, sample, seed);
const chooses = (index) => `globalThis.cfnTxLintMutant(${index})`;

/** Puts the mutants into the code, each beside what it takes the place of. */
const switching = {
  name: 'mutants',
  enforce: 'pre',
  transform(code, id) {
    const file = path.relative(root, id);
    // What was found out without a mutant would hide one, and the other way round.
    if (file === 'src/plain/memoize.ts')
      return code.replaceAll(
        /if \((?=text\.length|last === undefined)/g,
        `if (globalThis.cfnTxLintMutant?.() || `,
      );
    const own = mutants.flatMap((mutant, index) => (mutant.file === file ? [[index, mutant]] : []));
    return own.length === 0 ? undefined : switchedText(code, own, chooses);
  },
};

/** Tests that are likely to notice come first: those of the rooms, then the fixtures. */
function rank({ moduleId }) {
  const test = path.relative(root, moduleId).split(path.sep);
  if (rooms.includes(test[1])) return 0;
  return test[1] === 'fixtures.test.ts' ? 1 : 2;
}

class LikelyFirst extends BaseSequencer {
  async sort(files) {
    return [...files].sort((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

const vitest = await createVitest(
  'test',
  {
    watch: false,
    maxWorkers: 1,
    bail: process.env.CFN_TX_LINT_MUTANT === undefined ? 0 : 1,
    testTimeout: 0,
    sequence: { sequencer: LikelyFirst },
    runner: path.join(root, 'scripts/mutate/runner.js'),
    reporters: ['dot'],
    exclude: ['**/node_modules/**', '**/*.real.test.ts'],
  },
  { plugins: [switching] },
);
await vitest.start(process.argv.slice(2));
await vitest.close();
