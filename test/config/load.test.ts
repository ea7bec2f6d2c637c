import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { UsageError } from '../../src/discover/usage-error.js';
import { RULES } from '../cli/fake.js';
import { temporaryDirectory } from './temporary.js';

const loaded = (cwd: string, file?: string, noCode = false) =>
  loadConfig({ cwd, file, noCode, rules: async () => RULES });
const load = async (cwd: string, file?: string) => (await loaded(cwd, file)).config;

async function refusal(cwd: string, file?: string): Promise<string> {
  const error = await load(cwd, file).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  return (error as Error).message;
}

const WHOLE = {
  $schema: './config.schema.json',
  files: ['templates'],
  context: ['shared/*.yaml'],
  ignore: ['dist'],
  rules: {
    'invalid-grant-type': 'off',
    'token-exchange-on-built-in-vendor': ['warning', { nativeVendors: [] }],
  },
  parameters: { Mode: 'obo', Count: 3, Ids: ['a', 'b'], 'gateway.yaml': { Mode: 'm2m' } },
  strict: true,
};

describe('a configuration', () => {
  it('in YAML needs no quotes around off', async () => {
    const text =
      'rules:\n  invalid-grant-type: off\n  token-exchange-on-built-in-vendor: [off, { nativeVendors: [] }]\n';
    const cwd = temporaryDirectory({ 'cfn-tx-lint.config.yaml': text });
    expect((await load(cwd))?.rules).toEqual({
      'invalid-grant-type': 'off',
      'token-exchange-on-built-in-vendor': ['off', { nativeVendors: [] }],
    });
  });

  it.each([
    ['cfn-tx-lint.config.json', WHOLE],
    ['cfn-tx-lint.config.yaml', JSON.stringify(WHOLE, null, 2)],
    [
      'cfn-tx-lint.config.yml',
      `strict: true\n${JSON.stringify({ ...WHOLE, strict: undefined }).slice(1, -1)}`,
    ],
    ['cfn-tx-lint.config.js', `module.exports = ${JSON.stringify(WHOLE)}`],
    ['cfn-tx-lint.config.mjs', `export default ${JSON.stringify(WHOLE)}`],
    ['package.json', { name: 'x', 'cfn-tx-lint': WHOLE }],
  ])('is read from %s', async (name, content) => {
    const text = name.endsWith('.yml')
      ? `strict: true\n${Object.entries(WHOLE)
          .filter(([key]) => key !== 'strict')
          .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
          .join('')}`
      : content;
    const cwd = temporaryDirectory({ [name]: text });
    const { config, notes } = await loaded(cwd);
    expect(notes).toEqual([]);
    expect(config).toMatchObject({
      file: path.join(cwd, name),
      mergedFrom: [path.join(cwd, name)],
      files: ['templates'],
      context: ['shared/*.yaml'],
      ignore: ['dist'],
      rules: WHOLE.rules,
      parameters: [
        { template: undefined, values: { Mode: 'obo', Count: '3', Ids: 'a,b' }, origin: name },
        { template: 'gateway.yaml', values: { Mode: 'm2m' }, origin: name },
      ],
      plugins: [],
      strict: true,
      overrides: [],
      environments: [],
      failOn: undefined,
      baseline: undefined,
    });
  });

  it('is not there where there is none', async () => {
    expect(await load(temporaryDirectory({ '.git/HEAD': '' }))).toBeUndefined();
  });

  it('is written for its own directory', async () => {
    const root = temporaryDirectory({ 'cfn-tx-lint.config.json': WHOLE, 'a/b/x': '' });
    expect(await load(path.join(root, 'a', 'b'))).toMatchObject({
      files: ['../../templates'],
      context: ['../../shared/*.yaml'],
      ignore: ['../../dist'],
      parameters: [{ template: undefined }, { template: '../../gateway.yaml' }],
    });
  });

  it('can be named', async () => {
    const root = temporaryDirectory({
      'conf/other.yaml': 'files: [x.yaml]\n',
      'cfn-tx-lint.config.json': {},
    });
    expect(await load(root, 'conf/other.yaml')).toMatchObject({ files: ['conf/x.yaml'] });
  });

  it('may hold keys that objects have', async () => {
    const cwd = temporaryDirectory({
      'cfn-tx-lint.config.json': '{ "parameters": { "__proto__": { "x": "1" } } }',
    });
    const config = await load(cwd);
    expect(config?.parameters).toMatchObject([
      { template: '__proto__', values: { x: '1' }, origin: 'cfn-tx-lint.config.json' },
    ]);
  });
});

