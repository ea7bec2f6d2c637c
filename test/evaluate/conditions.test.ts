import { describe, expect, it } from 'vitest';
import { outcomes, ref, sub } from './evaluation.js';

const Parameters = {
  Mode: { Type: 'String', AllowedValues: ['a', 'b', 'c'] },
  Free: { Type: 'String' },
  Other: { Type: 'String' },
  Names: { Type: 'CommaDelimitedList', Default: 'x,y' },
};
const when = (condition: unknown, more: object = {}) =>
  outcomes({ 'Fn::If': ['C', 'yes', 'no'] }, { Parameters, Conditions: { C: condition, ...more } });

describe('Fn::Equals', () => {
  it('splits a parameter with allowed values', () => {
    expect(when({ 'Fn::Equals': [ref('Mode'), 'a'] })).toEqual([
      'no when Mode is b',
      'no when Mode is c',
      'yes when Mode is a',
    ]);
  });

  it('solves a text with two parameters for every way to cut it', () => {
    expect(when({ 'Fn::Equals': [sub('<Free>-<Other>'), 'p-q-r'] })).toEqual([
      'no when Free is not p or p-q',
      'no when Free is p, Other is not q-r',
      'no when Free is p-q, Other is not r',
      'yes when Free is p, Other is q-r',
      'yes when Free is p-q, Other is r',
    ]);
  });

  it('gives one parameter in two places one value', () => {
    expect(when({ 'Fn::Equals': [sub('<Free>/<Free>'), 'p/q'] })).toEqual(['no']);
    expect(when({ 'Fn::Equals': [sub('<Free>/<Free>'), 'p/p'] })).toEqual([
      'no when Free is not p',
      'yes when Free is p',
    ]);
  });

  it('leaves two open texts undecided, and tells texts apart that never fit', () => {
    expect(when({ 'Fn::Equals': [ref('Free'), ref('Other')] })).toEqual([
      'no when C is false',
      'yes when C is true',
    ]);
    expect(when({ 'Fn::Equals': [sub('a<Free>'), sub('b<Other>')] })).toEqual(['no']);
  });

  it('leaves a text undecided that can be cut in more ways than are tried', () => {
    const cut = (pieces: number) =>
      when({ 'Fn::Equals': [sub('<Free>-<Other>'), Array(pieces).fill('x').join('-')] });
    expect(cut(17)).toContain('yes when Free is x, Other is x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x');
    expect(cut(18)).toEqual(['no when C is false', 'yes when C is true']);
  });

  it('compares lists item by item, as far as they are known', () => {
    const split = (text: string) => ({ 'Fn::Split': [',', sub(text)] });
    expect(when({ 'Fn::Equals': [split('a,b'), ['a', 'b']] })).toEqual(['yes']);
    expect(when({ 'Fn::Equals': [split('a,c'), ['a', 'b']] })).toEqual(['no']);
    expect(when({ 'Fn::Equals': [split('a,b<AWS::Region>'), ['a', 'b']] })).toEqual([
      'no when C is false',
      'yes when C is true',
    ]);
  });

  it('solves for the whole text', () => {
    expect(when({ 'Fn::Equals': [sub('<Free>-x'), 'p-xq'] })).toEqual(['no']);
  });

  it('tries a list parameter by its default', () => {
    const first = { 'Fn::Select': [0, ref('Names')] };
    expect(when({ 'Fn::Equals': [first, 'x'] })).toContain('yes when Names is x,y');
    expect(when({ 'Fn::Equals': [first, 'y'] })).toContain('no when Names is x,y');
  });

  it('takes the allowed values of an SSM type for names, not for what its list holds', () => {
    const Stored = { Type: 'AWS::SSM::Parameter::Value<List<String>>', AllowedValues: ['/a', '/b'] };
    const C = { 'Fn::Equals': [{ 'Fn::Select': [0, ref('Stored')] }, 'x'] };
    const found = outcomes({ 'Fn::If': ['C', 'yes', 'no'] }, { Parameters: { Stored }, Conditions: { C } });
    expect(found.some((outcome) => outcome.startsWith('yes'))).toBe(true);
  });

  it('gives a pseudo parameter any value of its shape', () => {
    expect(when({ 'Fn::Equals': [ref('AWS::StackName'), 'x'] })).toContain('yes when AWS::StackName is x');
    expect(when({ 'Fn::Equals': [ref('AWS::StackId'), 'x'] })).toContain('yes when AWS::StackId is x');
    expect(when({ 'Fn::Equals': [ref('AWS::AccountId'), 'x'] })).toEqual(['no']);
  });

  it('gives what resources give back what it can be', () => {
    const given = (expression: unknown, value: string) =>
      outcomes(
        { 'Fn::If': ['C', 'yes', 'no'] },
        {
          Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
          Conditions: { C: { 'Fn::Equals': [expression, value] } },
        },
      );
    const attribute = (name: string) => ({ 'Fn::GetAtt': ['Topic', name] });
    expect(given(attribute('TopicArn'), 'x')).toEqual(['no']);
    expect(given(attribute('TopicArn'), 'arn:x')).toHaveLength(2);
    expect(given(attribute('TopicName'), 'x')).toHaveLength(2);
    expect(given(attribute('TopicName'), '')).toHaveLength(2);
    expect(given(ref('Topic'), 'x')).toHaveLength(2);
    expect(given(ref('Topic'), '')).toEqual(['no']);
  });

  it('names what is open by what gives it', () => {
    expect(when({ 'Fn::Equals': [{ 'Fn::Base64': 'x' }, 'y'] })).toEqual([
      'no when Fn::Base64 is not y',
      'yes when Fn::Base64 is y',
    ]);
  });

  it('gives an item of a list parameter what its parameter takes', () => {
    const Letters = { Type: 'CommaDelimitedList', AllowedPattern: 'a|b' };
    const first = (value: string) =>
      outcomes(
        { 'Fn::If': ['C', 'yes', 'no'] },
        {
          Parameters: { Letters },
          Conditions: { C: { 'Fn::Equals': [{ 'Fn::Select': [0, ref('Letters')] }, value] } },
        },
      );
    expect(first('x')).toEqual(['no']);
    expect(first('a')).toHaveLength(2);
  });

  it('tells apart what is open for different reasons', () => {
    const imported = (name: string) => ({ 'Fn::ImportValue': name });
    expect(when({ 'Fn::Equals': [imported('a'), imported('a')] })).toEqual(['yes']);
    expect(when({ 'Fn::Equals': [imported('a'), imported('b')] })).toHaveLength(2);
  });

  it('is one with itself', () => {
    expect(when({ 'Fn::Equals': [sub('a<Free>'), sub('a<Free>')] })).toEqual(['yes']);
  });
});

