import fc from 'fast-check';
import { describe, it } from 'vitest';
import { fixtures } from './corpus.js';
import { inputKinds } from './inputs.js';
import { holdLaws } from './laws.js';

/*
 * The short run, the same each time. The long one is scripts/fuzz.js; docs/fuzzing.md tells what it found.
 */

const SEED = 20_260_101;
const INPUTS = 2_000;
/** One prefix of so many characters of the fixtures. */
const PREFIX_STEP = 6_007;
/** On a busy machine. */
const TIMEOUT = 600_000;

const kinds = await inputKinds();
const weights = kinds.reduce((sum, { weight }) => sum + weight, 0);

describe('random and mutated templates', () => {
  for (const { name, weight, property } of kinds) {
    const numRuns = Math.ceil((INPUTS * weight) / weights);
    it(`${numRuns} of the kind: ${name}`, () => fc.assert(property(false), { seed: SEED, numRuns }), TIMEOUT);
  }

  it(
    'with the pictures that are laid out',
    async () => {
      for (const { property } of kinds) await fc.assert(property(true), { seed: SEED + 1, numRuns: 10 });
    },
    TIMEOUT,
  );
});

describe('half-typed templates', () => {
  it(
    'prefixes of the fixtures',
    async () => {
      // Goes on from file to file, so that every part of a file has its turn.
      let next = 0;
      for (const { files } of fixtures()) {
        for (const [index, { text }] of files.entries()) {
          for (; next < text.length; next += PREFIX_STEP) {
            const cut = files.map((file, at) =>
              at === index ? { ...file, text: text.slice(0, next) } : file,
            );
            await holdLaws(cut, { layout: false });
          }
          next -= text.length;
        }
      }
    },
    TIMEOUT,
  );
});
