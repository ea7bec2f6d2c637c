import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { find, names, tree } from './tree.js';

describe('the search of a directory', () => {
  it('takes what may be a template by its name, at any depth', async () => {
    const cwd = tree({
      'a.json': '',
      'b.yaml': '',
      'c.yml': '',
      'd.template': '',
      'e.template.json': '',
      'F.YAML': '',
      'README.md': '',
      yaml: '',
      'x/y/z/deep.yaml': '',
      '.github/hidden.yml': '',
    });
    expect(await names(cwd)).toEqual([
      '.github/hidden.yml',
      'F.YAML',
      'a.json',
      'b.yaml',
      'c.yml',
      'd.template',
      'e.template.json',
      'x/y/z/deep.yaml',
    ]);
    expect(await names(cwd, ['x'])).toEqual(['x/y/z/deep.yaml']);
  });

  it('leaves out node_modules and .git, unless one of them is named', async () => {
    const cwd = tree({
      'a.yaml': '',
      '.git/config.json': '',
      'node_modules/m/a.yaml': '',
      'sub/node_modules/m/a.yaml': '',
    });
    expect(await names(cwd)).toEqual(['a.yaml']);
    expect(await names(cwd, ['node_modules/m'])).toEqual(['node_modules/m/a.yaml']);
  });

  it('finds nothing in an empty directory, and that is no error', async () => {
    expect(await find(tree({}))).toEqual({ files: [], unreadable: [], notes: [] });
  });

  it('follows no link: in circles, out of the directory, or to a file met under its own name', async () => {
    const cwd = tree({ 'work/sub/a.yaml': '', 'outside/b.yaml': '', 'outside.yaml': '' });
    const work = path.join(cwd, 'work');
    symlinkSync('..', path.join(work, 'sub/up'));
    symlinkSync('loop', path.join(work, 'loop'));
    symlinkSync('../outside', path.join(work, 'folder'));
    symlinkSync('../outside.yaml', path.join(work, 'file.yaml'));
    symlinkSync('sub/a.yaml', path.join(work, 'same.yaml'));
    symlinkSync('gone.yaml', path.join(work, 'gone-link.yaml'));
    expect(await find(work)).toMatchObject({ files: [{ name: 'sub/a.yaml' }], unreadable: [] });
  });

  it('begins at a link that the user named', async () => {
    const cwd = tree({ 'work/': '', 'outside/b.yaml': '' });
    symlinkSync('../outside', path.join(cwd, 'work/folder'));
    expect(await names(path.join(cwd, 'work'), ['folder'])).toEqual(['folder/b.yaml']);
  });

  it('is not stopped by folders nested very deep', async () => {
    const deep = `${'d/'.repeat(900)}a.yaml`;
    const cwd = tree({ [deep]: '' });
    expect(await names(cwd)).toEqual([deep]);
  });
});

