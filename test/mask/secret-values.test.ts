import { describe, expect, it } from 'vitest';
import { SecretValues } from '../../src/mask/secret-values.js';

/** The text that a run of templates hides to the end, in both orders of the keys of every map. */
function hidden(text: string, templates: readonly object[]): readonly string[] {
  return [templates, templates.map(reversed)].map((all) => {
    const values = new SecretValues();
    for (const template of all) values.prepare(template);
    for (const template of all) values.addTemplate(template);
    return values.hide(text, () => '****');
  });
}

function reversed<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(reversed) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const entries: [string, unknown][] = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, entry]) => [key, reversed(entry)])) as Value;
}

/** What is passed to `Pass`, which the nested template keeps secret. */
const passes = (value: unknown) => ({
  Child: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Pass: value } } },
});
const child = { Parameters: { Pass: { Type: 'String', NoEcho: true }, Both: { NoEcho: true } } };

describe('secrets by where they flow, whatever the order of keys', () => {
  it('hides the default of a parameter that is passed on, and of which another template has a secret namesake', () => {
    const parent = {
      Parameters: { Both: { Type: 'String', Default: 'harmless-word' } },
      Resources: passes({ Ref: 'Both' }),
    };
    expect(hidden('it is harmless-word', [parent, child])).toEqual(['it is ****', 'it is ****']);
  });

  describe('past the limit of what is followed in mappings', () => {
    const rows = Object.fromEntries(Array.from({ length: 450 }, (_, row) => [`r${row}`, { k: `v-${row}` }]));
    const any = { Ref: 'AWS::Region' };
    const wide = { 'Fn::FindInMap': ['Wide', any, any] };
    const parent = (value: unknown) => ({
      Mappings: { Wide: rows, Narrow: { row: { key: 'narrow-word' }, other: { key: 'other-word' } } },
      Resources: {
        ...passes({ 'Fn::Join': ['', Array.from({ length: 300 }, () => structuredClone(wide))] }),
        Other: { Properties: { Parameters: { Pass: value } } },
        ClientSecret: structuredClone(wide),
      },
    });

    it.each([
      ['an entry', ['Narrow', 'row', 'key'], 'narrow-word'],
      ['an entry that none refers to', ['Narrow', 'row', 'key'], 'other-word'],
      ['a default', ['Narrow', 'none', 'key', { DefaultValue: 'default-word' }], 'default-word'],
      ['a short entry, which only what is certain hides', ['Narrow', 'row', 'key'], 'v-1'],
    ])('hides %s', (_, argument, word) => {
      const found = hidden(`it is ${word}`, [parent({ 'Fn::FindInMap': argument }), child]);
      expect(found).toEqual(['it is ****', 'it is ****']);
    });
  });

  it.each([1, 49, 50, 51, 200])('hides the pieces of a secret where texts are split by %i texts', (count) => {
    const splits = Array.from({ length: count }, (_, index) => ({
      'Fn::Split': [index === 0 ? '--' : `/${index}/`, { Ref: 'Secret' }],
    }));
    const template = {
      Parameters: { Secret: { Type: 'String', NoEcho: true, Default: 'plum--orchards--gate' } },
      Resources: { Any: { Properties: { Texts: splits } } },
    };
    for (const text of hidden('the orchards are far', [template])) expect(text).not.toContain('orchards');
    expect(hidden('it is blue', [template])).toEqual(['it is blue', 'it is blue']);
  });
});
