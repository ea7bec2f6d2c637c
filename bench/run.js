#!/usr/bin/env node
/**
 * Measures the whole program beside the least that it has to do, and beside its peers, in paired runs.
 *
 *     npm run bench                        everything; writes bench/results.json and the table of the README
 *     npm run bench -- --quick             without the large inputs; writes nothing
 *     npm run bench -- --only start-up     rows whose id begins so; writes nothing, or with --write these rows among the others
 *     npm run bench -- --rounds 11         pairs of each short row, default 21; long rows get a sixth
 *     npm run bench -- --compare FILE      what a change did: beside the `bin/cfn-tx-lint.js` of another checkout that is
 *                                          built, pair by pair; writes nothing
 *
 * It judges by the medians of processor time, user and system, since others may use the machine as well.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compared } from './compare.js';
import { writeInputs } from './inputs/write.js';
import { findPeers } from './peers/peers.js';
import { isMet, textTable, writeReadme } from './report.js';
import { measurements } from './rows.js';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '21' },
    compare: { type: 'string' },
  },
});

const root = path.join(import.meta.dirname, '..');
const RESULTS = path.join(import.meta.dirname, 'results.json');
if (!existsSync(path.join(root, 'dist', 'cli.cjs')))
  throw new Error('nothing is built: run npm run build first');
const machine = {
  cpu: os.cpus()[0]?.model.trim() ?? os.arch(),
  cores: os.availableParallelism(),
  memory: Math.round(os.totalmem() / 2 ** 30),
  system: `${os.type()} ${os.release().replace(/-.*/, '')}`,
  node: process.versions.node,
};

const directory = mkdtempSync(path.join(os.tmpdir(), 'cfn-tx-lint-bench-'));
try {
  console.log('writing the inputs');
  writeInputs(directory, { large: !options.quick && options.compare === undefined });
  if (options.compare === undefined) measureAll();
  else {
    const pairs = { cwd: directory, rounds: Number(options.rounds) };
    for (const line of compared(options.compare, pairs)) console.log(line);
  }
} finally {
  rmSync(directory, { recursive: true });
}

function measureAll() {
  const { peers, missing } = findPeers();
  for (const name of missing) console.log(`${name} is not on this machine: left out`);
  const context = { cwd: directory, rounds: Number(options.rounds), large: !options.quick, peers };
  const measured = [];
  for (const [id, measure] of measurements(context)) {
    if (!id.startsWith(options.only)) continue;
    const found = [measure()].flat();
    measured.push(...found);
    console.log(textTable(found));
  }
  console.log(`\n${textTable(measured)}`);
  if (options.only !== '' && options.write) write(amongOthers(measured));
  else if (!options.quick && options.only === '') write(measured);
}

function write(rows) {
  const results = { machine, rows: rows.map((row) => ({ ...row, met: isMet(row) })) };
  writeFileSync(RESULTS, `${JSON.stringify(rounded(results), null, 2)}\n`);
  writeReadme(path.join(root, 'README.md'), machine, rows);
}

/** The rows of the last run with those in place that were measured again. */
function amongOthers(measured) {
  const { rows } = JSON.parse(readFileSync(RESULTS, 'utf8'));
  const isOld = ({ id }) => id.startsWith(options.only);
  const first = rows.findIndex(isOld);
  const kept = rows.filter((row) => !isOld(row));
  return first === -1 ? [...kept, ...measured] : [...kept.slice(0, first), ...measured, ...kept.slice(first)];
}

function rounded(value) {
  return JSON.parse(
    JSON.stringify(value, (_, entry) => (typeof entry === 'number' ? Number(entry.toFixed(3)) : entry)),
  );
}
