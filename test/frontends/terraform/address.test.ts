import { describe, expect, it } from 'vitest';
import { moduleAround, moduleNames, traversal, written } from '../../../src/frontends/terraform/address.js';

describe('addresses of Terraform', () => {
  it('are cut into names and keys', () => {
    expect(traversal('module.idp["a.b"].aws_x.y[0].arn')).toEqual([
      { name: 'module' },
      { name: 'idp' },
      { key: 'a.b' },
      { name: 'aws_x' },
      { name: 'y' },
      { key: 0 },
      { name: 'arn' },
    ]);
  });

  it.each(['', '.a', 'a..b', 'a b', '[0]a b', 'a["x', 'a.*.b'])('are not %j', (text) => {
    expect(traversal(text)).toBeUndefined();
  });

  it.each(['a.b', 'module.a[0].module.b["k"].x.y', 'x.y["a\\"b"]', 'ä.b-c'])(
    'come back as they were: %s',
    (text) => {
      expect(written(traversal(text) ?? [])).toBe(text);
    },
  );

  it('tell the module around a module', () => {
    expect(moduleAround('module.a[0].module.b["k"]')).toBe('module.a[0]');
    expect(moduleAround('module.module.module.b')).toBe('module.module');
    expect(moduleAround('module.a')).toBe('');
  });

  it('tell the names of the modules on the way', () => {
    expect(moduleNames('module.a[0].module.module["k"]')).toEqual(['a', 'module']);
    expect(moduleNames('')).toEqual([]);
  });
});
