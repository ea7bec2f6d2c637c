import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/discover/usage-error.js';
import { find, names, tree } from './tree.js';

describe('a named file', () => {
  it('is taken whatever its name, and said to be named', async () => {
    const cwd = tree({ 'infra/gateway.cfn': '{}', 'other.yaml': '' });
    const { files, unreadable } = await find(cwd, ['infra/gateway.cfn']);
    expect(files).toEqual([
      {
        path: path.join(cwd, 'infra/gateway.cfn'),
        name: 'infra/gateway.cfn',
        role: 'target',
        text: undefined,
        stacks: [],
      },
    ]);
    expect(unreadable).toEqual([]);
  });

  it('is taken though git, the options or its folder speak against it', async () => {
    const cwd = tree({
      '.git/': '',
      '.gitignore': 'a.yaml',
      'a.yaml': '',
      'b.yaml': '',
      'node_modules/c.yaml': '',
    });
    expect(await names(cwd, ['a.yaml', 'b.yaml', 'node_modules/c.yaml'], { ignore: ['b.yaml'] })).toEqual([
      'a.yaml',
      'b.yaml',
      'node_modules/c.yaml',
    ]);
  });

  it('is listed once, sorted, however it is written', async () => {
    const cwd = tree({ 'a.yaml': '', 'b/B.yaml': '', 'b/a.yaml': '' });
    const written = ['b/a.yaml', './a.yaml', path.join(cwd, 'a.yaml'), 'b/../a.yaml', 'b'];
    const { files } = await find(cwd, written);
    expect(files.map(({ name }) => name)).toEqual(['a.yaml', 'b/B.yaml', 'b/a.yaml']);
  });

  it('bears its absolute path when it is not below the working directory', async () => {
    const cwd = tree({ 'work/': '', 'outside.yaml': '', 'work..yaml': '' });
    expect(await names(path.join(cwd, 'work'), ['../outside.yaml', '../work..yaml'])).toEqual([
      path.join(cwd, 'outside.yaml'),
      path.join(cwd, 'work..yaml'),
    ]);
  });

  it('may be a link, even one that leads out', async () => {
    const cwd = tree({ 'work/': '', 'outside.yaml': '' });
    symlinkSync('../outside.yaml', path.join(cwd, 'work/link.yaml'));
    expect(await names(path.join(cwd, 'work'), ['link.yaml'])).toEqual(['link.yaml']);
  });

  it.each(['[a].yaml', '{a,b}.yaml', '*.yaml', '?.yaml', '!a.yaml', '(a).yaml', '!(a).yaml', 'a\\b.yaml'])(
    'may hold glob characters: %s',
    async (name) => {
      const cwd = tree({ [name]: '', 'a.yaml': '', 'b.yaml': '' });
      expect(await names(cwd, [name])).toEqual([name]);
    },
  );

  it.each(['Größe.yaml', '認証 情報.yaml', '🔑.yaml', 'a b\u00a0c.yaml', '-x.yaml', ' .yaml'])(
    'may have any name: %s',
    async (name) => {
      const cwd = tree({ [name]: '' });
      expect(await names(cwd, [name])).toEqual([name]);
      expect(await names(cwd)).toEqual([name]);
    },
  );
});