describe('operators', () => {
  it('stop at the first operand that decides', () => {
    const a = { 'Fn::Equals': [ref('Mode'), 'a'] };
    const b = { 'Fn::Equals': [ref('Mode'), 'b'] };
    expect(when({ 'Fn::Or': [a, b] })).toEqual([
      'no when Mode is c',
      'yes when Mode is a',
      'yes when Mode is b',
    ]);
    expect(when({ 'Fn::And': [a, b] }).filter((line) => line.startsWith('yes'))).toEqual([]);
    expect(when({ 'Fn::Not': [a] })).toContain('no when Mode is a');
  });

  it('take a condition that is nowhere, or leads back to itself, for both', () => {
    expect(when({ Condition: 'Gone' })).toEqual(['no when Gone is false', 'yes when Gone is true']);
    expect(when({ 'Fn::Not': [{ Condition: 'C' }] })).toHaveLength(2);
  });
});

describe('members of lists', () => {
  it('are found in a written list', () => {
    expect(when({ 'Fn::Contains': [['p', 'q'], ref('Free')] })).toEqual([
      'no when Free is not p or q',
      'yes when Free is p',
      'yes when Free is q',
    ]);
  });

  it('of a list parameter are those of its default, and open beside it', () => {
    const lines = when({ 'Fn::Contains': [ref('Names'), 'y'] });
    expect(lines).toContain('yes when Names is x,y');
    expect(
      lines.filter((line) => line.startsWith('no')).every((line) => line.includes('Names is not x,y')),
    ).toBe(true);
  });

  it('of a list parameter may be more than by default', () => {
    const lines = when({ 'Fn::Contains': [ref('Names'), 'q'] });
    expect(lines.some((line) => line.startsWith('yes') && line.includes('a condition is true'))).toBe(true);
    expect(lines).toContain('no when Names is x,y');
  });

  it('of a list parameter are what it allows', () => {
    const Few = { Type: 'CommaDelimitedList', AllowedValues: ['p', 'q'] };
    const first = (value: string) => ({ 'Fn::Equals': [{ 'Fn::Select': [0, ref('Few')] }, value] });
    const of = (value: string) =>
      outcomes({ 'Fn::If': ['C', 'yes', 'no'] }, { Parameters: { Few }, Conditions: { C: first(value) } });
    expect(of('r')).toEqual(['no']);
    expect(of('p')).toEqual(['no when a part of Few is q', 'yes when a part of Few is p']);
  });

  it('are each looked at', () => {
    expect(
      when({
        'Fn::EachMemberIn': [
          ['p', 'q'],
          ['p', 'q', 'r'],
        ],
      }),
    ).toEqual(['yes']);
    expect(
      when({
        'Fn::EachMemberIn': [
          ['p', 's'],
          ['p', 'q', 'r'],
        ],
      }),
    ).toEqual(['no']);
    expect(when({ 'Fn::EachMemberEquals': [['p', 'p'], 'p'] })).toEqual(['yes']);
    expect(when({ 'Fn::EachMemberEquals': [['p', 'q'], 'p'] })).toEqual(['no']);
  });

  it('hold an item to what is said of each', () => {
    const first = { 'Fn::Equals': [{ 'Fn::Select': [0, ref('Names')] }, 'z'] };
    const lines = when({ 'Fn::And': [{ 'Fn::EachMemberIn': [ref('Names'), ['x', 'y']] }, first] });
    expect(lines.filter((line) => line.startsWith('yes'))).toEqual([]);
  });
});

describe('a list that by its own reference stands in itself', () => {
  const entry = (name: string) => ({ 'Fn::FindInMap': ['M', 'a', name] });
  const Mappings = { M: { a: { list: [entry('list'), 'x'], map: [{ inner: entry('map') }] } } };
  const ifHolds = (text: string) =>
    outcomes(
      { 'Fn::If': ['C', 'yes', 'no'] },
      { Mappings, Conditions: { C: { 'Fn::Contains': [[entry('list')], text] } } },
    );

  it('is not known to be without a text', () => {
    expect(ifHolds('y')).toContainEqual(expect.stringMatching(/^no when /));
    expect(ifHolds('y')).toContainEqual(expect.stringMatching(/^yes when /));
  });

  it('holds the texts that are written in it', () => {
    for (const outcome of ifHolds('x')) expect(outcome).toMatch(/^yes/);
  });

  it('ends as JSON where it leads back', () => {
    expect(outcomes({ 'Fn::ToJsonString': [entry('list')] }, { Mappings })).toHaveLength(1);
    expect(outcomes({ 'Fn::ToJsonString': entry('map') }, { Mappings })).toHaveLength(1);
  });
});
