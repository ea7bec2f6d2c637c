import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { simpleAssembly } from './assembly-files.js';
import { add, find, names, tree } from './tree.js';

/** The templates of a `simpleAssembly` in a directory. */
const inside = (directory: string) =>
  ['App.template.json', 'AppNested.nested.template.json'].map((name) => `${directory}/${name}`);

/** A repository in which git ignores all that the CDK writes. */
const repository = { '.git/': '', '.gitignore': 'cdk.out/\ndist/\n' };

describe('the cloud assembly of the working directory', () => {
  it('is where cdk.json says that the CDK leaves it', async () => {
    const cwd = tree({
      ...repository,
      ...simpleAssembly('dist/assembly'),
      ...simpleAssembly('cdk.out'),
      'cdk.json': { app: 'node bin/app.js', output: 'dist/assembly' },
      'a.yaml': '',
    });
    expect(await names(cwd)).toEqual(inside('dist/assembly'));
  });

  it('is cdk.out where cdk.json names none, or cannot be read', async () => {
    for (const content of [
      { app: 'node bin/app.js' },
      { output: 7 },
      '{"output": ',
      [],
      { output: 'a\0b' },
    ]) {
      const cwd = tree({ ...repository, ...simpleAssembly('cdk.out'), 'cdk.json': content });
      expect(await names(cwd), JSON.stringify(content)).toEqual(inside('cdk.out'));
    }
  });

  it('may lie elsewhere in the project, and not outside of it', async () => {
    const root = tree({
      ...simpleAssembly('project/dist/assembly'),
      ...simpleAssembly('outside'),
      'project/.git/': '',
      'project/infra/cdk.json': { output: '../dist/assembly' },
      'project/other/cdk.json': { output: '../../outside' },
      'project/other/a.yaml': '',
    });
    const { files } = await find(path.join(root, 'project/infra'));
    expect(files.map(({ path: file }) => path.relative(root, file))).toEqual(inside('project/dist/assembly'));
    expect(await names(path.join(root, 'project/other'))).toEqual(['a.yaml', 'cdk.json']);
  });

  it('may not be a link that leads out of the app', async () => {
    const root = tree({ ...simpleAssembly('outside'), 'app/cdk.json': { output: 'out' }, 'app/a.yaml': '' });
    symlinkSync('../outside', path.join(root, 'app/out'));
    expect(await names(path.join(root, 'app'))).toEqual(['a.yaml', 'cdk.json']);
  });
});

