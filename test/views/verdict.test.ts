import { describe, expect, it } from 'vitest';
import { Scenario, type Variable } from '../../src/evaluate/scenario.js';
import { anyOf, scenariosWhere, type Verdict } from '../../src/views/verdict.js';

const variable = (name: string, values?: readonly string[]): Variable => ({
  key: name,
  name,
  kind: 'parameter',
  declaredIn: new Set(['template.json']),
  values,
  default: undefined,
  secret: false,
  accepts: () => true,
});

const mode = variable('Mode', ['a', 'b', 'c']);
const stage = variable('Stage', ['dev', 'live']);
const is = (of: Variable, value: string): Scenario => Scenario.always.assume(of, value) as Scenario;
const words = (scenarios: readonly Scenario[]): string[] =>
  scenarios.map((scenario) =>
    [...scenario.constraints]
      .map(([{ name }, constraint]) => `${name} ${JSON.stringify(constraint)}`)
      .join(', '),
  );

describe('scenariosWhere', () => {
  it('says everything where all answers agree', () => {
    const verdicts: Verdict[] = [
      { holds: true, when: is(mode, 'a') },
      { holds: true, when: Scenario.always.exclude(mode, 'a') as Scenario },
    ];
    expect(scenariosWhere(verdicts, true, Scenario.always)).toEqual([Scenario.always]);
    expect(scenariosWhere(verdicts, false, Scenario.always)).toEqual([]);
  });

  it('joins the values of one parameter', () => {
    const verdicts = ['a', 'b', 'c'].map((value) => ({ holds: value === 'a', when: is(mode, value) }));
    expect(words(scenariosWhere(verdicts, false, Scenario.always))).toEqual(['Mode {"isNot":["a"]}']);
  });

  it('keeps apart what hangs on two parameters', () => {
    const verdicts = [
      { holds: false, when: is(mode, 'a') },
      { holds: false, when: is(mode, 'b').assume(stage, 'dev') as Scenario },
      { holds: true, when: is(mode, 'b').assume(stage, 'live') as Scenario },
      { holds: true, when: is(mode, 'c') },
    ];
    expect(words(scenariosWhere(verdicts, false, Scenario.always))).toEqual([
      'Mode {"is":"a"}',
      'Mode {"is":"b"}, Stage {"is":"dev"}',
    ]);
  });

  it('keeps what the question already assumed', () => {
    const when = is(stage, 'dev');
    const verdicts = ['a', 'b', 'c'].map((value) => ({
      holds: value === 'a',
      when: when.assume(mode, value) as Scenario,
    }));
    expect(words(scenariosWhere(verdicts, false, when))).toEqual([
      'Stage {"is":"dev"}, Mode {"isNot":["a"]}',
    ]);
  });
});

describe('anyOf', () => {
  it('does not hold for nothing', () => {
    expect(anyOf([], Scenario.always, () => [])).toEqual([{ holds: false, when: Scenario.always }]);
  });

  it('asks no further once everything is settled', () => {
    const asked: string[] = [];
    anyOf(['first', 'second'], Scenario.always, (thing, when) => {
      asked.push(thing);
      return [{ holds: true, when }];
    });
    expect(asked).toEqual(['first']);
  });

  it('takes steps in the number of things that depend on parameters of their own', () => {
    const parameters = Array.from({ length: 40 }, (_, index) => variable(`P${index}`, ['x', 'y', 'z']));
    let asked = 0;
    const verdicts = anyOf(parameters, Scenario.always, (parameter, when) => {
      asked++;
      return ['x', 'y', 'z'].map((value) => ({
        holds: value === 'x',
        when: when.assume(parameter, value) as Scenario,
      }));
    });
    expect(asked).toBe(40);
    expect(verdicts.filter(({ holds }) => holds)).toHaveLength(40);
    expect(verdicts.filter(({ holds }) => !holds)).toHaveLength(1);
  });
});
