#!/usr/bin/env node
/**
 * Changes the code in small ways, one at a time, and sees whether the one-minute suite notices.
 *
 *     node scripts/mutate.js [--rooms evaluate,graph] [--sample 200] [--seed 1] [--output FILE]
 *
 * The sample is the same for the same seed and code. For each mutant the tests run in the order in which they are likely
 * to notice (the fixtures, those of the room, the properties), up to the first that fails. Prints each survivor with its
 * place and change, and the share that was killed; FILE takes the same as JSON. The tree must be clean, and is so again
 * afterwards.
 */
import { spawnSync } from 'node:child_process';
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

/** Runs tests up to the first failure. @returns whether all passed; a run that takes too long has not */
function passes(tests) {
  const args = [
    'vitest',
    'run',
    '--bail=1',
    '--reporter=dot',
    '--passWithNoTests',
    '--exclude',
    '**/*.real.test.ts',
    ...tests,
  ];
  const { status } = spawnSync('npx', args, { cwd: root, stdio: 'ignore', timeout: 120_000 });
  return status === 0;
}

if (spawnSync('git', ['status', '--porcelain', 'src'], { cwd: root, encoding: 'utf8' }).stdout !== '')
  throw new Error('src has changes that are not committed');
const chosen = sampleMutants(values.rooms.split(','), Number(values.sample), Number(values.seed));
const survivors = [];
for (const [index, mutant] of chosen.entries()) {
  const { file, mutated, text, line, found, replacement } = mutant;
  writeFileSync(path.join(root, file), mutated);
  try {
    const room = file.split('/')[1];
    const stages = [
      ['test/fixtures.test.ts'],
      [`test/${room}/`, 'test/views/'],
      ['test/property/', 'test/limits/', 'test/library'],
    ];
    if (stages.every(passes)) {
      const shown = text.split('\n')[line - 1]?.trim();
      survivors.push({ file, line, change: `${found.trim()} → ${replacement.trim()}`, code: shown });
      console.log(`survived  ${shownMutant(mutant)}`);
    }
  } finally {
    writeFileSync(path.join(root, file), text);
  }
  if ((index + 1) % 10 === 0) console.log(`${index + 1} of ${chosen.length}, ${survivors.length} survived`);
}
const killed = chosen.length - survivors.length;
console.log(`${killed} of ${chosen.length} mutants killed: ${((100 * killed) / chosen.length).toFixed(1)} %`);
if (values.output !== undefined)
  writeFileSync(
    values.output,
    `${JSON.stringify({ seed: Number(values.seed), mutants: chosen.length, killed, survivors }, null, 2)}\n`,
  );
