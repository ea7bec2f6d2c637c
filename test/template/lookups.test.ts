import { describe, expect, it } from 'vitest';
import { withoutDummyValues } from '../../src/template/lookups.js';

describe('a template of a first synthesis pass', () => {
  const dummies = new Set(['dummy-value-for-/tools', 'dummy-value-for-/tools/arn', 'vpc-12345']);
  const without = (Value: unknown) => withoutDummyValues({ Value }, dummies).Value;

  it('refers to the SSM parameters that are still to be looked up, each by its whole name', () => {
    expect(without('dummy-value-for-/tools/arn')).toBe('{{resolve:ssm:/tools/arn}}');
    expect(without(['a dummy-value-for-/tools b'])).toEqual(['a {{resolve:ssm:/tools}} b']);
  });

  it('keeps what is no dummy', () => {
    expect(without({ Name: 'tools', Size: 3, Parts: ['a', null] })).toEqual({
      Name: 'tools',
      Size: 3,
      Parts: ['a', null],
    });
  });

  it('says nothing of any other', () => {
    expect(without('vpc-12345')).not.toEqual('vpc-12345');
    expect(without('in vpc-12345')).toBe('in vpc-12345');
  });
});
