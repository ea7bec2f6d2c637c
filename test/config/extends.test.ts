import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { RULES } from '../cli/fake.js';
import { temporaryDirectory } from './temporary.js';

type Files = Readonly<Record<string, unknown>>;

async function load(
  files: Files,
  { below = '.', file, noCode = false }: { below?: string; file?: string; noCode?: boolean } = {},
) {
  const cwd = path.join(temporaryDirectory({ '.git/HEAD': '', ...files }), below);
  return { cwd, ...(await loadConfig({ cwd, file, noCode, rules: async () => RULES })) };
}

const refusal = async (...given: Parameters<typeof load>): Promise<string> =>
  load(...given).then(
    () => 'it was taken',
    (error: Error) => error.message,
  );

const CONFIG = 'cfn-tx-lint.config.json';

describe('a configuration that extends another', () => {
  it('keeps what the other says, and comes first where both speak', async () => {
    const { config, cwd } = await load({
      'base/base.yaml': [
        'files: [templates]',
        'context: [shared.yaml]',
        'ignore: [dist]',
        'strict: true',
        'failOn: warning',
        'rules:',
        '  invalid-grant-type: off',
        '  token-exchange-on-built-in-vendor: [warning, { nativeVendors: [] }]',
        'parameters: { Mode: a, Stage: b, x.yaml: { Mode: c, Size: 1 } }',
        'overrides: [{ files: [old.yaml], rules: { invalid-grant-type: off } }]',
        '',
      ].join('\n'),
      [CONFIG]: {
        extends: './base/base.yaml',
        context: ['own.yaml'],
        failOn: 'never',
        rules: { 'token-exchange-on-built-in-vendor': 'error' },
        parameters: { Mode: 'z' },
        overrides: [{ files: ['new.yaml'], rules: { 'invalid-grant-type': 'error' } }],
      },
    });
    expect(config).toMatchObject({
      mergedFrom: [path.join(cwd, 'base/base.yaml'), path.join(cwd, CONFIG)],
      files: ['base/templates'],
      context: ['base/shared.yaml', 'own.yaml'],
      ignore: ['base/**/dist'],
      strict: true,
      failOn: 'never',
      rules: {
        'invalid-grant-type': 'off',
        'token-exchange-on-built-in-vendor': ['error', { nativeVendors: [] }],
      },
      parameters: [
        { template: undefined, values: { Stage: 'b' } },
        { template: 'base/x.yaml', values: { Size: '1' } },
        { template: undefined, values: { Mode: 'z' } },
      ],
      overrides: [{ files: ['base/old.yaml'] }, { files: ['new.yaml'] }],
    });
    expect(config?.origins).toMatchObject({
      files: 'base/base.yaml:1:1',
      failOn: `${CONFIG}:1:54`,
      'rules.invalid-grant-type': 'base/base.yaml:7:3',
      'parameters.Mode': expect.stringMatching(/^cfn-tx-lint\.config\.json:1:/),
      'parameters.Stage': expect.stringMatching(/^base\/base\.yaml:9:/),
      'overrides[1]': expect.stringMatching(/^cfn-tx-lint\.config\.json:1:/),
    });
  });

  it('takes several, the later ones first', async () => {
    const { config } = await load({
      [CONFIG]: { extends: ['./a.json', './b.json'] },
      'a.json': { strict: true, failOn: 'info' },
      'b.json': { strict: false },
    });
    expect(config).toMatchObject({ strict: false, failOn: 'info' });
  });

  it('takes an installed package', async () => {
    const { config } = await load({
      [CONFIG]: { extends: '@acme/lint-config' },
      'node_modules/@acme/lint-config/package.json': { name: '@acme/lint-config', main: 'index.json' },
      'node_modules/@acme/lint-config/index.json': { strict: true },
    });
    expect(config).toMatchObject({ strict: true });
  });

  it('may reach one twice on two ways', async () => {
    const { config } = await load({
      [CONFIG]: { extends: ['./a.json', './b.json'] },
      'a.json': { extends: './c.json' },
      'b.json': { extends: './c.json' },
      'c.json': { strict: true },
    });
    expect(config).toMatchObject({ strict: true });
  });
});

