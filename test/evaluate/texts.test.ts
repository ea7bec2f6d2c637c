import { describe, expect, it } from 'vitest';
import { commaList, dynamicName, dynamicPieces, isDynamicReference } from '../../src/evaluate/texts.js';
import { concatenate, displayText, literal, type Part, type Value } from '../../src/evaluate/value.js';
import { outcomes, ref, sub } from './evaluation.js';

const open: Part = { kind: 'opaque', id: 'x', reason: 'it is open' };

describe('a dynamic reference', () => {
  it.each<[string, readonly Part[], boolean]>([
    ['begins and ends as one', ['{{resolve:ssm:/a}}'], true],
    ['may end in a line break', ['{{resolve:ssm:/a}}\n'], true],
    ['may be open in between', ['{{resolve:ssm:/', open, '}}'], true],
    ['is what the CDK puts in its place', ['dummy-value-for-/a'], true],
    ['is not what only begins so', ['{{resolve:ssm:/a'], false],
    ['is not what only ends so', ['a}}'], false],
    ['is not what begins with something open', [open, '}}'], false],
    ['is not what ends in something open', ['{{resolve:ssm:/a', open], false],
  ])('%s', (_, parts, expected) => {
    expect(isDynamicReference(concatenate(parts))).toBe(expected);
  });

  it('is cut out of the text around it', () => {
    const cut = (...parts: Part[]) =>
      dynamicPieces(concatenate(parts)).map(({ text, isReference }) => [displayText(text), isReference]);
    expect(cut('a{{resolve:ssm:/b}}c')).toEqual([
      ['a', false],
      ['{{resolve:ssm:/b}}', true],
      ['c', false],
    ]);
    expect(cut('a{{resolve:ssm:/b')).toEqual([
      ['a', false],
      ['{{resolve:ssm:/b', false],
    ]);
    expect(cut('dummy-value-for-/a', open)).toEqual([
      [`dummy-value-for-/a${displayText(concatenate([open]))}`, true],
    ]);
  });

  it('names its parameter without the version', () => {
    const name = (...parts: Part[]) => {
      const found = dynamicName(concatenate(parts));
      return found && displayText(found);
    };
    expect(name('{{resolve:ssm:/a:3}}')).toBe('/a');
    expect(name('{{resolve:ssm:/', open, '/b:3}}')).toMatch(/^\/.*\/b$/);
    expect(name('dummy-value-for-/a')).toBe('/a');
    expect(name('{{resolve:secretsmanager:a}}')).toBeUndefined();
    expect(name('{{resolve:ssm:/a')).toBeUndefined();
    expect(name('{{resolve:ssm:/a', open)).toBeUndefined();
  });
});

describe('a text that is cut', () => {
  const items = (value: Value) =>
    value.kind === 'list'
      ? value.items.map((item) => ('parts' in item ? displayText(item) : '?'))
      : value.kind;

  it('as a list parameter loses the blanks around its items', () => {
    expect(items(commaList(literal('a, b ,c')))).toEqual(['a', 'b', 'c']);
  });

  it('by Fn::Split keeps them', () => {
    const second = (text: unknown) => outcomes({ 'Fn::Select': [1, { 'Fn::Split': [',', text] }] });
    expect(second('a, b ,c')).toEqual([' b ']);
    expect(second(sub('a, <AWS::Region> ,c'))).toEqual([' ${AWS::Region} ']);
  });

  it('and joined again the same way is the text', () => {
    const joined = (text: unknown) => ({ 'Fn::Join': ['|', { 'Fn::Split': ['|', text] }] });
    const sections = {
      Parameters: { Free: { Type: 'String' } },
      Conditions: { C: { 'Fn::Equals': [joined(ref('Free')), 'p|q'] } },
    };
    expect(outcomes({ 'Fn::If': ['C', 'yes', 'no'] }, sections)).toEqual([
      'no when Free is not p|q',
      'yes when Free is p|q',
    ]);
    expect(outcomes(joined(sub('a|<AWS::Region>')))).toEqual(['a|${AWS::Region}']);
  });

  it('is known up to what can hold the delimiter', () => {
    const Resources = { Topic: { Type: 'AWS::SNS::Topic' } };
    const piece = (index: number) =>
      outcomes(
        { 'Fn::Select': [index, { 'Fn::Split': ['-', sub('a-b<Topic.TopicName>-c')] }] },
        { Resources },
      );
    expect(piece(0)).toEqual(['a']);
    expect(piece(1)).not.toEqual(['b']);
    expect(piece(2)).not.toEqual(['c']);
  });

  it('is a list of its own in each scenario', () => {
    const names = { 'Fn::Join': [',', ref('Names')] };
    const joined = { 'Fn::Join': ['+', ref('Names')] };
    expect(
      outcomes(
        { 'Fn::If': ['C', joined, { 'Fn::If': ['D', joined, 'none'] }] },
        {
          Parameters: { Names: { Type: 'CommaDelimitedList' } },
          Conditions: {
            C: { 'Fn::Equals': [names, 'x,y'] },
            D: { 'Fn::Equals': [names, 'p,q,r'] },
          },
        },
      ),
    ).toEqual(['none when Names is not p,q,r or x,y', 'p+q+r when Names is p,q,r', 'x+y when Names is x,y']);
  });
});

describe('a reference to an SSM parameter', () => {
  it('by its Ref gives the value that the template writes into it', () => {
    const Resources = {
      Topic: { Type: 'AWS::SNS::Topic', Properties: { Value: 'of a topic' } },
      Stored: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'kept' } },
    };
    expect(outcomes(sub('{{resolve:ssm:<Stored>}}'), { Resources })).toEqual(['kept']);
    expect(outcomes(sub('{{resolve:ssm:<Topic>}}'), { Resources })).not.toEqual(['of a topic']);
  });

  it('is found behind one that has no name', () => {
    const Resources = {
      Nameless: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'other' } },
      Stored: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/a', Type: 'String', Value: 'kept' } },
    };
    expect(outcomes('{{resolve:ssm:/a}}', { Resources })).toEqual(['kept']);
  });
});
