import { describe, expect, it } from 'vitest';
import { keyOfBoolean } from '../../src/template/boolean-names.js';
import { intrinsicCall, splitAttribute, subPieces } from '../../src/template/intrinsics.js';
import { readTemplate } from '../../src/template/template.js';

describe('an intrinsic function', () => {
  it('is a map with one key that names it', () => {
    expect(intrinsicCall({ Ref: 'X' })).toEqual({ name: 'Ref', argument: 'X' });
    expect(intrinsicCall({ 'Fn::Unheard': 1 })?.name).toBe('Fn::Unheard');
    expect(intrinsicCall({ Ref: 'X', More: 1 })).toBeUndefined();
    expect(intrinsicCall({ Condition: 'X' })).toBeUndefined();
    expect(intrinsicCall(['Ref'])).toBeUndefined();
  });
});

it('the short form of Fn::GetAtt ends the logical id at the first dot', () => {
  expect(splitAttribute('A.Outputs.B')).toEqual({ logicalId: 'A', attribute: 'Outputs.B' });
  for (const text of ['A', '.B', 'A.']) expect(splitAttribute(text)).toBeUndefined();
});

it('the text of Fn::Sub is cut at its names', () => {
  expect(subPieces('a${B}c${!D}${ E }')).toEqual([
    { literal: 'a' },
    { name: 'B' },
    { literal: 'c${D}' },
    { name: 'E' },
  ]);
  expect(subPieces('${open')).toEqual([{ literal: '${open' }]);
});

it('a boolean means the one key that is such a word', () => {
  expect(keyOfBoolean({ On: 1, x: 2 }, true)).toBe('On');
  expect(keyOfBoolean({ On: 1, Yes: 2 }, true)).toBeUndefined();
  expect(keyOfBoolean({ On: 1 }, false)).toBeUndefined();
  expect(keyOfBoolean({ On: 1 }, 'On')).toBeUndefined();
});

describe('a template', () => {
  it('declares parameters with what they take', () => {
    const [declared] = readTemplate('t.json', {
      Parameters: {
        P: {
          Type: 'Number',
          Default: 5,
          AllowedValues: [5, '6'],
          MinValue: 1,
          MaxValue: '9.5',
          MinLength: 1.5,
          NoEcho: 'true',
        },
      },
    }).parameters.values();
    expect(declared).toEqual({
      name: 'P',
      type: 'Number',
      default: '5',
      allowedValues: ['5', '6'],
      allowedPattern: undefined,
      minLength: undefined,
      maxLength: undefined,
      minValue: 1,
      maxValue: 9.5,
      noEcho: true,
    });
  });

  it('may be rewritten by a macro, but not by those that leave these types alone', () => {
    const macros = (Transform: unknown) => readTemplate('t.json', { Transform, Resources: {} }).macros;
    expect(macros('AWS::LanguageExtensions')).toEqual({ anything: false, resources: false, outputs: false });
    expect(macros(['AWS::Serverless-2016-10-31'])).toEqual({
      anything: false,
      resources: true,
      outputs: false,
    });
    expect(macros({ Name: 'Mine' })).toEqual({ anything: true, resources: true, outputs: true });
  });
});
