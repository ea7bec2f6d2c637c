#!/usr/bin/env node
/**
 * Asks `recheck` which regular expressions of the program take time that grows with the text and not faster, and writes
 * them to test/regular-expressions/proved.json. Prints those that are neither proved nor have a reason in
 * arguments.json, and ends with 1 when there are any. Takes a minute or two; needs the parts of test/real.
 *
 *     npm run regular-expressions
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const room = path.join(root, 'test/regular-expressions');
const PROVED = path.join(room, 'proved.json');

/** A module of the room, below it: it looks for files from where it stands. */
async function load(name) {
  const folder = mkdtempSync(path.join(room, '.build-'));
  try {
    const outfile = path.join(folder, `${name}.mjs`);
    await build({
      absWorkingDir: root,
      entryPoints: [path.join(room, `${name}.ts`)],
      outfile,
      packages: 'external',
      format: 'esm',
      platform: 'node',
      target: 'node20',
      define: { 'import.meta.dirname': JSON.stringify(room) },
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { expressionsOfProgram } = await load('expressions');
const { prover } = await load('proofs');
const isLinear = prover();
const known = new Set(JSON.parse(readFileSync(PROVED, 'utf8')));
const argued = JSON.parse(readFileSync(path.join(room, 'arguments.json'), 'utf8'));
const expressions = expressionsOfProgram();
const proved = expressions.filter(
  ({ source, literal }) =>
    known.has(source) || (literal !== undefined && !Object.hasOwn(argued, source) && isLinear(literal)),
);
const sources = proved.map(({ source }) => source);
writeFileSync(PROVED, `${JSON.stringify(sources, null, 2)}\n`);
const open = expressions.filter(({ source }) => !sources.includes(source) && !Object.hasOwn(argued, source));
for (const { source, files } of open)
  console.log(`${files.join(', ')}: ${source} is not proved to be linear: write another, or the reason`);
process.exitCode = open.length > 0 ? 1 : 0;
