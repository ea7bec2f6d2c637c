import path from 'node:path';
import { inTurn, medians, ratio } from './measure.js';

/** Calls that stand for what users do, by the inputs that they need. */
const CALLS = [
  ['40 lines of JSON', ['small.json']],
  ['40 lines of YAML', ['small.yaml']],
  ['1 MB of JSON', ['megabyte.json']],
  ['1 MB of YAML', ['megabyte.yaml']],
  ['1 MB of YAML that mentions nothing of ours', ['foreign.yaml']],
  ['100 templates of 40 lines, JSON', ['hundred']],
  ['100 templates of 40 lines, YAML', ['hundred-yaml']],
  ['100 templates of 10 KB', ['count-100']],
  ['a cloud assembly of 75 stacks', ['assembly-75']],
  ['20 templates in three environments', ['staged', '--config', 'three-environments.json']],
  ['identities of a cloud assembly of 75 stacks', ['identities', 'assembly-75']],
  ['10,000 targets with 1,000 findings', ['targets.json']],
];

/**
 * Measures what a change did: this program beside that of another checkout, pair by pair.
 *
 * @param {string} other its `bin/cfn-tx-lint.js`, with its `dist/` built
 * @param {{ cwd: string, rounds: number }} options the folder of the inputs, and how many pairs
 * @returns {Generator<string>} the lines of a table in Markdown. A ratio below 1 means that this program is the faster one.
 */
export function* compared(other, { cwd, rounds }) {
  const now = path.join(import.meta.dirname, '..', 'bin', 'cfn-tx-lint.js');
  const before = path.resolve(other);
  yield '| what | processor time | ratio | wall time | ratio |';
  yield '| --- | --- | --- | --- | --- |';
  for (const [what, args] of CALLS) {
    const commands = {
      before: [process.execPath, before, ...args],
      now: [process.execPath, now, ...args],
    };
    const runs = inTurn(commands, rounds, { cwd, statuses: [0, 1] });
    const times = { before: medians(runs.before), now: medians(runs.now) };
    const { cpu, wall } = ratio(runs.now, runs.before);
    const change = (kind) => `${times.before[kind]?.toFixed(0)} → ${times.now[kind]?.toFixed(0)} ms`;
    yield `| ${what} | ${change('cpu')} | ${cpu?.toFixed(2)} | ${change('wall')} | ${wall.toFixed(2)} |`;
  }
}
