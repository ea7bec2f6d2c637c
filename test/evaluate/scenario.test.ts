import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Scenario, type Variable } from '../../src/evaluate/scenario.js';
import { holds as assertHolds } from '../samples.js';

const variable = (name: string, values?: readonly string[]): Variable => ({
  key: name,
  name,
  kind: 'parameter',
  declaredIn: new Set(),
  values,
  default: undefined,
  secret: false,
  accepts: (value) => value !== '',
});

const VALUES = ['a', 'b', 'c'];
const variables = [variable('X', VALUES), variable('Y', VALUES), variable('Open')];
const ALL = VALUES.flatMap((x) => VALUES.flatMap((y) => [...VALUES, 'd'].map((open) => [x, y, open])));

/** Whether a way to deploy is one of a scenario. */
function holds(scenario: Scenario, way: readonly string[]): boolean {
  return variables.every((so, index) => scenario.allows(so, way[index] as string));
}

const scenarios = fc
  .array(fc.tuple(fc.nat(2), fc.constantFrom(...VALUES), fc.boolean()), { maxLength: 5 })
  .map((steps) =>
    steps.reduce<Scenario>((so, [index, value, is]) => {
      const of = variables[index] as Variable;
      return (is ? so.assume(of, value) : so.exclude(of, value)) ?? so;
    }, Scenario.always),
  );

describe('scenarios are sets of ways to deploy', () => {
  it('join to what both have in common', () => {
    assertHolds(
      fc.property(scenarios, scenarios, (a, b) => {
        const both = a.join(b);
        for (const way of ALL)
          expect(both !== undefined && holds(both, way)).toBe(holds(a, way) && holds(b, way));
      }),
    );
  });

  it('without one another are what lies outside, once', () => {
    assertHolds(
      fc.property(scenarios, scenarios, (a, b) => {
        const common = a.join(b);
        if (common === undefined) return;
        const outside = a.without(b);
        for (const way of ALL) {
          const times = outside.filter((so) => holds(so, way)).length;
          expect(times).toBe(holds(a, way) && !holds(b, way) ? 1 : 0);
        }
      }),
    );
  });

  it('lie within each other only as sets do', () => {
    assertHolds(
      fc.property(scenarios, scenarios, (a, b) => {
        if (a.isWithin(b)) for (const way of ALL) if (holds(a, way)) expect(holds(b, way)).toBe(true);
      }),
    );
  });
});

describe('a choice', () => {
  const [, , open] = variables as [Variable, Variable, Variable];

  it('leaves the other choices outside, and nothing else', () => {
    const [first, second] = Scenario.always.choose(open, ['p', 'q']);
    expect(Scenario.always.without(first?.when as Scenario)).toEqual([second?.when]);
  });

  it('leaves out what the variable cannot be', () => {
    expect(Scenario.always.choose(open, ['', 'p']).map(({ value }) => value)).toEqual(['p']);
  });

  it('is forgotten with what it was chosen out of', () => {
    const [first] = Scenario.always.choose(open, ['p', 'q']);
    expect(first?.when.withoutChoices().constraints.get(open)).toEqual({ is: 'p' });
  });
});

describe('what is ruled out', () => {
  it('is said in one order', () => {
    const [, , open] = variables as [Variable, Variable, Variable];
    const one = Scenario.always.exclude(open, 'b')?.exclude(open, 'a');
    expect(one?.constraints.get(open)).toEqual({ isNot: ['a', 'b'] });
  });

  it('leaves the last value of few', () => {
    const [x] = variables as [Variable];
    expect(Scenario.always.exclude(x, 'a')?.exclude(x, 'b')?.valueOf(x)).toBe('c');
    expect(Scenario.always.exclude(x, 'a')?.exclude(x, 'b')?.exclude(x, 'c')).toBeUndefined();
  });
});