describe('the CDK apps below a directory', () => {
  const monorepo = {
    ...repository,
    'template.yaml': '',
    'apps/identity/cdk.json': { app: 'node bin/app.js' },
    ...simpleAssembly('apps/identity/cdk.out'),
    'apps/tools/cdk.json': { app: 'node bin/app.js', output: 'dist/cloud' },
    ...simpleAssembly('apps/tools/dist/cloud'),
  };
  const expected = [
    ...inside('apps/identity/cdk.out'),
    'apps/identity/cdk.json',
    ...inside('apps/tools/dist/cloud'),
    'apps/tools/cdk.json',
    'template.yaml',
  ].sort();

  it('give their assemblies, git-ignored though they are', async () => {
    const cwd = tree(monorepo);
    const discovery = await find(cwd);
    expect(discovery.files.map(({ name }) => name)).toEqual(expected);
    const stacks = discovery.files.flatMap(({ stacks }) => stacks.map(({ assembly }) => assembly));
    expect(stacks).toEqual(
      ['apps/identity/cdk.out', 'apps/tools/dist/cloud'].map((name) => path.join(cwd, name)),
    );
    expect(discovery.notes).toEqual([]);
    expect(await names(cwd, ['apps'])).toEqual(expected.filter((name) => name !== 'template.yaml'));
  });

  it('serve as context likewise', async () => {
    const { files } = await find(tree(monorepo), ['template.yaml'], { context: ['apps'] });
    expect(files.filter(({ role }) => role === 'context').map(({ name }) => name)).toEqual(
      expected.filter((name) => name !== 'template.yaml'),
    );
  });

  it('leave out what the options leave out', async () => {
    const left = await names(tree(monorepo), [], {
      ignore: ['apps/identity/cdk.out', '*.nested.template.json'],
    });
    expect(left).toEqual([
      'apps/identity/cdk.json',
      'apps/tools/cdk.json',
      'apps/tools/dist/cloud/App.template.json',
      'template.yaml',
    ]);
    expect(await names(tree(monorepo), [], { ignore: ['apps/identity'] })).toEqual(
      expected.filter((name) => !name.startsWith('apps/identity')),
    );
  });

  it('are told where nobody has synthesized them', async () => {
    const cwd = tree({ ...repository, 'infra/cdk.json': { output: 'dist/x' }, 'a.yaml': '' });
    const note =
      'infra/cdk.json: the cloud assembly infra/dist/x is not there, so nothing of this CDK app was checked; run cdk synth first';
    expect((await find(cwd)).notes).toEqual([note]);
    mkdirSync(path.join(cwd, 'infra/dist/x'), { recursive: true });
    expect((await find(cwd)).notes).toEqual([note]);
    add(cwd, simpleAssembly('infra/dist/x'));
    expect((await find(cwd)).notes).toEqual([]);
    add(cwd, { 'infra/dist/x/manifest.json': '{' });
    expect(await find(cwd)).toMatchObject({
      notes: [],
      unreadable: [{ name: 'infra/dist/x/manifest.json' }],
    });
  });

  it('are those of AgentCore projects too, though git ignores the whole app', async () => {
    const cwd = tree({
      ...repository,
      '.gitignore': 'app/agentcore/cdk\n',
      'app/agentcore/agentcore.json': {},
      'app/agentcore/cdk/cdk.json': {},
      ...simpleAssembly('app/agentcore/cdk/cdk.out'),
    });
    expect(await names(cwd)).toEqual([
      'app/agentcore/agentcore.json',
      ...inside('app/agentcore/cdk/cdk.out'),
    ]);
  });
});

describe('a glob that matches a cloud assembly', () => {
  const files = {
    ...repository,
    ...simpleAssembly('apps/a/cdk.out'),
    ...simpleAssembly('apps/b/cdk.out'),
    'apps/b/plain.yaml': '',
  };
  const templates = [...inside('apps/a/cdk.out'), ...inside('apps/b/cdk.out')];

  it.each(['apps/*/cdk.out', '**/cdk.out', 'apps/*/cdk.out/*.template.json', '**/*.template.json'])(
    'takes it though git ignores it: %s',
    async (glob) => {
      const { files: found } = await find(tree(files), [glob]);
      expect(found.map(({ name }) => name)).toEqual(templates);
      expect(found.filter(({ stacks }) => stacks.length > 0)).toHaveLength(2);
    },
  );

  it('takes nothing else that git ignores', async () => {
    expect(await names(tree(files), ['**/*.{json,yaml}'])).toEqual([...templates, 'apps/b/plain.yaml']);
    await expect(find(tree(files), ['**/tree.json'])).rejects.toThrow(
      'all files that match **/tree.json are ignored',
    );
  });

  it('gives way to the options', async () => {
    const ignore = ['apps/b', '*.nested.template.json'];
    expect(await names(tree(files), ['apps/*/cdk.out'], { ignore })).toEqual([
      'apps/a/cdk.out/App.template.json',
    ]);
    expect(await names(tree(files), ['**/*.template.json'], { ignore })).toEqual([
      'apps/a/cdk.out/App.template.json',
    ]);
  });

  it('works for context', async () => {
    const { files: found } = await find(tree(files), ['apps/b/plain.yaml'], { context: ['apps/*/cdk.out'] });
    expect(found.filter(({ role }) => role === 'context').map(({ name }) => name)).toEqual(templates);
  });
});
