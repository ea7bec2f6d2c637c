import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * One finished process, in milliseconds. `cpu` is user and system time of the process, of all its threads;
 * undefined where the system has no bash to ask.
 *
 * @typedef {{ wall: number, cpu: number | undefined }} Run
 * @typedef {{ wall: number[], cpu: number[] }} Runs a process run again and again, in order
 * @typedef {readonly string[]} Command a program and its arguments
 */

const MEASURED = `TIMEFORMAT='%3R %3U %3S'; time "$@" >/dev/null 2>/dev/null`;
const hasBash = spawnSync('bash', ['-c', 'true']).status === 0;
const GNU_TIME = '/usr/bin/time';

/** After so long, in milliseconds, three rounds are enough. */
const LONG = 30_000;

/**
 * Runs commands in turn, A B C A B C ..., so that a machine whose speed drifts is as fast for one as for the other.
 *
 * @template {string} Label
 * @param {Record<Label, Command>} commands
 * @param {number} rounds how often each is run, after one run of each that is not counted; less often if that takes long
 * @param {{ cwd?: string, statuses?: readonly number[] }} options exit statuses that are no failure; default 0
 * @returns {Record<Label, Runs>}
 */
export function inTurn(commands, rounds, options = {}) {
  const labels = Object.keys(commands);
  const runs = Object.fromEntries(labels.map((label) => [label, { wall: [], cpu: [] }]));
  const started = performance.now();
  for (let round = -1; round < rounds; round++) {
    if (round >= 3 && performance.now() - started > LONG) break;
    for (const label of labels) {
      const { wall, cpu } = run(commands[label], options);
      if (round < 0) continue;
      runs[label].wall.push(wall);
      if (cpu !== undefined) runs[label].cpu.push(cpu);
    }
  }
  return runs;
}

function run(command, { cwd, statuses = [0] }) {
  const started = process.hrtime.bigint();
  const environment = { ...process.env, LC_ALL: 'C', NO_COLOR: '1', GITHUB_ACTIONS: '', CI: '' };
  const child = hasBash
    ? spawnSync('bash', ['-c', MEASURED, 'bash', ...command], { cwd, env: environment, encoding: 'utf8' })
    : spawnSync(command[0], command.slice(1), { cwd, env: environment, stdio: 'ignore' });
  const wall = Number(process.hrtime.bigint() - started) / 1e6;
  if (!statuses.includes(child.status)) throw new Error(`${command.join(' ')} ended with ${child.status}`);
  if (!hasBash) return { wall, cpu: undefined };
  const [real, user, system] = child.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { wall: real * 1000, cpu: (user + system) * 1000 };
}

/**
 * The most memory that a command has at once, in MB of 1,000,000 bytes; undefined without GNU time.
 *
 * @param {Command} command
 */
export function peakMemory(command, cwd) {
  if (!existsSync(GNU_TIME)) return undefined;
  const child = spawnSync(GNU_TIME, ['-f', '%M', ...command], { cwd, encoding: 'utf8', maxBuffer: 1e9 });
  const kibibytes = Number(child.stderr.trim().split('\n').at(-1));
  return Number.isFinite(kibibytes) ? (kibibytes * 1024) / 1e6 : undefined;
}

/**
 * The times that a command prints itself, in milliseconds: wall time and, if it prints a second number, processor time. Their
 * medians over several runs.
 */
export function printedTimes(command, rounds, cwd) {
  const runs = Array.from({ length: rounds }, () =>
    spawnSync(command[0], command.slice(1), { cwd, encoding: 'utf8' }).stdout.trim().split(' ').map(Number),
  );
  const [wall, cpu] = [0, 1].map((index) => median(runs.map((numbers) => numbers[index])));
  return { wall, cpu: Number.isNaN(cpu) ? undefined : cpu };
}

/** @param {readonly number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of what each round has of `of` for each of `to`: of wall time, and of processor time. */
export function ratio(of, to) {
  return both((time) => median(of[time].map((value, round) => value / to[time][round])));
}

/** The median of what `of` takes more than `without` in each round, in milliseconds. */
export function difference(of, without) {
  return both((time) => median(of[time].map((value, round) => value - without[time][round])));
}

/** Medians in milliseconds. */
export function medians(runs) {
  return both((time) => median(runs[time]));
}

function both(figure) {
  const cpu = figure('cpu');
  return { wall: figure('wall'), cpu: Number.isNaN(cpu) ? undefined : cpu };
}
