import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readParameters } from '../../src/config/parameters.js';
import { UsageError } from '../../src/discover/usage-error.js';
import { temporaryDirectory } from './temporary.js';

const AWS_CLI = [
  { ParameterKey: 'Mode', ParameterValue: 'obo' },
  { ParameterKey: 'Old', UsePreviousValue: true },
];

async function read(files: Readonly<Record<string, unknown>>, ...given: string[]) {
  const { assignments, notes } = await readParameters(given, temporaryDirectory(files));
  return { assignments: assignments(undefined), notes };
}

async function refusal(files: Readonly<Record<string, unknown>>, ...given: string[]): Promise<string> {
  const error = await read(files, ...given).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  return (error as Error).message;
}

describe('a pair', () => {
  it.each([
    ['Mode=obo', undefined, { Mode: 'obo' }],
    ['Mode=', undefined, { Mode: '' }],
    ['Url=https://a.example/b=c:d', undefined, { Url: 'https://a.example/b=c:d' }],
    ['Text=two\nlines', undefined, { Text: 'two\nlines' }],
    ['gateway.yaml:Mode=obo', 'gateway.yaml', { Mode: 'obo' }],
    ['gateway.yaml:Url=a:b', 'gateway.yaml', { Url: 'a:b' }],
    ['C:\\app\\gateway.yaml:Mode=obo', 'C:\\app\\gateway.yaml', { Mode: 'obo' }],
    ['stacks/*.yaml:Mode=obo', 'stacks/*.yaml', { Mode: 'obo' }],
    ['ParameterKey=Mode,ParameterValue=a=b', undefined, { Mode: 'a=b' }],
    ['constructor=1', undefined, { constructor: '1' }],
  ])('is read: %s', async (argument, template, values) => {
    expect((await read({}, argument)).assignments).toMatchObject([{ template, values }]);
  });

  it('is not shown with its value', async () => {
    const [assignment] = (await read({}, 'gateway.yaml:Password=hunter2')).assignments;
    expect(assignment?.origin).toBe('--parameters gateway.yaml:Password');
  });
});

describe('a file', () => {
  it.each([
    ['the list of the AWS CLI', AWS_CLI, { Mode: 'obo' }],
    ['its list of pairs', ['Mode=obo', 'Url=a=b:c'], { Mode: 'obo', Url: 'a=b:c' }],
    ['the input of a whole call', { StackName: 'x', Parameters: AWS_CLI }, { Mode: 'obo' }],
    ['the form of CodePipeline', { Parameters: { Mode: 'obo' }, Tags: { a: 'b' } }, { Mode: 'obo' }],
    [
      'a plain map',
      { Mode: 'obo', Count: 3, On: false, Ids: ['a', 2] },
      { Mode: 'obo', Count: '3', On: 'false', Ids: 'a,2' },
    ],
    [
      'a YAML map',
      'Mode: obo\nCount: 012345678901\nSince: 2010-09-09\n',
      { Mode: 'obo', Count: '012345678901', Since: '2010-09-09' },
    ],
    ['a YAML list', '- ParameterKey: Mode\n  ParameterValue: obo\n', { Mode: 'obo' }],
    ['an empty map', {}, {}],
  ])('holds %s', async (_form, content, values) => {
    for (const name of ['p.json', 'p.params']) {
      if (name === 'p.json' && typeof content === 'string') continue;
      const [assignment] = (await read({ [name]: content }, name)).assignments;
      expect(assignment).toMatchObject({ template: undefined, values, origin: name });
    }
  });

  it('may be for one template', async () => {
    const [assignment] = (await read({ 'p.json': { Mode: 'obo' } }, 'gateway.yaml:p.json')).assignments;
    expect(assignment).toMatchObject({ template: 'gateway.yaml', values: { Mode: 'obo' } });
  });

  it('may be a URL', async () => {
    const cwd = temporaryDirectory({ 'p q.json': { Mode: 'obo' } });
    const absolute = pathToFileURL(path.join(cwd, 'p q.json')).href;
    for (const argument of ['file://p q.json', absolute, 'gateway.yaml:file://p q.json']) {
      expect((await readParameters([argument], cwd)).assignments(undefined)).toMatchObject([
        { values: { Mode: 'obo' } },
      ]);
    }
  });

  it('may have a name like a pair, or with a colon', async () => {
    expect((await read({ 'a=b': { Mode: 'obo' } }, 'a=b')).assignments).toMatchObject([
      { values: { Mode: 'obo' } },
    ]);
    expect((await read({ 'a:b.json': { Mode: 'obo' } }, 'a:b.json')).assignments).toMatchObject([
      { template: undefined },
    ]);
  });

  it('tells which values it does not know', async () => {
    expect((await read({ 'p.json': AWS_CLI }, 'p.json')).notes).toEqual([
      'p.json: Old uses its previous value, which is not known here: it counts as not given',
    ]);
  });

  it.each([
    ['no file', undefined, 'no such file: p.json'],
    ['a broken file', '{\n  "Mode": }', /^p\.json:2:\d+: /],
    ['a scalar', '3', 'p.json:1:1: the parameter file must be a list or a map of parameters'],
    [
      'a map of maps',
      { Resources: { X: {} } },
      'p.json:1:14: Resources must be a string, a number, true, false or a list of these',
    ],
    ['null', { Mode: null }, 'Mode must be a string'],
    ['a list in a list', { Mode: [['a']] }, 'Mode.0 must be a string'],
    [
      'a list of something else',
      [{ Key: 'Mode' }],
      'p.json:1:2: 0 lacks ParameterKey, the name of the parameter',
    ],
    ['an entry without a value', [{ ParameterKey: 'Mode' }], '0 lacks ParameterValue, the value of Mode'],
    ['a list of no pairs', ['secret'], '0 must be Key=Value'],
  ])('is refused: %s', async (_fault, content, message) => {
    expect(await refusal(content === undefined ? {} : { 'p.json': content }, 'p.json')).toMatch(message);
  });

  it('is refused without showing its values', async () => {
    const message = await refusal(
      { 'p.json': [{ ParameterKey: 'Password', ParameterValue: { x: 'hunter2' } }] },
      'p.json',
    );
    expect(message).toContain('0.ParameterValue must be');
    expect(message).not.toContain('hunter2');
    expect(await refusal({}, 'pass-word=hunter2')).toBe(
      '--parameters takes FILE or Key=Value, and pass-word is not the name of a parameter',
    );
  });
});

it('keeps the order in which they were given', async () => {
  const { assignments } = await read({ 'p.json': { Mode: 'a' } }, 'Mode=b', 'p.json');
  expect(assignments.map(({ values }) => values.Mode)).toEqual(['b', 'a']);
});
