import { afterEach, describe, expect, it, vi } from 'vitest';
import { Scenario, type Variable } from '../../src/evaluate/scenario.js';
import { simplify } from '../../src/evaluate/simplify.js';

const flag = (key: string): Variable => ({
  key,
  name: key,
  kind: 'undecided-condition',
  declaredIn: new Set(),
  values: ['true', 'false'],
  default: undefined,
  secret: false,
  accepts: () => true,
});

afterEach(() => vi.restoreAllMocks());

it('combines no two scenarios again after others have been combined', () => {
  const flags = Array.from({ length: 10 }, (_, index) => flag(`F${index}`));
  // Each of five flags at some values in turn: many pairs that give something, and more that give nothing.
  const scenarios = Array.from({ length: 90 }, (_, number) =>
    Scenario.of(
      [0, 1, 2, 3, 4].map((step) => {
        const of = flags[(number * 7 + step * (1 + (number % 2))) % flags.length] as Variable;
        return [of, { is: String((number * 5 + step * step * 3) % 4 < 2) }] as const;
      }),
    ),
  );
  const forget = vi.spyOn(Scenario.prototype, 'forget');
  expect(simplify(scenarios)).toHaveLength(32);
  expect(forget.mock.calls.length).toBeLessThan(6_000);
});

/** Each says that a flag is set and the next one is not: what any two of them say together is new, too. */
const ring = (count: number) => {
  const flags = Array.from({ length: count }, (_, index) => flag(`F${String(index).padStart(2, '0')}`));
  return flags.map((one, index) =>
    Scenario.of([
      [one, { is: 'true' }],
      [flags[(index + 1) % count] as Variable, { is: 'false' }],
    ]),
  );
};
const said = (scenarios: readonly Scenario[]) =>
  scenarios.map(({ constraints }) => [...constraints].map(([{ key }, is]) => [key, is]).sort());

/** One text for each of some variables, each chosen out of two, in four combinations; and some that are sure. */
const choices = (count: number) => {
  const texts = Array.from({ length: count }, (_, index) => ({ ...flag(`T${index}`), values: undefined }));
  return [0, 1, 2, 3].map((number) =>
    Scenario.of(
      texts.map((text, index) => {
        const values = index % 2 === 0 ? ['a'] : ['a', 'b'];
        const is = values[((number >> (index % 3)) + index) % values.length] as string;
        return [text, { is, outOf: { values, before: undefined } }] as const;
      }),
    ),
  );
};

it('compares no more than it may, however much the scenarios say together', () => {
  const isWithin = vi.spyOn(Scenario.prototype, 'isWithin');
  expect(simplify(ring(9))).toHaveLength(72);
  isWithin.mockClear();
  simplify(choices(14));
  expect(isWithin.mock.calls.length).toBeLessThan(60_000);
});

it.each([5, 20, 40])(
  'says the same in whichever order %i scenarios were found, also past its limits',
  (count) => {
    expect(said(simplify(ring(count).reverse()))).toEqual(said(simplify(ring(count))));
  },
);

describe('scenarios that are said in fewer', () => {
  const letter = { ...flag('Letter'), values: undefined };
  const shown = (...scenarios: Scenario[]) =>
    simplify(scenarios).map(({ constraints }) =>
      [...constraints].map(([{ name }, constraint]) =>
        'is' in constraint ? `${name}=${constraint.is}` : `${name}!=${constraint.isNot.join()}`,
      ),
    );
  const is = (value: string) => Scenario.of([[letter, { is: value }]]);
  const isNot = (...values: string[]) => Scenario.of([[letter, { isNot: values }]]);

  it('are one where they rule out one value between them', () => {
    expect(shown(isNot('a', 'b'), isNot('b', 'c'))).toEqual([['Letter!=b']]);
    expect(shown(is('a'), isNot('a', 'b'))).toEqual([['Letter!=b']]);
  });

  it('say nothing where they rule out nothing between them', () => {
    expect(shown(isNot('a'), isNot('b'))).toEqual([[]]);
    expect(shown(is('a'), isNot('a'))).toEqual([[]]);
  });

  it('stay two where neither is wider', () => {
    expect(shown(is('a'), is('b'))).toEqual([['Letter=a'], ['Letter=b']]);
  });
});