describe('a wrong configuration', () => {
  it.each([
    [{ filez: [] }, ':1:2: filez: unknown key; did you mean "files"?'],
    [{ __proto__x: 1 }, ': unknown key'],
    [{ strict: 'yes' }, ':1:11: strict: must be true or false, and is a string'],
    [{ files: 'a.yaml' }, ':1:10: files: must be a list, and is a string'],
    [{ files: ['a', 3] }, ':1:15: files[1]: must be a string, and is a number'],
    [{ files: [''] }, 'files[0]: must not be empty'],
    [
      { rules: { 'invalid-grant-typ': 'off' } },
      ':1:11: rules.invalid-grant-typ: unknown rule; did you mean "invalid-grant-type"?',
    ],
    [
      { rules: { 'invalid-grant-type': 'eror' } },
      'rules.invalid-grant-type: unknown severity "eror"; did you mean "error"?',
    ],
    [
      { rules: { 'invalid-grant-type': 2 } },
      'must be one of "error", "warning", "info", "off" or a list, and is a number',
    ],
    [
      { rules: { 'invalid-grant-type': ['error', {}, 1] } },
      'rules.invalid-grant-type[2]: is one item too many',
    ],
    [{ rules: { 'invalid-grant-type': [] } }, 'must not be empty'],
    [
      { rules: { 'token-exchange-on-built-in-vendor': ['error', { nativeVendor: [] }] } },
      'rules.token-exchange-on-built-in-vendor[1].nativeVendor: unknown option of the rule token-exchange-on-built-in-vendor; did you mean "nativeVendors"?',
    ],
    [
      { parameters: { a: null } },
      'parameters.a: must be a string or a number or true or false or a list or a map, and is null',
    ],
    [[], ':1:1: the configuration: must be a map, and is a list'],
  ])('%j is refused', async (config, message) => {
    const cwd = temporaryDirectory({ 'cfn-tx-lint.config.json': config });
    expect(await refusal(cwd)).toContain(message);
  });

  it('is told with all its faults and their places', async () => {
    const cwd = temporaryDirectory({
      'cfn-tx-lint.config.yaml': 'files: [a]\nstrikt: true\nrules:\n  actor-token-unspecified: of\n',
    });
    expect((await refusal(cwd)).split('\n')).toEqual([
      'cfn-tx-lint.config.yaml:2:1: strikt: unknown key; did you mean "strict"?',
      'cfn-tx-lint.config.yaml:4:28: rules.actor-token-unspecified: unknown severity "of"; did you mean "off"?',
    ]);
  });

  it('in package.json has its place there', async () => {
    const cwd = temporaryDirectory({ 'package.json': '{\n  "cfn-tx-lint": { "strict": 1 }\n}' });
    expect(await refusal(cwd)).toBe('package.json:2:30: strict: must be true or false, and is a number');
  });

  it('cannot be parsed', async () => {
    expect(await refusal(temporaryDirectory({ 'cfn-tx-lint.config.json': '{\n  "files": [,]\n}' }))).toMatch(
      /^cfn-tx-lint\.config\.json:2:\d+: /,
    );
    expect(await refusal(temporaryDirectory({ 'cfn-tx-lint.config.mjs': 'export default {' }))).toMatch(
      /^cfn-tx-lint\.config\.mjs cannot be loaded: /,
    );
    expect(await refusal(temporaryDirectory({ 'cfn-tx-lint.config.mjs': 'export const x = 1' }))).toContain(
      'it has no default export',
    );
  });

  it('was named and is not there, or of no known kind', async () => {
    expect(await refusal(temporaryDirectory(), 'x.json')).toBe('no such file: x.json');
    expect(await refusal(temporaryDirectory({ 'x.toml': '' }), 'x.toml')).toContain('and got x.toml');
    expect(await refusal(temporaryDirectory({ 'package.json': {} }), 'package.json')).toContain('has no key');
  });
});

