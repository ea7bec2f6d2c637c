import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameters } from '../../src/config/parameters.js';
import { temporaryDirectory } from './temporary.js';

async function read(files: Readonly<Record<string, unknown>>, argument: string, environment?: string) {
  const given = await readParameters([argument], temporaryDirectory(files));
  const [assignment] = given.assignments(environment);
  return { ...assignment, environments: given.environments, notes: given.notes };
}

const refusal = async (...given: Parameters<typeof read>): Promise<string> =>
  read(...given).then(
    () => 'it was taken',
    (error: Error) => error.message,
  );

const overrides = (written: string, environment = 'default', command = 'deploy') =>
  `version = 0.1\n[${environment}.${command}.parameters]\nstack_name = "x"\nparameter_overrides = ${written}\n`;

describe('a file that a samconfig.toml names', () => {
  async function valuesBy(file: string): Promise<unknown> {
    const root = temporaryDirectory({
      'outside.json': { Mode: 'obo' },
      'project/.git/HEAD': '',
      'project/samconfig.toml': overrides(`"file://${file}"`),
      'project/inside.json': { Mode: 'obo' },
    });
    symlinkSync('../outside.json', path.join(root, 'project/link.json'));
    const given = await readParameters(['samconfig.toml'], path.join(root, 'project'));
    return given.assignments(undefined)[0]?.values;
  }

  it('is read inside of the project', async () => {
    expect(await valuesBy('inside.json')).toEqual({ Mode: 'obo' });
  });

  it.each(['../outside.json', 'link.json'])('is not read outside of it: %s', async (file) => {
    await expect(valuesBy(file)).rejects.toThrow('which is not there, or lies outside of the project');
  });
});

describe('the parameter_overrides of a samconfig.toml', () => {
  it.each([
    ['a text', '"Mode=obo Stage=prod"', { Mode: 'obo', Stage: 'prod' }],
    [
      'quoted values',
      String.raw`'Name="two words" Path=C:\dir Text=a\ b'`,
      { Name: 'two words', Path: String.raw`C:\dir`, Text: 'a b' },
    ],
    [
      'the long form',
      '"ParameterKey=Mode,ParameterValue=obo ParameterKey=Stage,ParameterValue=prod"',
      { Mode: 'obo', Stage: 'prod' },
    ],
    ['a list', '["Mode=obo", "Stage=prod Size=3"]', { Mode: 'obo', Stage: 'prod', Size: '3' }],
    ['several lines', '"""\nMode=obo\nStage=prod\n"""', { Mode: 'obo', Stage: 'prod' }],
    [
      'a table',
      '{ Mode = "obo", Count = 3, On = true, Ids = ["a", "b"], Since = 2010-09-09 }',
      { Mode: 'obo', Count: '3', On: 'true', Ids: 'a,b', Since: '2010-09-09' },
    ],
    ['a large number', '{ Account = 99999999999999999999 }', { Account: '99999999999999999999' }],
  ])('are read from %s', async (_form, written, values) => {
    expect(await read({ 'samconfig.toml': overrides(written) }, 'samconfig.toml')).toMatchObject({
      template: undefined,
      values,
      origin: 'samconfig.toml',
      environments: ['default'],
      notes: [],
    });
  });

  it('are read from YAML under its own name', async () => {
    const text =
      'version: 0.1\nprod:\n  deploy:\n    parameters:\n      parameter_overrides:\n        - Mode=obo\n';
    expect(await read({ 'samconfig.yaml': text }, 'samconfig.yaml', 'prod')).toMatchObject({
      values: { Mode: 'obo' },
    });
  });

  it('are those of the deployment before those of all commands', async () => {
    const text = `${overrides('"Mode=a"', 'default', 'global')}${overrides('"Mode=b"', 'default', 'deploy').replace('version = 0.1\n', '')}`;
    expect(await read({ 'samconfig.toml': text }, 'samconfig.toml')).toMatchObject({ values: { Mode: 'b' } });
    expect(
      await read({ 'samconfig.toml': overrides('"Mode=a"', 'default', 'global') }, 'samconfig.toml'),
    ).toMatchObject({ values: { Mode: 'a' } });
  });

  it('can lie in a file of its own', async () => {
    const files = { 'app/samconfig.toml': overrides('"file://prod.yaml"'), 'app/prod.yaml': 'Mode: obo\n' };
    const { values, places } = await read(files, 'app/samconfig.toml');
    expect([values, places]).toEqual([{ Mode: 'obo' }, { Mode: 'app/prod.yaml:1:7' }]);
  });
});

describe('the environment of a samconfig.toml', () => {
  const files = {
    'samconfig.toml': `${overrides('"Mode=d"')}${overrides('"Mode=p"', 'prod').replace('version = 0.1\n', '')}`,
  };

  it.each([
    ['default when none is named', 'samconfig.toml', undefined, 'd'],
    ['the one that is named', 'samconfig.toml', 'prod', 'p'],
    ['the one behind the hash', 'samconfig.toml#prod', undefined, 'p'],
    ['the one behind the hash, whichever is named', 'samconfig.toml#default', 'prod', 'd'],
  ])('is %s', async (_which, argument, environment, mode) => {
    expect(await read(files, argument, environment)).toMatchObject({ values: { Mode: mode }, notes: [] });
  });

  it('is the default with a remark where the file lacks the one that is named', async () => {
    expect(await read(files, 'samconfig.toml', 'test')).toMatchObject({
      values: { Mode: 'd' },
      notes: ['samconfig.toml has no environment test: default stands in for it'],
    });
  });

  it('gives nothing, with a remark, where the file has no default', async () => {
    const only = { 'samconfig.toml': overrides('"Mode=p"', 'prod') };
    expect(await read(only, 'samconfig.toml')).toMatchObject({
      values: {},
      notes: ['samconfig.toml has no environment default: it gives no values there'],
    });
  });
});

describe('a samconfig.toml is refused', () => {
  it.each([
    [
      'that is no TOML, with its place and nothing of its text',
      'x = 1\nPassword = hunter2\n',
      /^samconfig\.toml:2:\d+: (?!.*hunter2)/,
    ],
    [
      'with an override that is no pair',
      overrides('"secret"'),
      /^samconfig\.toml \[default\.deploy\.parameters\]: parameter_overrides must be Key=Value, a list of these, or a table$/,
    ],
    ['with an override that is a number', overrides('3'), /parameter_overrides must be/],
    [
      'with a table in the table',
      overrides('{ Mode = { a = 1 } }'),
      /: Mode must be a string, a number or a list$/,
    ],
    [
      'that gives a parameter two values',
      overrides('"Mode=a Mode=b"'),
      /Mode is given two different values .* twice in samconfig\.toml/,
    ],
  ])('%s', async (_fault, text, message) => {
    expect(await refusal({ 'samconfig.toml': text }, 'samconfig.toml')).toMatch(message);
  });

  it('for an environment behind the hash that it lacks, with the one that was meant', async () => {
    const files = { 'samconfig.toml': overrides('"Mode=a"', 'production') };
    expect(await refusal(files, 'samconfig.toml#producton')).toBe(
      'samconfig.toml has no environment producton; did you mean "production"?',
    );
  });

  it('where it is no samconfig', async () => {
    expect(await refusal({ 'p.json': {} }, 'p.json#prod')).toContain(
      'p.json has no environments to choose from',
    );
  });
});
