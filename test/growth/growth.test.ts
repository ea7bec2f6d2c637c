import { afterAll, beforeAll, expect, it } from 'vitest';
import { extent } from '../samples.js';
import { CONSTRUCTS } from './constructs.js';
import { type Growth, growthOf, rowOf } from './growth.js';
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
beforeAll(async () => {
  counter = await StepCounter.open();
});
afterAll(async () => {
  await counter.close();
  if (isThorough) console.log(rows.join('\n'));
});

it.each(CONSTRUCTS.filter(({ isHeavy }) => isThorough || isHeavy !== true))(
  '$name',
  async ({ name, make }) => {
    const growth: Growth = await growthOf(counter, make, extent(COUNT));
    rows.push(rowOf(name, growth));
    expect(growth.isFaster, rowOf(name, growth)).toBe(false);
  },
  TIMEOUT,
);
