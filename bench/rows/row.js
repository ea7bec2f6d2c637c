import { medians } from '../measure.js';

/**
 * One line of the benchmark's table.
 *
 * @typedef {object} Row
 * @property {string} id
 * @property {string | undefined} group what rows have in common that are one line of the README
 * @property {string} what what is compared with what
 * @property {Record<string, Time>} times medians in milliseconds, by what was run
 * @property {string} figure what the target speaks of, such as `ratio` or `seconds more`
 * @property {Time} value the measured figure, of wall time and of processor time
 * @property {number | undefined} atMost the target; undefined where there is none
 * @property {string | undefined} ifMissed why the target is out of reach, to be told where it is missed
 *
 * @typedef {{ wall: number, cpu: number | undefined }} Time
 *
 * @typedef {{ cwd: string, rounds: number, large: boolean, peers: import('../peers/peers.js').Peer[] }} Context
 */

/** How often a row is measured that takes long. */
export const few = (rounds) => Math.max(3, Math.ceil(rounds / 6));

export function timesOf(runs) {
  return Object.fromEntries(Object.entries(runs).map(([label, of]) => [label, medians(of)]));
}

/** The runs of one with those of another taken off, round by round. */
export function without(of, less) {
  const minus = (time) => of[time].map((value, round) => value - less[time][round]);
  return { wall: minus('wall'), cpu: minus('cpu') };
}

export function dividedBy(runs, divisor) {
  const part = (time) => runs[time].map((value) => value / divisor);
  return { wall: part('wall'), cpu: part('cpu') };
}

export function inSeconds({ wall, cpu }) {
  return { wall: wall / 1000, cpu: cpu === undefined ? undefined : cpu / 1000 };
}
