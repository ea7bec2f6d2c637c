import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { names, tree } from './tree.js';

describe('what is ignored', () => {
  it.each([
    [
      'nested files and negations',
      {
        '.gitignore': '*.json\n!keep.json\nbuild/\n',
        'a.json': '',
        'keep.json': '',
        'a/keep.json': '',
        'a/b.json': '',
        'a/.gitignore': '!b.json\nkeep.json\n!build/\n',
        'build/x.yaml': '',
        'a/build/x.yaml': '',
        'a/build/b.json': '',
        'a/c/build/x.yaml': '',
      },
    ],
    [
      'a file below an ignored folder stays out',
      {
        '.gitignore': 'out\n!out/keep.yaml\n',
        'out/keep.yaml': '',
        'sub/out/keep.yaml': '',
        'outer.yaml': '',
      },
    ],
    [
      'a folder whose content is ignored, but for one file',
      {
        '.gitignore': 'out/*\n!out/keep.yaml\n',
        'out/keep.yaml': '',
        'out/drop.yaml': '',
        'out/deep/keep.yaml': '',
      },
    ],
    [
      'stars, classes, escapes, spaces, comments',
      {
        '.gitignore':
          '# a.yaml\n\\#b.yaml\n\\!c.yaml\nd?.yaml\n[ef].yaml\ng \\ \nh.yaml   \n**/i/**\nj/**/k.yaml\n',
        'a.yaml': '',
        '#b.yaml': '',
        '!c.yaml': '',
        'd1.yaml': '',
        'd.yaml': '',
        'e.yaml': '',
        'g.yaml': '',
        'h.yaml': '',
        'x/i/y.yaml': '',
        'i.yaml': '',
        'j/k.yaml': '',
        'j/1/2/k.yaml': '',
        'j/1/l.yaml': '',
      },
    ],
    [
      'line ends of Windows and a byte order mark',
      {
        '.gitignore': '\uFEFFa.yaml\r\nb.yaml\r\n',
        'a.yaml': '',
        'b.yaml': '',
        'c.yaml': '',
      },
    ],
    [
      'the exclude file of the repository, which a .gitignore overrules',
      {
        '.git/info/exclude': 'a.yaml\nb.yaml\n',
        '.gitignore': '!b.yaml\n',
        'a.yaml': '',
        'b.yaml': '',
        'c.yaml': '',
      },
    ],
    ['upper and lower case', { '.gitignore': 'Out/\n', 'Out/a.yaml': '', 'out/a.yaml': '' }],
    [
      'a pattern with a slash is anchored',
      {
        '.gitignore': 'a/b.yaml\n/c.yaml\n',
        'a/b.yaml': '',
        'x/a/b.yaml': '',
        'c.yaml': '',
        'x/c.yaml': '',
      },
    ],
    [
      'a folder pattern does not hit a file',
      {
        '.gitignore': 'a.yaml/\n',
        'a.yaml': '',
        'x/a.yaml/b.yaml': '',
      },
    ],
    [
      'names that are not plain',
      {
        '.gitignore': 'ä*.yaml\n..x.yaml\n',
        'äb.yaml': '',
        '..x.yaml': '',
        '...yaml': '',
        'ö.yaml': '',
        '..y/a.yaml': '',
      },
    ],
  ] as const)('is what git itself says: %s', async (_, files) => {
    const cwd = tree(files);
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
    const git = (...args: string[]) => execFileSync('git', args, { cwd, env, encoding: 'utf8' });
    git('init', '--quiet');
    git('config', 'core.ignorecase', 'false');
    const others = git('ls-files', '-z', '--others', '--exclude-standard').split('\0');
    const expected = others.filter((name) => /\.(?:json|yaml)$/.test(name)).sort();
    expect(expected.length).toBeGreaterThan(0);
    expect(await names(cwd)).toEqual(expected);
    // A glob does without a dot in front, and is otherwise the same.
    const plain = expected.filter((name) => !/(?:^|\/)\./.test(name));
    expect(await names(cwd, ['**/*.{json,yaml}'])).toEqual(plain);
  });
});