describe('a file that does not exist', () => {
  const failure = async (cwd: string, argument: string) => {
    const error = await find(cwd, [argument]).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message;
  };

  it('is a wrong call that names it, with the nearest name', async () => {
    const cwd = tree({ 'infra/gateway.yaml': '', 'infra/identity.yaml': '' });
    expect(await failure(cwd, 'infra/gatway.yaml')).toBe(
      'no such file: infra/gatway.yaml; did you mean infra/gateway.yaml?',
    );
    expect(await failure(cwd, 'infra/zzz.json')).toBe('no such file: infra/zzz.json');
    expect(await failure(cwd, 'nowhere/gateway.yaml')).toBe('no such file: nowhere/gateway.yaml');
  });

  it('is not mended by a name that could do harm on a terminal', async () => {
    const cwd = tree({ 'gateway\u001bx.yaml': '' });
    expect(await failure(cwd, 'gatewayx.yaml')).toBe('no such file: gatewayx.yaml');
  });

  it('fails beside files that do exist', async () => {
    const cwd = tree({ 'a.yaml': '' });
    await expect(find(cwd, ['a.yaml', 'b.yaml'])).rejects.toThrow('b.yaml');
  });

  it('fails as context too', async () => {
    const cwd = tree({ 'a.yaml': '' });
    await expect(find(cwd, ['a.yaml'], { context: ['identity.yaml'] })).rejects.toThrow(
      'no such file: identity.yaml',
    );
  });

  it('may be a link that leads nowhere', async () => {
    const cwd = tree({});
    symlinkSync('gone.yaml', path.join(cwd, 'link.yaml'));
    expect(await failure(cwd, 'link.yaml')).toContain('leads nowhere');
  });

  it.each([
    ['', 'empty'],
    ['a\0b', 'null character'],
    ['x'.repeat(300), 'no such file'],
    ['a.yaml/b.yaml', 'no such file'],
  ])('may be no name at all: %j', async (argument, message) => {
    const cwd = tree({ 'a.yaml': '' });
    expect(await failure(cwd, argument)).toContain(message);
  });

  it('is told apart from a link that leads in a circle, which is there', async () => {
    const cwd = tree({});
    symlinkSync('loop.yaml', path.join(cwd, 'loop.yaml'));
    const { files, unreadable } = await find(cwd, ['loop.yaml']);
    expect(files).toEqual([]);
    expect(unreadable).toEqual([
      { name: 'loop.yaml', reason: 'it is a symbolic link that leads in a circle' },
    ]);
  });
});

describe('a glob', () => {
  it('gives the files it matches', async () => {
    const cwd = tree({
      'a/x.yaml': '',
      'b/x.yaml': '',
      'b/y.txt': '',
      'c/deep/x.yaml': '',
      '.hidden/x.yaml': '',
    });
    expect(await names(cwd, ['*/x.yaml'])).toEqual(['a/x.yaml', 'b/x.yaml']);
    expect(await names(cwd, ['**/x.yaml'])).toEqual(['a/x.yaml', 'b/x.yaml', 'c/deep/x.yaml']);
    expect(await names(cwd, ['{a,b}/*.{yaml,txt}'])).toEqual(['a/x.yaml', 'b/x.yaml', 'b/y.txt']);
  });

  it('searches the directories it names', async () => {
    const cwd = tree({ 'packages/a/x.yaml': '', 'packages/b/deep/x.json': '', 'packages/b/README.md': '' });
    expect(await names(cwd, ['packages/*'])).toEqual(['packages/a/x.yaml', 'packages/b/deep/x.json']);
  });

  it('leaves out what a search leaves out', async () => {
    const cwd = tree({
      '.git/': '',
      '.gitignore': 'build/\nsecret.yaml\n',
      'a.yaml': '',
      'secret.yaml': '',
      'old.yaml': '',
      'build/a.yaml': '',
      'sub/.gitignore': '!secret.yaml\nmine.yaml\n',
      'sub/secret.yaml': '',
      'sub/mine.yaml': '',
      'sub/node_modules/a.yaml': '',
    });
    expect(await names(cwd, ['**/*.yaml'], { ignore: ['old.yaml'] })).toEqual(['a.yaml', 'sub/secret.yaml']);
  });

  it('reaches into an ignored directory that it names', async () => {
    const cwd = tree({ '.git/': '', '.gitignore': 'build/', 'build/a.yaml': '', 'b.yaml': '' });
    expect(await names(cwd, ['build/*.yaml'])).toEqual(['build/a.yaml']);
  });

  it('may lead out of the working directory', async () => {
    const cwd = tree({ 'work/': '', 'shared/a.yaml': '', 'shared/b.yaml': '' });
    const expected = [path.join(cwd, 'shared/a.yaml'), path.join(cwd, 'shared/b.yaml')];
    expect(await names(path.join(cwd, 'work'), ['../shared/*.yaml'])).toEqual(expected);
    expect(await names(path.join(cwd, 'work'), [`${cwd}/shared/*.yaml`])).toEqual(expected);
  });

  it('follows no links', async () => {
    const cwd = tree({ 'work/a/': '', 'outside/b.yaml': '' });
    symlinkSync('../outside', path.join(cwd, 'work/link'));
    symlinkSync('..', path.join(cwd, 'work/a/circle'));
    await expect(find(path.join(cwd, 'work'), ['**/*.yaml'])).rejects.toThrow(UsageError);
  });

  it('that matches nothing is a wrong call, unless it is context', async () => {
    const cwd = tree({ '.git/': '', '.gitignore': 'b.yml', 'a.yaml': '', 'b.yml': '' });
    await expect(find(cwd, ['*.json'])).rejects.toThrow('no file matches *.json');
    await expect(find(cwd, ['*.yml'])).rejects.toThrow('all files that match *.yml are ignored');
    await expect(find(cwd, ['*.yml'])).rejects.toBeInstanceOf(UsageError);
    const { files, notes } = await find(cwd, ['a.yaml'], { context: ['*.json', '*.yml'] });
    expect(files.map(({ name }) => name)).toEqual(['a.yaml']);
    expect(notes).toEqual([
      'no file matches the context *.json',
      'all files that match the context *.yml are ignored',
    ]);
  });

  it('with an exclamation mark in front leaves out', async () => {
    const cwd = tree({ 'a.yaml': '', 'legacy/a.yaml': '', 'legacy/b.yaml': '' });
    expect(await names(cwd, ['**/*.yaml', '!legacy/**'])).toEqual(['a.yaml']);
    expect(await names(cwd, ['!legacy/**'])).toEqual(['a.yaml']);
    expect(await names(cwd, ['legacy/b.yaml', '!legacy/**'])).toEqual(['legacy/b.yaml']);
  });
});

