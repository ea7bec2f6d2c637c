import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleFolder, bundleTests } from '../../scripts/build/bundle-tests.js';
import { extent } from '../samples.js';
import { CONSTRUCTS } from './constructs.js';
import type { Growth, growthOf } from './growth.js';
import { rowOf } from './rows.js';
import { StepCounter } from './steps.js';

/*
 * The work of each construct grows with the input, and not faster than n log n: inputs of n, 2n, 4n and 8n. With many
 * samples it prints the table that stands in docs/fuzzing.md.
 */

/** The smallest input's size. */
const COUNT = { few: 1, many: 6 };
const isThorough = extent({ few: false, many: true });
const TIMEOUT = 300_000;

const rows: string[] = [];
let counter: StepCounter;
let measure: typeof growthOf;
let folder: string;
beforeAll(async () => {
  folder = bundleFolder('growth');
  const outfile = path.join(folder, 'growth.js');
  await bundleTests('test/growth/growth.ts', outfile);
  const { href } = pathToFileURL(outfile);
  counter = await StepCounter.open(href);
  ({ growthOf: measure } = await import(href));
});
afterAll(async () => {
  await counter.close();
  rmSync(folder, { recursive: true });
  if (isThorough) console.log(rows.join('\n'));
});

it.each(CONSTRUCTS.filter(({ isHeavy }) => isThorough || isHeavy !== true))(
  '$name',
  async ({ name, make }) => {
    const growth: Growth = await measure(counter, make, extent(COUNT));
    rows.push(rowOf(name, growth));
    expect(growth.isFaster, rowOf(name, growth)).toBe(false);
  },
  TIMEOUT,
);
