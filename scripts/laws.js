#!/usr/bin/env node
/**
 * Holds random deployments against the laws: that the linter says what an independent resolver says, whatever the
 * order, the names and the spelling. Prints a JSON of what was counted; ends with 1 when a law was broken.
 *
 *     npm run laws                                     2,000 deployments from seed 1
 *     npm run laws -- --worlds 20000 --seed 7          as many as that, the same each time
 *     npm run laws -- --worlds 1 --seed 93 --show 1    one of them again, made as small as it gets
 *     npm run laws -- --only oracle --log laws.log     some laws, and what is told as it goes on to a file
 *     npm run laws -- --mutants 60 --worlds 60         whether the laws notice small changes to src/evaluate and src/graph
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleFolder, bundleTests } from './build/bundle-tests.js';
import { mutatedText, sampleMutants, shownMutant } from './mutate/mutants.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '0' },
    only: { type: 'string', multiple: true, default: [] },
    log: { type: 'string' },
    mutants: { type: 'string', default: '0' },
  },
});

const folder = bundleFolder('laws');
const { worlds, seed, show, mutants } = Object.fromEntries(
  ['worlds', 'seed', 'show', 'mutants'].map((name) => [name, Number(values[name])]),
);
const log = (line) =>
  values.log === undefined ? console.error(line) : appendFileSync(values.log, `${line}\n`);

/** Bundles the laws with all that they need. @param mutant a file of src with a change in it */
async function bundled(name, mutant) {
  const outfile = path.join(folder, name);
  const changed = mutant === undefined ? undefined : path.join(root, mutant.file);
  await bundleTests('test/property/long-run.ts', outfile, [
    {
      name: 'mutant',
      setup: ({ onLoad }) =>
        onLoad({ filter: /\.ts$/ }, ({ path: file }) =>
          file === changed ? { contents: mutatedText(mutant), loader: 'ts' } : undefined,
        ),
    },
  ]);
  return outfile;
}

/** How long the laws may take with a change in the code, in milliseconds: a loop without end is noticed. */
const MUTANT_TIMEOUT = 120_000;

/** Tries the laws on changes to the code, one at a time, each in a process of its own. */
async function tryMutants() {
  const survivors = [];
  const chosen = sampleMutants(['evaluate', 'graph'], mutants, seed);
  for (const [index, mutant] of chosen.entries()) {
    const url = pathToFileURL(await bundled(`mutant-${index}.js`, mutant)).href;
    const options = JSON.stringify({ worlds, seed, show: 0, only: values.only, toFirst: true });
    const code = `import(${JSON.stringify(url)}).then(async ({ longRun }) => {
      const { broken } = await longRun({ ...${options}, log: () => {} });
      process.exit(Object.keys(broken).length > 0 ? 1 : 0);
    });`;
    const { status } = spawnSync(process.execPath, ['-e', code], {
      stdio: 'ignore',
      timeout: MUTANT_TIMEOUT,
    });
    if (status === 0) survivors.push(shownMutant(mutant));
    log(`${index + 1} ${status === 0 ? 'survived' : 'noticed'}  ${shownMutant(mutant)}`);
  }
  return { mutants: chosen.length, noticed: chosen.length - survivors.length, survivors };
}

try {
  if (values.log !== undefined) writeFileSync(values.log, '');
  const { longRun } = mutants > 0 ? {} : await import(pathToFileURL(await bundled('long-run.js')).href);
  const result =
    mutants > 0 ? await tryMutants() : await longRun({ worlds, seed, show, only: values.only, log });
  const summary = JSON.stringify({ seed, ...result }, null, 2);
  if (values.log !== undefined) log(summary);
  console.log(summary);
  process.exitCode = Object.keys(result.broken ?? {}).length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
