import { describe, expect, it } from 'vitest';
import { deploymentOf } from '../oracle/deployment.js';
import { generate } from '../oracle/generate.js';
import { extent } from '../samples.js';
import { laws, Tally } from './laws.js';

/** How many random deployments each law is held against here; `npm run laws` takes more still. */
const DEPLOYMENTS = extent({ few: 15, many: 150 });
const FIRST_SEED = 20_000;

const deployments = Array.from({ length: DEPLOYMENTS }, (_, index) => FIRST_SEED + index)
  .map((seed) => ({ seed, files: generate(seed) }))
  .filter(({ files }) => deploymentOf(files).size <= 200);

describe('whatever is deployed', () => {
  it.each(laws)('$name', async ({ broken }) => {
    const breaches: string[] = [];
    for (const { seed, files } of deployments) {
      for (const [way, detail] of await broken(files, seed, new Tally()))
        breaches.push(`seed ${seed}: ${way}: ${detail}`);
    }
    expect(breaches).toEqual([]);
  });
});
