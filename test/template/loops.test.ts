import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../src/template/template.js';

const template = (resources: object, sections: object = {}) => ({
  Transform: 'AWS::LanguageExtensions',
  Resources: resources,
  ...sections,
});
const read = (value: object, items?: readonly { text: string; always: boolean }[]) =>
  readTemplate('t.json', value as never).withLoopsOver(() => (items === undefined ? undefined : { items }));

describe('a loop over a written list', () => {
  it('makes an entry for each item, scalars as texts', () => {
    const value = template({ 'Fn::ForEach::L': ['X', ['a', 1, true], { 'R${X}': { Type: 'T${X}' } }] });
    expect(readTemplate('t.json', value as never).section('Resources')).toEqual({
      Ra: { Type: 'Ta' },
      R1: { Type: 'T1' },
      Rtrue: { Type: 'Ttrue' },
    });
  });

  it('is none without the language extensions', () => {
    const value = { Resources: { 'Fn::ForEach::L': ['X', ['a'], { 'R${X}': {} }] } };
    expect(Object.keys(readTemplate('t.json', value as never).section('Resources'))).toEqual([
      'Fn::ForEach::L',
    ]);
  });

  it('replaces the identifier in a Ref, and what is no letter or digit where it is told to', () => {
    const value = template({
      'Fn::ForEach::L': ['X', ['a-b'], { 'R&{X}': { Type: { Ref: 'X' }, Other: { Ref: 'Y' } } }],
    });
    expect(readTemplate('t.json', value as never).section('Resources')).toEqual({
      Rab: { Type: 'a-b', Other: { Ref: 'Y' } },
    });
  });

  it('leads back to the text', () => {
    const value = template({ 'Fn::ForEach::L': ['X', ['a', 'b'], { 'R${X}': { Type: 'T' } }] });
    expect(readTemplate('t.json', value as never).sourcePath(['Resources', 'Rb', 'Type'])).toEqual([
      'Resources',
      'Fn::ForEach::L',
      2,
      'R${X}',
      'Type',
    ]);
  });
});

describe('a loop over what is known of a deployment only', () => {
  const value = template({
    'Fn::ForEach::L': ['X', { Ref: 'P' }, { 'R${X}': { Type: 'T', Condition: 'Own' } }],
  });

  it('stays as it is written until somebody reads it', () => {
    const plain = readTemplate('t.json', value as never);
    expect(plain.hasOpenLoops).toBe(true);
    expect(plain.openLoops[0]?.reason).toBe('what it goes over is known only when it is deployed');
    expect(read(value).hasOpenLoops).toBe(true);
  });

  it('puts an item that is there in some scenarios under the condition of its resource', () => {
    const always = read(value, [{ text: 'a', always: true }]);
    expect(always.section('Resources')).toEqual({ Ra: { Type: 'T', Condition: 'Own' } });
    const perhaps = read(value, [{ text: 'a', always: false }]);
    const guard = { 'Fn::Contains': [{ Ref: 'P' }, 'a'] };
    expect(perhaps.section('Resources')).toEqual({
      Ra: { Type: 'T', Condition: { 'Fn::And': [{ Condition: 'Own' }, guard] } },
    });
  });

  it('puts it into an Fn::If below, and leads back from there', () => {
    const inner = template({
      R: { Properties: { 'Fn::ForEach::L': ['X', { Ref: 'P' }, { 'K${X}': { Deep: 1 } }] } },
    });
    const made = read(inner, [{ text: 'a', always: false }]);
    expect(made.section('Resources')).toEqual({
      R: {
        Properties: {
          Ka: { 'Fn::If': [{ 'Fn::Contains': [{ Ref: 'P' }, 'a'] }, { Deep: 1 }, { Ref: 'AWS::NoValue' }] },
        },
      },
    });
    expect(made.sourcePath(['Resources', 'R', 'Properties', 'Ka'])).toEqual([
      'Resources',
      'R',
      'Properties',
      'Fn::ForEach::L',
      2,
      'K${X}',
    ]);
    expect(made.sourcePath(['Resources', 'R', 'Properties', 'Ka', 'Fn::If', 1, 'Deep'])).toEqual([
      'Resources',
      'R',
      'Properties',
      'Fn::ForEach::L',
      2,
      'K${X}',
      'Deep',
    ]);
  });

  it('in a loop is there only where both items are', () => {
    const nested = template({
      'Fn::ForEach::O': [
        'Y',
        { Ref: 'Q' },
        { 'Fn::ForEach::L': ['X', [{ Ref: 'P' }, { Ref: 'Y' }], { 'R${X}${Y}': {} }] },
      ],
    });
    const [resource] = Object.values(read(nested, [{ text: 'a', always: false }]).section('Resources'));
    expect(resource).toEqual({
      Condition: {
        'Fn::And': [{ 'Fn::Contains': [{ Ref: 'Q' }, 'a'] }, { 'Fn::Contains': [[{ Ref: 'P' }, 'a'], 'a'] }],
      },
    });
  });
});
