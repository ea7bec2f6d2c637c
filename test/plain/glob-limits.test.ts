import { describe, expect, it } from 'vitest';
import { pastGlobLimits } from '../../src/plain/glob-limits.js';

describe('globs within the limits', () => {
  it.each([
    '**/*.{json,yaml,yml,template}',
    'packages/*/cdk.out/*.template.json',
    '!**/node_modules/**',
    'infra/**/stacks/**/*.yaml',
    '{dev,test,prod}/{a,b,c}/*.json',
    'stack-[0-9]*.json',
    '@(gateway|identity).yaml',
    '{1..100}.yaml',
    '{a,{b,c}}',
  ])('%s', (glob) => {
    expect(pastGlobLimits(glob)).toBeUndefined();
  });
});

describe('globs past the limits', () => {
  it.each([
    ['*a*a*a*b', 'times * in one name'],
    ['**/a/**/a/**/a/**/a/**/b', 'times **'],
    ['{a,b}'.repeat(11), 'patterns'],
    ['{1..100000}', 'patterns'],
    ['{1..100}{1..100}', 'patterns'],
    ['{a,{b,{1..2000}}}', 'patterns'],
    [`${'{a'.repeat(3)}${',{1..99}'.repeat(30)}`, 'patterns'],
    ['+(+(a)+(a))b', 'parentheses'],
    ['a'.repeat(1_001), 'longer'],
  ])('%s', (glob, reason) => {
    expect(pastGlobLimits(glob)).toContain(reason);
  });
});
