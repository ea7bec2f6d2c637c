import { lintTemplates } from '../limits/templates.js';
import type { Construct } from './constructs.js';
import type { StepCounter } from './steps.js';

/** How the work of a construct grows. */
export interface Growth {
  /** The steps for inputs of the size, and of twice, four and eight times the size. */
  readonly steps: readonly number[];
  /** How many times the steps that the last doubling adds are those that the one before adds: 2 where work is linear. */
  readonly factor: number;
  readonly isFaster: boolean;
}

/** n log n from 4n to 8n adds less than this times what it adds from 2n to 4n, from n = 4 on; n² adds 4 times as much. */
const MOST = 2.7;

/** Lints inputs of four sizes with a construct, and counts the steps of each. */
export async function growthOf(
  counter: StepCounter,
  make: Construct['make'],
  count: number,
): Promise<Growth> {
  const steps: number[] = [];
  for (const times of [1, 2, 4, 8]) {
    const files = make(times * count);
    steps.push(await counter.count(() => lintTemplates(files)));
  }
  // The first one loads and makes what is kept, and is not compared.
  const [, two = 0, four = 0, eight = 0] = steps;
  // What hardly grows at all has no factor that means something.
  const factor = (eight - four) / Math.max(four / 20, four - two);
  return { steps, factor, isFaster: factor > MOST };
}
