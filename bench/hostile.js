#!/usr/bin/env node
/**
 * What hostile inputs cost: processor time and the most memory at once, each with its exit status. No peer and no goal
 * stands beside them but the promise that any input under 1 MB ends within 5 seconds of processor time and 400 MB.
 *
 *     node bench/hostile.js [PROGRAM ...]     rows of docs/fuzzing.md; a column for each program, this one by default
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { HOSTILE_INPUTS } from './inputs/hostile.js';

/** Seconds of processor time after which a run is ended. */
const MOST = 60;
const own = fileURLToPath(new URL('../bin/cfn-tx-lint.js', import.meta.url));
const programs = process.argv.length > 2 ? process.argv.slice(2).map((file) => path.resolve(file)) : [own];

/** @returns {string} processor time, memory and exit status of one run */
function measured(program, { files, sizes = {}, args = ['template.json'] }) {
  const cwd = mkdtempSync(path.join(tmpdir(), 'cfn-tx-lint-hostile-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(cwd, name), text);
    for (const [name, size] of Object.entries(sizes)) truncateSync(path.join(cwd, name), size);
    const run = ['/usr/bin/time', '-f', '%U %S %M', 'node', program, '--no-color', ...args];
    const shell = `ulimit -t ${MOST}; exec "$@" 2>&1 >/dev/null`;
    const { stdout, status } = spawnSync('bash', ['-c', shell, 'bash', ...run], { cwd, encoding: 'utf8' });
    const figures = stdout.trim().split('\n').at(-1).split(' ').map(Number);
    const seconds = figures[0] + figures[1];
    const time = seconds >= MOST - 1 ? `ended at ${MOST} s` : `${seconds.toFixed(1)} s`;
    return `${time}, ${Math.round((figures[2] * 1024) / 1e6)} MB, ${status > 3 ? 'no status' : `status ${status}`}`;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

for (const [name, input] of Object.entries(HOSTILE_INPUTS))
  console.log(`| ${[name, ...programs.map((program) => measured(program, input))].join(' | ')} |`);
