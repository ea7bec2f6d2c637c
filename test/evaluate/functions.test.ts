import { describe, expect, it } from 'vitest';
import { prepareFrontEnd } from '../../src/frontends/index.js';
import { NO_VALUE, outcomes, ref, sub } from './evaluation.js';

const stage = { Parameters: { Stage: { Type: 'String' } } };
const either = {
  Parameters: { Mode: { Type: 'String', AllowedValues: ['a', 'b'] } },
  Conditions: { A: { 'Fn::Equals': [ref('Mode'), 'a'] } },
};

describe('the ARN of a resource', () => {
  const Resources = { Provider: { Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider' } };
  const segment = (index: number) =>
    outcomes(
      {
        'Fn::Select': [
          index,
          { 'Fn::Split': [':', { 'Fn::GetAtt': ['Provider', 'CredentialProviderArn'] }] },
        ],
      },
      { Resources },
    );

  it('is known by its segments', () => {
    expect([0, 1, 2, 3, 4].map(segment)).toEqual([
      ['arn'],
      ['${AWS::Partition}'],
      ['bedrock-agentcore'],
      ['${AWS::Region}'],
      ['${AWS::AccountId}'],
    ]);
  });
});

describe('Fn::FindInMap', () => {
  const Mappings = {
    M: { 'eu-west-1-prod': { k: 'one' }, 'eu-west-1-test': { k: 'two' }, plain: { k: 'three' } },
  };
  const find = (key: unknown, ...more: unknown[]) => ({ 'Fn::FindInMap': ['M', key, 'k', ...more] });

  it('gives the row of a known key', () => {
    expect(outcomes(find('plain'), { Mappings })).toEqual(['three']);
  });

  it('tries every row that a parameter can be, and nothing else', () => {
    expect(outcomes(find(ref('Stage')), { Mappings, ...stage })).toEqual([
      'one when Stage is eu-west-1-prod',
      'three when Stage is plain',
      'two when Stage is eu-west-1-test',
    ]);
  });

  it('gives the default for all other values', () => {
    expect(outcomes(find(ref('Stage'), { DefaultValue: 'none' }), { Mappings, ...stage })).toContain(
      'none when Stage is not eu-west-1-prod or eu-west-1-test or plain',
    );
  });

  it('solves a key that is put together for what is open in it', () => {
    expect(outcomes(find(sub('<AWS::Region>-<Stage>')), { Mappings, ...stage })).toEqual([
      'one when AWS::Region is eu-west-1, Stage is prod',
      'two when AWS::Region is eu-west-1, Stage is test',
    ]);
  });

  it('leaves out rows that a key around a parameter cannot be', () => {
    expect(outcomes(find(sub('eu-<Stage>')), { Mappings, ...stage })).toEqual([
      'one when Stage is west-1-prod',
      'two when Stage is west-1-test',
    ]);
  });

  it('tries the rows for what a resource gives', () => {
    const Resources = { Topic: { Type: 'AWS::SNS::Topic' } };
    const key = { 'Fn::GetAtt': ['Topic', 'TopicName'] };
    expect(outcomes(find(key, { DefaultValue: 'none' }), { Mappings, Resources })).toEqual([
      'none when Topic.TopicName is not eu-west-1-prod or eu-west-1-test or plain',
      'one when Topic.TopicName is eu-west-1-prod',
      'three when Topic.TopicName is plain',
      'two when Topic.TopicName is eu-west-1-test',
    ]);
  });

  it('tries the mappings that a name can mean', () => {
    const mapping = { 'Fn::FindInMap': [ref('Stage'), 'row', 'k'] };
    const two = { Mappings: { M: { row: { k: '1' } }, N: { row: { k: '2' } } }, ...stage };
    expect(outcomes(mapping, two)).toEqual(['1 when Stage is M', '2 when Stage is N']);
  });

  it('refuses a value without a row, where another has one', () => {
    const Parameters = { Mode: { Type: 'String', AllowedValues: ['plain', 'gone'] } };
    expect(outcomes(find(ref('Mode')), { Mappings, Parameters })).toEqual(['three when Mode is plain']);
    expect(outcomes(find('gone'), { Mappings })).toEqual(['${?}']);
    const Conditions = { Gone: { 'Fn::Equals': [ref('Mode'), 'gone'] } };
    const inside = { 'Fn::If': ['Gone', find(ref('Mode')), 'else'] };
    expect(outcomes(inside, { Mappings, Parameters, Conditions })).toEqual(['else when Mode is plain']);
  });

  it('does not know what a macro may add', async () => {
    await prepareFrontEnd('packaging');
    const open = { Mappings: { M: { 'Fn::Transform': { Name: 'AWS::Include' } } } };
    expect(outcomes(find('gone', { DefaultValue: 'none' }), open)).toEqual(['${?}']);
  });
});

describe('Fn::If', () => {
  it('gives each branch in its scenarios', () => {
    expect(outcomes({ 'Fn::If': ['A', 'x', NO_VALUE] }, either)).toEqual([
      'absent when Mode is b',
      'x when Mode is a',
    ]);
  });

  it('never lets exclusive values meet', () => {
    const joined = {
      'Fn::Join': ['', [{ 'Fn::If': ['A', '1', '2'] }, { 'Fn::If': ['A', 'x', 'y'] }]],
    };
    expect(outcomes(joined, either)).toEqual(['1x when Mode is a', '2y when Mode is b']);
  });
});

describe('Fn::Split and Fn::Join', () => {
  it('give the text again that was split', () => {
    const back = { 'Fn::Join': ['/', { 'Fn::Split': ['/', ref('Stage')] }] };
    expect(outcomes(back, stage)).toEqual(['${Stage}']);
  });

  it('give another text with another delimiter', () => {
    expect(outcomes({ 'Fn::Join': ['-', { 'Fn::Split': ['/', 'a/b'] }] })).toEqual(['a-b']);
  });

  it('keep what stands before something open', () => {
    const first = (index: number) => ({
      'Fn::Select': [index, { 'Fn::Split': ['/', sub('a/b/<Topic.TopicName>')] }],
    });
    const Resources = { Topic: { Type: 'AWS::SNS::Topic' } };
    expect(outcomes(first(1), { Resources })).toEqual(['b']);
    expect(outcomes(first(2), { Resources })[0]).toMatch(/^unknown/);
  });

  it('leave out items that are absent', () => {
    expect(outcomes({ 'Fn::Join': [',', ['a', NO_VALUE, 'b']] })).toEqual(['a,b']);
  });
});

describe('Fn::Select', () => {
  it('tries every item for a parameter as the index', () => {
    expect(outcomes({ 'Fn::Select': [ref('Stage'), ['x', 'y']] }, stage)).toEqual([
      'x when Stage is 0',
      'y when Stage is 1',
    ]);
  });

  it('is a part of a list parameter that has no value', () => {
    const list = { Parameters: { Names: { Type: 'CommaDelimitedList' } } };
    expect(outcomes({ 'Fn::Select': [0, ref('Names')] }, list)).toEqual(['${Names}']);
  });

  it('is open past the end', () => {
    expect(outcomes({ 'Fn::Select': [2, ['x', 'y']] })).toEqual(['${?}']);
  });
});

describe('pseudo parameters', () => {
  it('go with the region', () => {
    const partition = { 'Fn::If': ['China', ref('AWS::Partition'), 'elsewhere'] };
    const Conditions = { China: { 'Fn::Equals': [ref('AWS::Region'), 'cn-north-1'] } };
    expect(outcomes(partition, { Conditions })).toEqual([
      'aws-cn when AWS::Region is cn-north-1',
      'elsewhere when AWS::Region is not cn-north-1',
    ]);
  });

  it('are never what they cannot look like', () => {
    const Conditions = { Odd: { 'Fn::Equals': [ref('AWS::AccountId'), 'production'] } };
    expect(outcomes({ 'Fn::If': ['Odd', 'x', 'y'] }, { Conditions })).toEqual(['y']);
  });
});

describe('a macro as a value', () => {
  it('is unknown, and a map with a macro in it is a map', () => {
    expect(outcomes({ 'Fn::Transform': { Name: 'Upper' } })).toEqual([
      'unknown: the macro Upper gives it when it is deployed',
    ]);
    expect(outcomes({ 'Fn::Transform': { Name: 'Upper' }, Key: 'x' })).toEqual(['map']);
  });
});
