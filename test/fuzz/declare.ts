import fc from 'fast-check';
import { describe, it } from 'vitest';
import { fixtures } from './corpus.js';
import { inputKinds } from './inputs.js';
import { holdLaws } from './laws.js';

const SEED = 20_260_101;

/** How much of the fuzzer's space a run of the tests goes through, the same each time. */
export interface FuzzExtent {
  readonly inputs: number;
  /** One prefix of so many characters of the fixtures. */
  readonly prefixStep: number;
}
/** On a busy machine. */
const TIMEOUT = 600_000;

const kinds = await inputKinds();
const weights = kinds.reduce((sum, { weight }) => sum + weight, 0);

/** Declares the tests of a run. The long one is scripts/fuzz.js; docs/fuzzing.md tells what it found. */
export function fuzz({ inputs, prefixStep }: FuzzExtent): void {
  describe('random and mutated templates', () => {
    for (const { name, weight, property } of kinds) {
      const numRuns = Math.ceil((inputs * weight) / weights);
      it(
        `${numRuns} of the kind: ${name}`,
        () => fc.assert(property(false), { seed: SEED, numRuns }),
        TIMEOUT,
      );
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
            for (; next < text.length; next += prefixStep) {
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
}
