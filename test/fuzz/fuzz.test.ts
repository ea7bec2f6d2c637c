import { describe, it } from 'vitest';
import { extent, holds } from '../samples.js';
import { fixtures } from './corpus.js';
import { inputKinds } from './inputs.js';
import { holdLaws } from './laws.js';

/*
 * A part of the fuzzer's space, the same each time. The long run is scripts/fuzz.js; docs/fuzzing.md tells what it found.
 */

const INPUTS = { few: 80, many: 2_000 };
/** One prefix of so many characters of the fixtures. */
const PREFIX_STEP = { few: 120_011, many: 6_007 };
/** On a busy machine. */
const TIMEOUT = 600_000;

const kinds = await inputKinds();
const weights = kinds.reduce((sum, { weight }) => sum + weight, 0);

describe('random and mutated templates', () => {
  it.each(kinds)(
    'of the kind: $name',
    ({ weight, property }) => {
      const share = (inputs: number) => Math.ceil((inputs * weight) / weights);
      return holds(property(false), { few: share(INPUTS.few), many: share(INPUTS.many) });
    },
    TIMEOUT,
  );

  it.each(kinds)(
    'with the pictures that are laid out: $name',
    ({ property }) => holds(property(true), { few: 2, many: 20 }),
    TIMEOUT,
  );
});

describe('half-typed templates', () => {
  it(
    'prefixes of the fixtures',
    async () => {
      const step = extent(PREFIX_STEP);
      // Goes on from file to file, so that every part of a file has its turn.
      let next = 0;
      for (const { files } of fixtures()) {
        for (const [index, { text }] of files.entries()) {
          for (; next < text.length; next += step) {
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
