#!/usr/bin/env node
/**
 * Changes the code in small ways, one at a time, and sees whether the one-minute suite notices.
 *
 *     node scripts/mutate.js [--rooms evaluate,graph] [--sample 200] [--seed 1] [--output FILE]
 *
 * The sample is the same for the same seed and code. For each mutant the tests run in the order in which they are likely
 * to notice (those of the room, the fixtures, the rest that asks it anything), up to the first that fails, in a process
 * that keeps them warm. Prints each survivor with its place and change, and the share that was killed; FILE takes the same
 * as JSON. The tree must be clean, and is so again afterwards.
 */
import { fork, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sampleMutants, shownMutant } from './mutants.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    rooms: { type: 'string', default: 'evaluate,graph,template,agentcore,lint' },
    sample: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    output: { type: 'string' },
  },
});

/** How long the tests of one stage may take; a mutant that goes round for ever is noticed by that. */
const LONGEST = 240_000;

/** The process that keeps the tests warm (`mutate-tests.js`); ended where a mutant does not come to an end. */
let warm;

/** Runs tests up to the first failure, with a file as it is now. @returns whether all passed, in time */
function passes(file, tests) {
  warm ??= fork(path.join(root, 'scripts/mutate-tests.js'), {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const child = warm;
  return new Promise((resolve, reject) => {
    const answered = (passed) => end(() => resolve(passed));
    const died = () => end(() => reject(new Error('the process of the tests ended')));
    const timer = setTimeout(() => {
      warm = undefined;
      end(() => resolve(false));
      child.kill('SIGKILL');
    }, LONGEST);
    function end(settle) {
      clearTimeout(timer);
      child.off('message', answered);
      child.off('exit', died);
      settle();
    }
    child.on('message', answered);
    child.on('exit', died);
    child.send({ file, tests });
  });
}

/** The tests of a file, in the order in which they are likely to notice what is wrong with it. */
function stagesOf(file) {
  return [
    [`test/${file.split('/')[1]}/`],
    ['test/fixtures.test.ts', 'test/fix-fixtures.test.ts'],
    ['views', 'lint', 'frontends', 'property', 'limits', 'lsp', 'picture'].map((room) => `test/${room}/`),
  ];
}

if (spawnSync('git', ['status', '--porcelain', 'src'], { cwd: root, encoding: 'utf8' }).stdout !== '')
  throw new Error('src has changes that are not committed');
const chosen = sampleMutants(values.rooms.split(','), Number(values.sample), Number(values.seed));
const survivors = [];
for (const [index, mutant] of chosen.entries()) {
  const { file, mutated, text, line, found, replacement } = mutant;
  writeFileSync(path.join(root, file), mutated);
  try {
    let survived = true;
    for (const tests of stagesOf(file)) survived &&= await passes(file, tests);
    if (survived) {
      const shown = text.split('\n')[line - 1]?.trim();
      survivors.push({ file, line, change: `${found.trim()} → ${replacement.trim()}`, code: shown });
      console.log(`survived  ${shownMutant(mutant)}`);
    }
  } finally {
    writeFileSync(path.join(root, file), text);
  }
  if ((index + 1) % 10 === 0) console.log(`${index + 1} of ${chosen.length}, ${survivors.length} survived`);
}
warm?.kill();
const killed = chosen.length - survivors.length;
console.log(`${killed} of ${chosen.length} mutants killed: ${((100 * killed) / chosen.length).toFixed(1)} %`);
if (values.output !== undefined)
  writeFileSync(
    values.output,
    `${JSON.stringify({ seed: Number(values.seed), mutants: chosen.length, killed, survivors }, null, 2)}\n`,
  );
