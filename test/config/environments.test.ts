import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { RULES } from '../cli/fake.js';
import { temporaryDirectory } from './temporary.js';

const CONFIG = 'cfn-tx-lint.config.json';

async function environments(files: Readonly<Record<string, unknown>>, below = '.') {
  const cwd = path.join(temporaryDirectory({ '.git/HEAD': '', ...files }), below);
  const { config } = await loadConfig({ cwd, file: undefined, noCode: false, rules: async () => RULES });
  return Object.fromEntries(
    config?.environments.map(({ name, values }) => [name, values.assignments(name)]) ?? [],
  );
}

const SAM =
  '[qa.deploy.parameters]\nparameter_overrides = "Mode=q"\n[live.deploy.parameters]\nparameter_overrides = "Mode=l"\n';

describe('an environment of the configuration', () => {
  it.each([
    ['a parameter file', 'prod.json', [{ template: undefined, values: { Mode: 'p' }, origin: 'prod.json' }]],
    ['a deployment file of git sync', 'sync.json', [{ template: 'gateway.yaml', values: { Mode: 's' } }]],
    [
      'an environment of a SAM configuration',
      'samconfig.toml#live',
      [{ template: undefined, values: { Mode: 'l' } }],
    ],
    ['the environment of that name of a SAM configuration', 'samconfig.toml', [{ values: { Mode: 'q' } }]],
    [
      'a map',
      { Mode: 'm', Ids: ['a', 'b'] },
      [
        {
          template: undefined,
          values: { Mode: 'm', Ids: 'a,b' },
          places: { Mode: expect.stringMatching(/^cfn-tx-lint\.config\.json:1:\d+$/) },
        },
      ],
    ],
    [
      'a map by template',
      { 'gateway.yaml': { Mode: 'g' }, 'stacks/*.yaml': 'prod.json' },
      [
        { template: 'gateway.yaml', values: { Mode: 'g' } },
        { template: 'stacks/*.yaml', values: { Mode: 'p' } },
      ],
    ],
    [
      'values for all templates beside those for one',
      { Mode: 'm', 'gateway.yaml': { Mode: 'g' } },
      [
        { template: undefined, values: { Mode: 'm' } },
        { template: 'gateway.yaml', values: { Mode: 'g' } },
      ],
    ],
    ['nothing', {}, []],
  ])('can be %s', async (_form, written, assignments) => {
    const files = {
      'conf/prod.json': { Mode: 'p' },
      'conf/sync.json': { 'template-file-path': 'gateway.yaml', parameters: { Mode: 's' } },
      'conf/gateway.yaml': '',
      'conf/samconfig.toml': SAM,
      [`conf/${CONFIG}`]: { environments: { qa: written } },
    };
    const { qa } = await environments(files, 'conf');
    expect(qa).toMatchObject(assignments);
    expect(qa).toHaveLength(assignments.length);
  });

  it('keeps what an extended configuration says of it and it does not', async () => {
    const files = {
      'base.json': { environments: { qa: { Mode: 'b', Stage: 'b' }, dev: { Mode: 'd' } } },
      [CONFIG]: { extends: './base.json', environments: { qa: { Mode: 'q' } } },
    };
    expect(await environments(files)).toMatchObject({
      qa: [{ values: { Stage: 'b' } }, { values: { Mode: 'q' } }],
      dev: [{ values: { Mode: 'd' } }],
    });
  });

  it.each([
    ['none.json', 'environments.qa: none.json is not there, or lies outside of the project'],
    ['../outside.json', 'environments.qa: ../outside.json is not there, or lies outside of the project'],
    ['samconfig.toml#test', 'samconfig.toml has no environment test'],
    ['broken.json', 'broken.json:1:9: Mode must be a string'],
    [3, 'environments.qa: must be a string or a map, and is a number'],
    [{ Mode: null }, 'environments.qa.Mode: must be'],
    [{ 'gateway.yaml': 'none.json' }, 'environments.qa.gateway.yaml: none.json is not there'],
  ])('is refused: %j', async (written, message) => {
    const files = {
      'outside.json': {},
      'project/.git/HEAD': '',
      'project/samconfig.toml': SAM,
      'project/broken.json': { Mode: null },
      [`project/${CONFIG}`]: { environments: { qa: written } },
    };
    const error = await environments(files, 'project').catch((thrown: unknown) => thrown);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).toMatch(/^cfn-tx-lint\.config\.json:1:\d+: /);
  });
});
