import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findConfig } from '../../src/config/find.js';
import { temporaryDirectory } from './temporary.js';

const find = (root: string, below = '.') => {
  const found = findConfig(path.join(root, below), () => true);
  return found && path.relative(root, found.file);
};

describe('the search for a configuration', () => {
  it('takes the nearest directory', () => {
    const root = temporaryDirectory({
      'cfn-tx-lint.config.json': {},
      'a/cfn-tx-lint.config.mjs': '',
      'a/b/c/x.yaml': '',
    });
    expect(find(root, 'a/b/c')).toBe(path.join('a', 'cfn-tx-lint.config.mjs'));
    expect(find(root)).toBe('cfn-tx-lint.config.json');
  });

  it('has an order within a directory', () => {
    const names = ['json', 'yaml', 'yml', 'js', 'mjs'].map((suffix) => `cfn-tx-lint.config.${suffix}`);
    for (const [index, name] of names.entries()) {
      const later = Object.fromEntries(names.slice(index).map((other) => [other, '']));
      expect(find(temporaryDirectory({ ...later, 'package.json': { 'cfn-tx-lint': {} } }))).toBe(name);
    }
  });

  it('takes a package.json that has the key and no other', () => {
    const root = temporaryDirectory({
      'package.json': { 'cfn-tx-lint': {} },
      'a/package.json': { devDependencies: { 'cfn-tx-lint': '1' } },
      'a/b/package.json': '{ "cfn-tx-lint": broken',
      'a/b/c/package.json': { name: 'c' },
    });
    expect(find(root, 'a/b/c')).toBe('package.json');
  });

  it('takes no directory of that name', () => {
    const root = temporaryDirectory({
      'cfn-tx-lint.config.json': {},
      'a/cfn-tx-lint.config.json/x': '',
    });
    expect(find(root, 'a')).toBe('cfn-tx-lint.config.json');
  });

  it('goes on past what is not accepted', () => {
    const root = temporaryDirectory({ 'cfn-tx-lint.config.json': {}, 'a/cfn-tx-lint.config.js': '' });
    const found = findConfig(path.join(root, 'a'), ({ kind }) => kind !== 'module');
    expect(found?.file).toBe(path.join(root, 'cfn-tx-lint.config.json'));
  });

  it('ends at the root of the file system', () => {
    expect(findConfig(temporaryDirectory(), () => false)).toBeUndefined();
  });
});
