import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { lint } from '../commands.js';
import { difference, inTurn } from '../measure.js';
import { few, inSeconds, timesOf } from './row.js';

const CHROMIUM = process.env.CFN_TX_LINT_CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/** How long Chromium takes to open and draw the page of a graph, beyond an empty page; only where there is one. */
export function pages({ cwd, rounds }) {
  if (!existsSync(CHROMIUM)) return [];
  writeFileSync(path.join(cwd, 'empty.html'), '<!doctype html><title>empty</title>');
  const open = (file) => [
    CHROMIUM,
    ...ARGUMENTS,
    `--user-data-dir=${path.join(cwd, 'chromium')}`,
    ...['--dump-dom', pathToFileURL(path.join(cwd, file)).href],
  ];
  return [
    [500, 2],
    [5_000, undefined],
  ].map(([count, atMost]) => {
    const page = `targets-${count}.html`;
    const [program, ...args] = lint('graph', '--format', 'html', '-o', page, `targets-${count}.json`);
    spawnSync(program, args, { cwd });
    const runs = inTurn({ page: open(page), empty: open('empty.html') }, few(rounds), { cwd });
    const more = inSeconds(difference(runs.page, runs.empty));
    return {
      id: `page-${count}`,
      what: `the page of ${count.toLocaleString('en')} targets in Chromium, wall time, to an empty page`,
      times: timesOf({
        page: { ...runs.page, cpu: [] },
        empty: { ...runs.empty, cpu: [] },
      }),
      figure: 'seconds more',
      // Its processes are not all ours to count.
      value: { wall: more.wall, cpu: undefined },
      atMost,
    };
  });
}