const MARKING =
  "import { writeFileSync } from 'node:fs';\nwriteFileSync(new URL('ran', import.meta.url), '');\n";

describe('JavaScript outside of the project', () => {
  const outside = () =>
    temporaryDirectory({
      'cfn-tx-lint.config.mjs': `${MARKING}export default { strict: true };`,
      'project/.git/HEAD': '',
      'project/app/x.yaml': '',
    });

  it('is not run when a search finds it', async () => {
    const root = outside();
    expect(await load(path.join(root, 'project', 'app'))).toBeUndefined();
    expect(existsSync(path.join(root, 'ran'))).toBe(false);
  });

  it('is run when it is named', async () => {
    const root = outside();
    const config = await load(path.join(root, 'project', 'app'), '../../cfn-tx-lint.config.mjs');
    expect(config).toMatchObject({ strict: true });
    expect(existsSync(path.join(root, 'ran'))).toBe(true);
  });

  it('is not run through a link in the project', async () => {
    const root = outside();
    symlinkSync('../cfn-tx-lint.config.mjs', path.join(root, 'project', 'cfn-tx-lint.config.mjs'));
    expect(await load(path.join(root, 'project'))).toBeUndefined();
    expect(existsSync(path.join(root, 'ran'))).toBe(false);
  });

  it('is run from the root of the project for a directory in it', async () => {
    const root = temporaryDirectory({
      '.git/HEAD': '',
      'cfn-tx-lint.config.mjs': 'export default { strict: true };',
      'app/x.yaml': '',
    });
    expect(await load(path.join(root, 'app'))).toMatchObject({ strict: true });
  });

  it('is no plugin of a configuration that a search finds outside of the working directory', async () => {
    const root = temporaryDirectory({
      'plugin.mjs': `${MARKING}export const rules = [];`,
      'cfn-tx-lint.config.json': { plugins: ['./plugin.mjs'], rules: { 'its-rule': 'off' }, strict: true },
      'project/x.yaml': '',
    });
    const { config, notes } = await loaded(path.join(root, 'project'));
    expect(config).toMatchObject({ strict: true, plugins: [] });
    expect(notes.join()).toContain('its plugins were not loaded');
    expect(existsSync(path.join(root, 'ran'))).toBe(false);
  });
});

describe('a plugin outside of the project', () => {
  const outside = () =>
    temporaryDirectory({
      'plugin.mjs': `${MARKING}export const rules = [];`,
      'project/.git/HEAD': '',
      'project/cfn-tx-lint.config.json': { plugins: ['../plugin.mjs'] },
    });

  it('is not run', async () => {
    const root = outside();
    expect(await refusal(path.join(root, 'project'))).toContain(
      'cfn-tx-lint.config.json:1:13: plugins[0]: cannot be loaded: it lies outside of the project',
    );
    expect(existsSync(path.join(root, 'ran'))).toBe(false);
  });

  it('is not run through a link in the project', async () => {
    const root = outside();
    const cwd = path.join(root, 'project');
    symlinkSync('../plugin.mjs', path.join(cwd, 'plugin.mjs'));
    writeFileSync(path.join(cwd, 'cfn-tx-lint.config.json'), '{"plugins": ["./plugin.mjs"]}');
    expect(await refusal(cwd)).toContain('lies outside of the project');
    expect(existsSync(path.join(root, 'ran'))).toBe(false);
  });

  it('is run when the configuration was named', async () => {
    const root = outside();
    const config = await load(path.join(root, 'project'), 'cfn-tx-lint.config.json');
    expect(config?.plugins).toHaveLength(1);
    expect(existsSync(path.join(root, 'ran'))).toBe(true);
  });
});

