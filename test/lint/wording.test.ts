import { describe, expect, it } from 'vitest';
import { Scenario, type Variable } from '../../src/evaluate/scenario.js';
import { scenarioValues, scenarioWords } from '../../src/lint/wording.js';

const parameter = (name: string, more: Partial<Variable> = {}): Variable => ({
  key: name,
  name,
  kind: 'parameter',
  declaredIn: new Set(),
  values: undefined,
  default: undefined,
  secret: false,
  accepts: () => true,
  ...more,
});
const MODE = parameter('Mode');
const STAGE = parameter('Stage');
const is = (...entries: (readonly [Variable, string])[]) =>
  Scenario.of(entries.map(([variable, value]) => [variable, { is: value }]));
const isNot = (variable: Variable, ...values: string[]) => Scenario.of([[variable, { isNot: values }]]);

describe('a scenario in words', () => {
  it.each<[string, readonly Scenario[], string | undefined]>([
    ['is none where it always holds', [Scenario.always], undefined],
    ['names a value', [is([MODE, 'obo'])], "when Mode is 'obo'"],
    [
      'names all values of one parameter',
      [is([MODE, 'obo']), is([MODE, 'm2m'])],
      "when Mode is 'obo' or 'm2m'",
    ],
    [
      'leaves out what others of the list say of another parameter',
      [is([MODE, 'obo']), is([MODE, 'm2m']), is([STAGE, 'dev'])],
      "when Mode is 'obo' or 'm2m'",
    ],
    [
      'leaves out those of the list that say more',
      [is([MODE, 'obo']), is([MODE, 'm2m'], [STAGE, 'dev'])],
      "when Mode is 'obo'",
    ],
    ['names all parameters', [is([MODE, 'obo'], [STAGE, 'dev'])], "when Mode is 'obo' and Stage is 'dev'"],
    ['names what a parameter is not', [isNot(STAGE, 'dev', 'test')], "when Stage is not 'dev' or 'test'"],
    ['hides a secret', [is([parameter('P', { secret: true }), 'pw'])], 'when P is ****'],
    ['hides what is called one', [is([parameter('ClientSecret'), 'pw'])], 'when ClientSecret is ****'],
    [
      'names a condition',
      [is([parameter('IsProd', { kind: 'undecided-condition' }), 'true'])],
      'when the condition IsProd is true',
    ],
    [
      'says of a condition without a name that it is one',
      [is([parameter('a condition', { kind: 'undecided-condition' }), 'false'])],
      'when an undecided condition is false',
    ],
  ])('%s', (_, scenarios, words) => {
    expect(scenarioWords(scenarios)).toBe(words);
  });

  it('names twenty values and counts the others', () => {
    const values = Array.from({ length: 21 }, (_, n) => `v${n}`);
    const words = (count: number) => scenarioWords([isNot(MODE, ...values.slice(0, count))]);
    expect(words(20)).toMatch(/, 'v18' or 'v19'$/);
    expect(words(21)).toMatch(/, 'v19' or 1 others$/);
  });

  it('names six parameters and counts the others', () => {
    const many = (count: number) =>
      scenarioWords([is(...Array.from({ length: count }, (_, n) => [parameter(`P${n}`), 'x'] as const))]);
    expect(many(6)).toMatch(/P5 is 'x'$/);
    expect(many(7)).toMatch(/P5 is 'x' and 1 more parameters are set to match$/);
  });
});

describe('the values of a scenario', () => {
  it('are none where nothing is assumed', () => {
    expect(scenarioValues(undefined)).toBeNull();
    expect(scenarioValues(Scenario.always)).toBeNull();
  });

  it('stand in the order of their names', () => {
    const values = scenarioValues(is([STAGE, 'dev'], [MODE, 'obo'], [parameter('Name'), 'x']));
    expect(Object.entries(values ?? {})).toEqual([
      ['Mode', 'obo'],
      ['Name', 'x'],
      ['Stage', 'dev'],
    ]);
  });

  it('bear the first file of each of two parameters of one name', () => {
    const of = (...files: string[]) => parameter('Mode', { key: files.join(), declaredIn: new Set(files) });
    expect(
      scenarioValues(is([of('z.yaml', 'a.yaml'), 'obo'], [of('m.yaml'), 'm2m'], [STAGE, 'dev'])),
    ).toEqual({
      'a.yaml:Mode': 'obo',
      'm.yaml:Mode': 'm2m',
      Stage: 'dev',
    });
  });

  it('are the default of a parameter of which only other values are ruled out', () => {
    expect(scenarioValues(isNot(parameter('Mode', { default: 'obo' }), 'm2m'))).toEqual({ Mode: 'obo' });
    expect(scenarioValues(isNot(MODE, 'm2m', 'obo'))).toEqual({ Mode: "anything but 'm2m' or 'obo'" });
  });

  it('are hidden where they are secret, whatever is said of them', () => {
    const secret = parameter('P', { secret: true, default: 'pw' });
    expect(scenarioValues(is([secret, 'pw']))).toEqual({ P: '****' });
    expect(scenarioValues(isNot(secret, 'other'))).toEqual({ P: '****' });
  });
});