describe('the options of a search', () => {
  const files = {
    'a.yaml': '',
    'legacy/a.yaml': '',
    'legacy/keep.yaml': '',
    'sub/legacy/a.yaml': '',
    'sub/b.yml': '',
  };

  it.each([
    [['legacy/**'], ['a.yaml', 'sub/b.yml', 'sub/legacy/a.yaml']],
    [['./legacy/**'], ['a.yaml', 'sub/b.yml', 'sub/legacy/a.yaml']],
    [['**/legacy/**'], ['a.yaml', 'sub/b.yml']],
    [['legacy'], ['a.yaml', 'sub/b.yml']],
    [['*.yaml'], ['sub/b.yml']],
    [
      ['legacy/*', '!legacy/keep.yaml'],
      ['a.yaml', 'legacy/keep.yaml', 'sub/b.yml', 'sub/legacy/a.yaml'],
    ],
    [['sub/*.yml', 'a.yaml'], ['legacy/keep.yaml']],
  ])('leave out %j', async (ignore, expected) => {
    expect(await names(tree(files), [], { ignore })).toEqual(expected);
  });

  it('are relative to the working directory, also from above it and in full', async () => {
    const root = tree({ 'app/a.yaml': '', 'app/sub/b.yaml': '', 'app/sub/c.yaml': '' });
    const cwd = path.join(root, 'app');
    expect(await names(cwd, ['sub'], { ignore: ['sub/b.yaml'] })).toEqual(['sub/c.yaml']);
    expect(await names(cwd, [], { ignore: ['../**/c.yaml'] })).toEqual(['a.yaml', 'sub/b.yaml']);
    expect(await names(cwd, [], { ignore: ['../app/sub/b.yaml'] })).toEqual(['a.yaml', 'sub/c.yaml']);
    expect(await names(cwd, [], { ignore: [`${root}/app/sub/*`] })).toEqual(['a.yaml']);
    expect(await names(root, [], { ignore: ['../**/a.yaml'] })).toEqual(['app/sub/b.yaml', 'app/sub/c.yaml']);
  });

  it('have no say about what lies elsewhere', async () => {
    const root = tree({ 'app/': '', 'shared/a.yaml': '' });
    const expected = [path.join(root, 'shared/a.yaml')];
    for (const argument of ['../shared', '../shared/*.yaml', '..']) {
      expect(await names(path.join(root, 'app'), [argument], { ignore: ['*.yaml'] })).toEqual(expected);
    }
  });

  it('do not hold against a directory that is named', async () => {
    expect(await names(tree(files), ['legacy'], { ignore: ['legacy', 'keep.yaml'] })).toEqual([
      'legacy/a.yaml',
    ]);
  });
});

describe('what git ignores', () => {
  it('is left out, whichever folder the search begins in', async () => {
    const cwd = tree({
      '.git/': '',
      '.gitignore': '*.tmp.yaml\n/out/\n',
      'a.yaml': '',
      'a.tmp.yaml': '',
      'out/a.yaml': '',
      'sub/out/a.yaml': '',
      'sub/a.tmp.yaml': '',
    });
    expect(await names(cwd)).toEqual(['a.yaml', 'sub/out/a.yaml']);
    expect(await names(cwd, ['sub'])).toEqual(['sub/out/a.yaml']);
    expect(await names(path.join(cwd, 'sub'))).toEqual(['out/a.yaml']);
  });

  it('is not asked of a file above the repository', async () => {
    const root = tree({ '.gitignore': '*.yaml', 'repo/.git/': '', 'repo/a.yaml': '' });
    expect(await names(path.join(root, 'repo'))).toEqual(['a.yaml']);
  });

  it('counts outside of a repository too, from the working directory downwards', async () => {
    const root = tree({
      '.gitignore': 'b.yaml',
      'sub/.gitignore': 'a.yaml',
      'sub/a.yaml': '',
      'sub/b.yaml': '',
    });
    expect(await names(root, ['sub'])).toEqual([]);
    expect(await names(path.join(root, 'sub'))).toEqual(['b.yaml']);
  });

  it('does not hold against a directory that is named', async () => {
    const cwd = tree({
      '.git/': '',
      '.gitignore': 'build/',
      'build/a.yaml': '',
      'build/sub/.gitignore': 'b.yaml',
      'build/sub/b.yaml': '',
      'build/sub/c.yaml': '',
      'sub/build/a.yaml': '',
    });
    expect(await names(cwd, ['build'])).toEqual(['build/a.yaml', 'build/sub/c.yaml']);
    expect(await names(cwd, ['build/sub'])).toEqual(['build/sub/c.yaml']);
    expect(await names(cwd, ['sub'])).toEqual([]);
  });

  it('is not read from a link or a folder called .gitignore', async () => {
    const cwd = tree({
      '.git/': '',
      'a/a.yaml': '',
      'b/.gitignore/': '',
      'b/b.yaml': '',
      patterns: '*.yaml',
    });
    symlinkSync('../patterns', path.join(cwd, 'a/.gitignore'));
    expect(await names(cwd)).toEqual(['a/a.yaml', 'b/b.yaml']);
  });
});
