import { afterEach, expect, it, vi } from 'vitest';
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
