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
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { transformSync } from 'esbuild';
import glob from 'fast-glob';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    rooms: { type: 'string', default: 'evaluate,graph,template,agentcore,lint' },
    sample: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    output: { type: 'string' },
  },
});

/** What is changed into what; the first group that matched is replaced. */
const MUTATIONS = [
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ < /g, ' <= '],
  [/ > /g, ' >= '],
  [/ \+ /g, ' - '],
  [/\btrue\b(?=[;,)\]} ])/g, 'false'],
  [/\bfalse\b(?=[;,)\]} ])/g, 'true'],
  [/\.some\(/g, '.every('],
  [/\.every\(/g, '.some('],
  [/\.filter\(/g, '.concat('],
  [/\breturn \[\];/g, 'return [undefined] as never;'],
  [/\bcontinue;/g, 'break;'],
  [/\?\? /g, '&& '],
  [/\bif \((?=[^!])/g, 'if (!'],
];

/** Mulberry32: numbers from 0 to 1 that are the same for the same seed. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The text with what stands in comments, strings and types left blank, at the same offsets. */
function codeOnly(text) {
  const blank = (part) => part.replace(/[^\n]/g, ' ');
  return text
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g, blank)
    .replace(/^(?:import|export type|export interface|interface|type)\b[\s\S]*?(?:^}|;)$/gm, blank);
}

function mutantsOf(file) {
  const text = readFileSync(path.join(root, file), 'utf8');
  const code = codeOnly(text);
  return MUTATIONS.flatMap(([pattern, replacement]) =>
    [...code.matchAll(pattern)].map(({ index, 0: found }) => ({ file, text, index, found, replacement })),
  ).map((mutant) => ({
    ...mutant,
    mutated:
      mutant.text.slice(0, mutant.index) +
      mutant.replacement +
      mutant.text.slice(mutant.index + mutant.found.length),
    line: mutant.text.slice(0, mutant.index).split('\n').length,
  }));
}

function compiles({ mutated }) {
  try {
    transformSync(mutated, { loader: 'ts' });
    return true;
  } catch {
    return false;
  }
}

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
const draw = random(Number(values.seed));
const all = values.rooms
  .split(',')
  .flatMap((room) => glob.sync(`src/${room}/**/*.ts`, { cwd: root }).sort())
  .flatMap(mutantsOf);
const chosen = [];
while (chosen.length < Number(values.sample) && all.length > 0) {
  const [mutant] = all.splice(Math.floor(draw() * all.length), 1);
  if (compiles(mutant)) chosen.push(mutant);
}
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
      console.log(`survived  ${file}:${line}  ${found.trim()} → ${replacement.trim()}   ${shown}`);
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
