import { describe, expect, it } from 'vitest';
import { isConstrained, possibleValues, refusal } from '../../src/evaluate/parameter-values.js';
import type { ParameterDeclaration } from '../../src/template/template.js';

const declared = (more: Partial<ParameterDeclaration> = {}): ParameterDeclaration => ({
  name: 'P',
  type: 'String',
  default: undefined,
  allowedValues: undefined,
  allowedPattern: undefined,
  minLength: undefined,
  maxLength: undefined,
  minValue: undefined,
  maxValue: undefined,
  noEcho: false,
  ...more,
});

describe('what CloudFormation refuses', () => {
  it.each<[string, Partial<ParameterDeclaration>, string, string | undefined]>([
    ['any text', {}, '', undefined],
    ['a value that is not allowed', { allowedValues: ['a'] }, 'b', 'not allowed'],
    ['one that is', { allowedValues: ['a'] }, 'a', undefined],
    [
      'an item that is not allowed',
      { type: 'CommaDelimitedList', allowedValues: ['a', 'b'] },
      'a, c',
      'not allowed',
    ],
    ['items that are', { type: 'CommaDelimitedList', allowedValues: ['a', 'b'] }, 'b, a', undefined],
    [
      'an item that is not allowed, in the longest list that is looked through',
      { type: 'CommaDelimitedList', allowedValues: ['a'] },
      `${'a,'.repeat(9_999)}b`,
      'not allowed',
    ],
    [
      'a longer list',
      { type: 'CommaDelimitedList', allowedValues: ['a'] },
      `${'a,'.repeat(10_000)}b`,
      undefined,
    ],
    ['what does not fit a repeated group', { allowedPattern: '(ab)+' }, 'aba', 'length or pattern'],
    ['anything by a pattern that is too long to try', { allowedPattern: 'a'.repeat(501) }, 'b', undefined],
    ['anything that is too long to try', { allowedPattern: 'a' }, 'b'.repeat(201), undefined],
    [
      'what does not fit the longest pattern that is tried',
      { allowedPattern: 'a'.repeat(500) },
      'b'.repeat(200),
      'length or pattern',
    ],
    ['anything by a pattern that nobody can read', { allowedPattern: '*a' }, 'b', undefined],
    ['an empty list', { type: 'CommaDelimitedList', allowedValues: ['a'] }, '', undefined],
    ['a word for a number', { type: 'Number' }, 'many', 'no number'],
    ['a number', { type: 'Number' }, '-1.5', undefined],
    ['a word in a list of numbers', { type: 'List<Number>' }, '1,two', 'no number'],
    ['a number below the least', { type: 'Number', minValue: 2 }, '1', 'out of range'],
    ['the least', { type: 'Number', minValue: 2 }, '2', undefined],
    ['a number above the most', { type: 'Number', maxValue: 2 }, '3', 'out of range'],
    ['the most', { type: 'Number', maxValue: 2 }, '2', undefined],
    ['a text that does not fit a pattern', { allowedPattern: '[a-z]+-[0-9]+' }, 'prod', 'length or pattern'],
    ['one that fits', { allowedPattern: '[a-z]+-[0-9]+' }, 'prod-1', undefined],
    ['one that fits none of two', { allowedPattern: '(a|b)-[0-9]+' }, 'c-1', 'length or pattern'],
    [
      'a text that is tried in a million ways at most',
      { allowedPattern: 'a*b*c*d*e*f*' },
      'z'.repeat(9),
      'length or pattern',
    ],
    ['any text, where there are more ways', { allowedPattern: 'a*b*c*d*e*f*g*' }, 'z'.repeat(9), undefined],
    [
      'any text, where alternatives are more',
      { allowedPattern: '(a|b)'.repeat(7) },
      'z'.repeat(9),
      undefined,
    ],
    ['an empty AWS-specific value', { type: 'AWS::EC2::VPC::Id' }, '', 'empty'],
    ['an empty item of them', { type: 'List<AWS::EC2::Subnet::Id>' }, 'subnet-1,', 'empty'],
    ['an empty name of an SSM parameter', { type: 'AWS::SSM::Parameter::Value<String>' }, '', 'empty'],
    [
      'a name that is not allowed',
      { type: 'AWS::SSM::Parameter::Value<String>', allowedValues: ['/a'] },
      '/b',
      'not allowed',
    ],
    ['a text that is too short', { minLength: 2 }, 'a', 'length or pattern'],
    ['a text that is too long', { maxLength: 2 }, 'abc', 'length or pattern'],
    ['a text of another pattern', { allowedPattern: '[a-z]+' }, 'A', 'length or pattern'],
    ['a text with the pattern in it', { allowedPattern: '[a-z]+' }, 'a1', 'length or pattern'],
    ['a pattern that could take long is let be', { allowedPattern: '(a+)+b' }, 'c', undefined],
  ])('%s', (_, more, value, expected) => {
    expect(refusal(declared(more), value)).toBe(expected);
  });
});

describe('the values that a parameter can have', () => {
  it('are those allowed that it does not refuse', () => {
    expect(possibleValues(declared({ type: 'Number', allowedValues: ['1', '5'], maxValue: 3 }))).toEqual([
      '1',
    ]);
  });

  it('are those allowed as they stand where it refuses all', () => {
    expect(possibleValues(declared({ type: 'Number', allowedValues: ['x'] }))).toEqual(['x']);
  });

  it('are the alternatives of a pattern that is nothing else', () => {
    expect(possibleValues(declared({ allowedPattern: '^(user|service)$' }))).toEqual(['user', 'service']);
    expect(possibleValues(declared({ allowedPattern: 'user.*|service' }))).toBeUndefined();
  });

  it('are not known of a list', () => {
    expect(possibleValues(declared({ type: 'CommaDelimitedList', allowedValues: ['a'] }))).toBeUndefined();
  });
});

it('a plain text parameter refuses nothing', () => {
  expect(isConstrained(declared())).toBe(false);
  expect(isConstrained(declared({ type: 'Number' }))).toBe(true);
  expect(isConstrained(declared({ maxLength: 3 }))).toBe(true);
});
