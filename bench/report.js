import { readFileSync, writeFileSync } from 'node:fs';

const MARKS = ['<!-- bench: npm run bench writes what is between these lines -->', '<!-- bench: end -->'];

/**
 * What a row is judged by: processor time, which hardly changes with what else the machine does; where there is none to be
 * measured, the figure itself.
 *
 * @param {{ wall: number | undefined, cpu: number | undefined } | undefined} time
 */
function judged(time) {
  return time?.cpu ?? time?.wall;
}

/** Whether a row's figure is what it should be; undefined for a row without a target. */
export function isMet({ value, atMost }) {
  const figure = judged(value);
  return figure === undefined || atMost === undefined ? undefined : figure <= atMost;
}

/** The table for a terminal. */
export function textTable(rows) {
  const cells = rows.map((row) => [
    row.what.replaceAll('`', ''),
    Object.entries(row.times)
      .map(([label, time]) => `${label} ${milliseconds(time.wall)}`)
      .join(', '),
    `${number(row.value.wall)} ${row.figure}`,
    row.value.cpu === undefined ? '' : `(cpu ${number(row.value.cpu)})`,
    target(row),
    { true: 'met', false: 'NOT MET', undefined: '' }[String(isMet(row))],
  ]);
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Writes the table of the README between its marks. */
export function writeReadme(file, machine, rows) {
  const readme = readFileSync(file, 'utf8');
  const [from, to] = MARKS.map((mark) => readme.indexOf(mark));
  if (from === -1 || to === -1) throw new Error(`${file} lacks the lines ${MARKS.join(' and ')}`);
  const text = `\n\n${markdown(machine, rows)}\n\n`;
  writeFileSync(file, readme.slice(0, from + MARKS[0].length) + text + readme.slice(to));
}

function markdown(machine, rows) {
  const cells = [
    ['what', 'ours', 'beside it', 'figure', 'target'],
    ...grouped(rows).map((group) => {
      const [row] = group;
      const beside = Object.entries(row.times).filter(([label]) => label !== 'ours');
      return [
        group.length === 1 ? row.what : row.what.replace(/`--format .*`/, 'all formats'),
        range(
          group.map(({ times }) => judged(times.ours)),
          milliseconds,
        ),
        beside.map(([label, time]) => `${spaced(label)}: ${milliseconds(judged(time))}`).join(', '),
        `${range(
          group.map(({ value }) => judged(value)),
          number,
        )} ${row.figure}`,
        target(row) + (group.some((one) => isMet(one) === false) ? ' (missed)' : ''),
      ];
    }),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row, fill = ' ') =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column], fill)).join(' | ')} |`;
  const [head, ...body] = cells;
  return [
    `Medians of paired runs of whole processes on ${describe(machine)}; processor time (user and system).`,
    '',
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...body.map((row) => line(row)),
    ...reasons(rows),
  ].join('\n');
}

/** Rows that tell of one thing in several formats are one line for readers. */
function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.group ?? row.id, [...(groups.get(row.group ?? row.id) ?? []), row]);
  return [...groups.values()];
}

/** The least and the most of some numbers, or the one that they all are. */
function range(numbers, write) {
  const known = numbers.filter((value) => value !== undefined);
  const ends = [...new Set([Math.min(...known), Math.max(...known)].map(write))];
  return known.length === 0 ? '' : ends.join(' to ');
}

/** `yamlStartUp` as words. */
function spaced(label) {
  return label.replace(/(?<=[a-z])(?=[A-Z\d])/g, ' ').toLowerCase();
}

/** Why what is missed is missed, once for rows that share the reason. */
function reasons(rows) {
  const missed = rows.filter((row) => isMet(row) === false && row.ifMissed !== undefined);
  const texts = [...new Set(missed.map(({ ifMissed }) => ifMissed))];
  if (texts.length === 0) return [];
  const lines = texts.map((text) => {
    const [first] = missed.filter(({ ifMissed }) => ifMissed === text);
    return `- ${first.what.replace(/, `--format .*/, '')}: ${text}`;
  });
  return ['', 'Missed, and why:', '', ...lines];
}

function describe({ cpu, cores, memory, system, node }) {
  return `${cpu}, ${cores} cores, ${memory} GiB, ${system}, Node.js ${node}`;
}

function target({ atMost }) {
  return atMost === undefined ? '' : `at most ${atMost}`;
}

function milliseconds(time) {
  return time >= 10_000 ? `${(time / 1000).toFixed(1)} s` : `${time.toFixed(time < 10 ? 1 : 0)} ms`;
}

function number(value) {
  return value === undefined ? 'not measured' : value.toFixed(value < 100 ? 2 : 0);
}