describe('context', () => {
  it('is marked as such, and gives way to what the run is about', async () => {
    const cwd = tree({ 'gateway.yaml': '', 'identity.yaml': '', 'sub/vault.json': '' });
    const { files } = await find(cwd, ['gateway.yaml'], { context: ['*.yaml', 'sub'] });
    expect(files.map(({ name, role }) => [name, role])).toEqual([
      ['gateway.yaml', 'target'],
      ['identity.yaml', 'context'],
      ['sub/vault.json', 'context'],
    ]);
  });
});

describe('standard input', () => {
  const stdin = { text: 'Resources: {}', name: 'infra/gateway.yaml' };

  it('is a file with a text', async () => {
    const cwd = tree({ 'a.yaml': '' });
    expect((await find(cwd, ['-'], { stdin })).files).toEqual([
      {
        path: 'infra/gateway.yaml',
        name: 'infra/gateway.yaml',
        role: 'target',
        text: 'Resources: {}',
        stacks: [],
      },
    ]);
  });

  it('stands beside files, and in the place of the file that bears its name', async () => {
    const cwd = tree({ 'infra/gateway.yaml': 'old', 'infra/identity.yaml': '' });
    const { files } = await find(cwd, ['-', 'infra'], { stdin });
    expect(files.map(({ name, text }) => [name, text])).toEqual([
      ['infra/gateway.yaml', 'Resources: {}'],
      ['infra/identity.yaml', undefined],
    ]);
    const context = await find(cwd, ['-'], { stdin, context: ['infra/*'] });
    expect(context.files.map(({ name, role }) => [name, role])).toEqual([
      ['infra/gateway.yaml', 'target'],
      ['infra/identity.yaml', 'context'],
    ]);
  });

  it('is a wrong call when there is none', async () => {
    await expect(find(tree({}), ['-'])).rejects.toBeInstanceOf(UsageError);
  });
});
