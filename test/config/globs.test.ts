import { describe, expect, it } from 'vitest';
import { rebaseGlob, rebaseIgnoreGlob } from '../../src/config/globs.js';

describe('globs of a configuration', () => {
  it.each([
    ['t/*.yaml', '/p', '/p', 't/*.yaml'],
    ['t/*.yaml', '/p', '/p/app', '../t/*.yaml'],
    ['!t/*.yaml', '/p', '/p/app/x', '!../../t/*.yaml'],
    ['./t.yaml', '/p/config', '/p', 'config/t.yaml'],
    ['*.yaml', '/p/a[1]', '/p', 'a\\[1\\]/*.yaml'],
    ['t.yaml', '/p/a[1]', '/p', 'a[1]/t.yaml'],
    ['/abs/*.yaml', '/p', '/p/app', '/abs/*.yaml'],
    ['.\\t\\*.yaml', '/p', '/p', './t/*.yaml'],
    ['t\\**\\a.yaml', '/p', '/p/app', '../t/**/a.yaml'],
    ['t\\[1\\].yaml', '/p', '/p', 't\\[1\\].yaml'],
  ])('%s of %s seen from %s is %s', (glob, from, to, expected) => {
    expect(rebaseGlob(glob, from, to)).toBe(expected);
  });

  it.each([
    ['dist', '/p', '/p/app', '../dist'],
    ['dist', '/p/config', '/p', 'config/**/dist'],
    ['dist/', '/p/config', '/p', 'config/**/dist/'],
    ['a/dist', '/p/config', '/p', 'config/a/dist'],
    ['!dist', '/p/config', '/p', '!config/**/dist'],
    ['dist', '/p', '/p', 'dist'],
  ])('to ignore: %s of %s seen from %s is %s', (glob, from, to, expected) => {
    expect(rebaseIgnoreGlob(glob, from, to)).toBe(expected);
  });
});
