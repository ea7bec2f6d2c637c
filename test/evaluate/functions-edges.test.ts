import { describe, expect, it } from 'vitest';
import { MAX_LIST_ITEMS, PastLimit } from '../../src/evaluate/limits.js';
import { NO_VALUE, outcomes, ref, sub } from './evaluation.js';

const Resources = { Topic: { Type: 'AWS::SNS::Topic' } };
const name = { 'Fn::GetAtt': ['Topic', 'TopicName'] };
const split = (text: unknown) => ({ 'Fn::Split': [',', text] });
const item = (index: number, text: unknown) => ({ 'Fn::Select': [index, split(text)] });

describe('Fn::Split', () => {
  it('cuts a text into as many pieces as a list may have items, and no more', () => {
    const most = 'a,'.repeat(MAX_LIST_ITEMS - 1);
    expect(outcomes(split(most))).toEqual([`[${MAX_LIST_ITEMS}]`]);
    expect(() => outcomes(split(`${most},`))).toThrow(PastLimit);
  });

  it('says what is not known: the text, or what follows in it', () => {
    expect(outcomes(item(0, sub('a,<Topic.TopicName>')), { Resources })).toEqual(['a']);
    expect(outcomes(item(1, sub('a,<Topic.TopicName>')), { Resources })[0]).toContain('Topic');
  });
});

describe('Fn::Length', () => {
  const length = (list: unknown) => outcomes({ 'Fn::Length': list }, { Resources });

  it('counts what is known', () => {
    expect(length(['a', name])).toEqual(['2']);
    expect(length(split('a,b,c'))).toEqual(['3']);
  });
});

describe('Fn::FindInMap', () => {
  it('takes rows that begin and end as the key around a parameter does, and do both', () => {
    const Mappings = {
      M: {
        'eu-1-prod': { k: 'one' },
        'eu-2-test': { k: 'two' },
        'us-1-prod': { k: 'three' },
        'eu-prod': { k: 'four' },
      },
    };
    const Parameters = { Stage: { Type: 'String' } };
    const find = { 'Fn::FindInMap': ['M', sub('eu-<Stage>-prod'), 'k'] };
    expect(outcomes(find, { Mappings, Parameters })).toEqual(['one when Stage is 1']);
  });

  it('takes any row for a pseudo parameter of which no shape is known', () => {
    const Mappings = { M: { one: { k: 'first' }, two: { k: 'second' } } };
    expect(outcomes({ 'Fn::FindInMap': ['M', ref('AWS::StackName'), 'k'] }, { Mappings })).toEqual([
      'first when AWS::StackName is one',
      'second when AWS::StackName is two',
    ]);
  });
});

describe('Fn::GetAtt', () => {
  it('takes an attribute that is put together, and no more after it', () => {
    const Mappings = { M: { a: { k: 'TopicName' } } };
    const attribute = { 'Fn::FindInMap': ['M', 'a', 'k'] };
    expect(outcomes({ 'Fn::GetAtt': ['Topic', attribute] }, { Resources, Mappings })).toEqual(
      outcomes(name, { Resources }),
    );
    expect(outcomes({ 'Fn::GetAtt': ['Topic', attribute, 'More'] }, { Resources, Mappings })[0]).toContain(
      'unknown',
    );
  });

  it('is unknown without a name', () => {
    expect(outcomes({ 'Fn::GetAtt': [NO_VALUE, 'TopicName'] }, { Resources })[0]).toContain('unknown');
  });
});
