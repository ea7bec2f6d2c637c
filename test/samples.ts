import fc from 'fast-check';

/*
 * How much of a large space a run of the tests goes through: few samples in `npm test`, many in `npm run test:real`,
 * which runs the files that import this module again. The samples are the same ones each time.
 */

/** Set by `npm run test:real`; set it yourself to run one file with all its samples. */
const thorough = process.env.CFN_TX_LINT_SAMPLES === 'many';

/** For another search than the usual one. */
const SEED = Number(process.env.CFN_TX_LINT_SEED ?? 20_260_101);

/** How many samples there are, or what else is smaller in `npm test`. */
export interface Extent<Size = number> {
  /** In `npm test`. */
  readonly few: Size;
  /** In `npm run test:real`; contains what `few` goes through. */
  readonly many: Size;
}

/** What of the two holds in this run. */
export function extent<Size>({ few, many }: Extent<Size>): Size {
  return thorough ? many : few;
}

/**
 * Asserts a property on so many random values.
 * @throws what a value made the property throw, with the smallest such value that was found
 */
export function holds<Values>(property: fc.IAsyncProperty<Values>, runs?: Extent): Promise<void>;
export function holds<Values>(property: fc.IProperty<Values>, runs?: Extent): void;
export function holds<Values>(
  property: fc.IRawProperty<Values>,
  runs: Extent = { few: 100, many: 1_000 },
): unknown {
  return fc.assert(property, { seed: SEED, numRuns: extent(runs) });
}