describe('what is extended is refused', () => {
  it.each([
    [
      'that leads back',
      { [CONFIG]: { extends: './a.json' }, 'a.json': { extends: [`./${CONFIG}`] } },
      `a.json:1:13: extends[0]: leads back to where it began: ${CONFIG} extends a.json extends ${CONFIG}`,
    ],
    [
      'that extends itself',
      { [CONFIG]: { extends: `./${CONFIG}` } },
      `leads back to where it began: ${CONFIG} extends ${CONFIG}`,
    ],
    [
      'that is not there',
      { [CONFIG]: { extends: './none.json' } },
      `${CONFIG}:1:12: extends: ./none.json is not there, or lies outside of the project`,
    ],
    ['that is not installed', { [CONFIG]: { extends: ['none'] } }, 'extends[0]: none cannot be found'],
    ['of no known kind', { [CONFIG]: { extends: './a.toml' }, 'a.toml': '' }, './a.toml is no .json, .yaml'],
    [
      'with a fault of its own, in its own place',
      { [CONFIG]: { extends: './a.json' }, 'a.json': { strikt: true } },
      'a.json:1:2: strikt: unknown key; did you mean "strict"?',
    ],
    [
      'with a rule that is not there',
      {
        [CONFIG]: { extends: './a.json' },
        'a.json': { overrides: [{ files: ['x'], rules: { 'invalid-grant-typ': 'off' } }] },
      },
      'a.json:1:39: overrides[0].rules.invalid-grant-typ: unknown rule; did you mean "invalid-grant-type"?',
    ],
  ])('%s', async (_fault, files, message) => {
    expect(await refusal(files)).toContain(message);
  });

  it('outside of the project, unless the configuration that names it was named', async () => {
    const files = {
      'outer.json': { strict: true },
      'project/.git/HEAD': '',
      [`project/${CONFIG}`]: { extends: '../outer.json' },
      'named.json': { extends: './outer.json' },
    };
    expect(await refusal(files, { below: 'project' })).toContain('lies outside of the project');
    const { config } = await load(files, { below: 'project', file: '../named.json' });
    expect(config).toMatchObject({ strict: true });
  });
});

const MARKING = 'globalThis.ran = true;\nexport default { strict: true };\n';

describe('without code', () => {
  it('no configuration in JavaScript is run, and the search goes on', async () => {
    const files = {
      'cfn-tx-lint.config.mjs': MARKING,
      'package.json': { 'cfn-tx-lint': { failOn: 'never' } },
    };
    const { config, notes } = await load(files, { noCode: true });
    expect(config).toMatchObject({ strict: undefined, failOn: 'never' });
    expect(notes.join()).toContain('cfn-tx-lint.config.mjs was not run, because of --no-code');
    expect(globalThis).not.toHaveProperty('ran');
  });

  it('none that is extended is run', async () => {
    const { config, notes } = await load(
      { [CONFIG]: { extends: ['./a.mjs'] }, 'a.mjs': MARKING },
      { noCode: true },
    );
    expect(config).toMatchObject({ strict: undefined });
    expect(notes).toEqual([`${CONFIG}:1:2: ./a.mjs was not loaded, because of --no-code`]);
    expect(globalThis).not.toHaveProperty('ran');
  });

  it('no plugin is run, and rules that may be its own are let be', async () => {
    const files = { [CONFIG]: { plugins: ['./a.mjs'], rules: { 'own-rule': 'off' } }, 'a.mjs': MARKING };
    const { config, notes } = await load(files, { noCode: true });
    expect(config).toMatchObject({ plugins: [], rules: { 'own-rule': 'off' } });
    expect(notes).toEqual([`${CONFIG}:1:2: the plugins were not loaded, because of --no-code`]);
    expect(globalThis).not.toHaveProperty('ran');
  });

  it('none can be named', async () => {
    expect(await refusal({ 'a.mjs': MARKING }, { file: 'a.mjs', noCode: true })).toContain(
      'which --no-code forbids to run',
    );
  });
});