describe('a configuration outside of the repository', () => {
  it('is not read when a search finds it', async () => {
    const root = temporaryDirectory({
      'cfn-tx-lint.config.json': { strict: true },
      'project/.git/HEAD': '',
    });
    const { config, notes } = await loaded(path.join(root, 'project'));
    expect(config).toBeUndefined();
    expect(notes.join()).toContain('lies outside of the project and was not read: name it with --config');
  });

  it('is not read through a link in it', async () => {
    const root = temporaryDirectory({
      'elsewhere/config.json': { strict: true },
      'project/.git/HEAD': '',
      'alone/x.yaml': '',
    });
    for (const directory of ['project', 'alone']) {
      const cwd = path.join(root, directory);
      symlinkSync('../elsewhere/config.json', path.join(cwd, 'cfn-tx-lint.config.json'));
      expect(await load(cwd)).toBeUndefined();
    }
  });

  it('is read when it is named', async () => {
    const root = temporaryDirectory({ 'other.json': { strict: true }, 'project/.git/HEAD': '' });
    expect(await load(path.join(root, 'project'), '../other.json')).toMatchObject({ strict: true });
  });
});

const PLUGIN = `export const rules = [
  { id: 'own-rule', severity: 'error', messages: {}, check: {}, options: { schema: { type: 'object', properties: { names: { type: 'array' } }, additionalProperties: false } } },
];`;

describe('plugins', () => {
  it.each([
    ['./rules/own.mjs', 'rules/own.mjs', PLUGIN],
    ['own', 'node_modules/own/index.mjs', PLUGIN],
    ['@scope/own/rules', 'node_modules/@scope/own/index.mjs', PLUGIN],
    ['./own.cjs', 'own.cjs', PLUGIN.replace('export const rules', 'exports.rules')],
    [
      './default.mjs',
      'default.mjs',
      PLUGIN.replace('export const rules =', 'export default { rules: ').replace('];', ']};'),
    ],
  ])('are loaded: %s', async (name, file, text) => {
    const exported = name.startsWith('@')
      ? { './rules': { import: './index.mjs' } }
      : { import: './index.mjs' };
    const cwd = temporaryDirectory({
      'cfn-tx-lint.config.json': { plugins: [name], rules: { 'own-rule': ['error', { names: [] }] } },
      ...(file.startsWith('node_modules') && {
        [path.join(path.dirname(file), 'package.json')]: { name, exports: exported },
      }),
      [file]: text,
    });
    const config = await load(cwd);
    expect(config?.plugins.map((plugin) => [plugin.name, plugin.rules.map(({ id }) => id)])).toEqual([
      [name, ['own-rule']],
    ]);
  });

  it.each([
    [
      ['./own.mjs'],
      { 'own-rule': ['error', { name: [] }] },
      'rules.own-rule[1].name: unknown option of the rule own-rule; did you mean "names"?',
    ],
    [['./own.mjs'], { 'own-rul': 'off' }, 'unknown rule; did you mean "own-rule"?'],
    [['./none.mjs'], {}, ':1:13: plugins[0]: cannot be loaded: '],
    [['not-installed'], {}, 'plugins[0]: cannot be loaded: '],
    [['./throws.mjs'], {}, 'plugins[0]: cannot be loaded: no way'],
    [['./empty.mjs'], {}, 'plugins[0]: cannot be loaded: it exports no list called rules'],
    [['./odd.mjs'], {}, 'its rules[0] has no id'],
    [['./unchecking.mjs'], {}, 'its rules[0] has no check'],
    [['./taken.mjs'], {}, ':1:13: plugins[0]: its rule invalid-grant-type has the id of another rule'],
    [['./own.mjs', './again.mjs'], {}, 'plugins[1]: its rule own-rule has the id of another rule'],
  ])('are refused: %j with %j', async (plugins, rules, message) => {
    const cwd = temporaryDirectory({
      'cfn-tx-lint.config.json': { plugins, rules },
      'own.mjs': PLUGIN,
      'throws.mjs': 'throw new Error("no way")',
      'empty.mjs': 'export const x = 1',
      'odd.mjs': 'export const rules = [null]',
      'unchecking.mjs': PLUGIN.replace('check', 'czech'),
      'taken.mjs': PLUGIN.replace('own-rule', 'invalid-grant-type'),
      'again.mjs': PLUGIN,
    });
    expect(await refusal(cwd)).toContain(message);
  });
});
