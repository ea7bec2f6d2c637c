/**
 * The small changes that a mutation run makes to the code, one at a time: of the tests (`mutate.js`) or of the laws
 * (`laws.js --mutants`).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import glob from 'fast-glob';

const root = fileURLToPath(new URL('..', import.meta.url));

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

/**
 * A sample of the changes to the code of some rooms, the same for the same seed and code.
 * @param {readonly string[]} rooms names of folders of src
 * @returns {{ file: string, text: string, mutated: string, line: number, found: string, replacement: string }[]}
 */
export function sampleMutants(rooms, size, seed) {
  const draw = random(seed);
  const all = rooms
    .flatMap((room) => glob.sync(`src/${room}/**/*.ts`, { cwd: root }).sort())
    .flatMap(mutantsOf);
  const chosen = [];
  while (chosen.length < size && all.length > 0) {
    const [mutant] = all.splice(Math.floor(draw() * all.length), 1);
    if (compiles(mutant)) chosen.push(mutant);
  }
  return chosen;
}

/** A mutant as a line: where it is, what became of what, and the line of code. */
export function shownMutant({ file, line, found, replacement, text }) {
  return `${file}:${line}  ${found.trim()} → ${replacement.trim()}   ${text.split('\n')[line - 1]?.trim()}`;
}
