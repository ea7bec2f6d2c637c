#!/usr/bin/env node
/**
 * Holds random deployments against the laws: that the linter says what an independent resolver says, whatever the
 * order, the names and the spelling. Prints a JSON of what was counted; ends with 1 when a law was broken.
 *
 *     npm run laws                                     2,000 deployments from seed 1
 *     npm run laws -- --worlds 20000 --seed 7          as many as that, the same each time
 *     npm run laws -- --worlds 1 --seed 93 --show 1    one of them again, made as small as it gets
 *     npm run laws -- --only agree --log laws.log      some laws, and what is told as it goes on to a file
 */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '0' },
    only: { type: 'string', multiple: true, default: [] },
    log: { type: 'string' },
  },
});

// Below node_modules, so that what is not bundled is found.
const folder = mkdtempSync(path.join(root, 'node_modules', '.laws-'));
try {
  const outfile = path.join(folder, 'long-run.js');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/property/long-run.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    define: { CFN_TX_LINT_VERSION: '"0.0.0"' },
  });
  const { longRun } = await import(pathToFileURL(outfile).href);
  if (values.log !== undefined) writeFileSync(values.log, '');
  const log = (line) =>
    values.log === undefined ? console.error(line) : appendFileSync(values.log, `${line}\n`);
  const { worlds, seed, show } = Object.fromEntries(
    ['worlds', 'seed', 'show'].map((name) => [name, Number(values[name])]),
  );
  const result = await longRun({ worlds, seed, show, only: values.only, log });
  const summary = JSON.stringify({ seed, ...result }, null, 2);
  if (values.log !== undefined) log(summary);
  console.log(summary);
  process.exitCode = Object.keys(result.broken).length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
