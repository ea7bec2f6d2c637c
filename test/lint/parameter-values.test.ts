import { describe, expect, it } from 'vitest';
import { ParameterValues } from '../../src/lint/parameter-values.js';
import { readTemplate, type Template } from '../../src/template/template.js';

const template = readTemplate('gateway.yaml', {
  Parameters: {
    Mode: { Type: 'String', AllowedValues: ['obo', 'm2m'] },
    Tenants: { Type: 'CommaDelimitedList', AllowedValues: ['red', 'blue'] },
    Stage: { Type: 'String', AllowedPattern: '^(dev|prod)$' },
    Domain: { Type: 'String', MinLength: 1 },
    Pin: { Type: 'String', AllowedValues: ['hidden-a'], NoEcho: true },
    ClientSecret: { Type: 'String', AllowedValues: ['hidden-b'] },
  },
  Resources: {},
});

function notes(values: Record<string, string>, context: readonly Template[] = []): string[] {
  return new ParameterValues([{ template: undefined, values, origin: 'values.json' }], '/').notes(
    () => [template],
    () => [template, ...context],
  );
}

describe('what is told of parameter values that the user gives', () => {
  it('is nothing for values that fit', () => {
    expect(notes({ Mode: 'obo', Tenants: 'blue, red', Stage: 'prod', Domain: 'a' })).toEqual([]);
  });

  it('is nothing for a parameter that only a template of the context has', () => {
    const context = readTemplate('identity.yaml', { Parameters: { Vendor: { Type: 'String' } } });
    expect(notes({ Vendor: 'CustomOauth2' }, [context])).toEqual([]);
  });

  it('is a parameter that no template has', () => {
    expect(notes({ Colour: 'red' })).toEqual(['values.json: no template has a parameter Colour']);
  });

  it('is the name that was meant', () => {
    expect(notes({ Mod: 'obo' })).toEqual([
      'values.json: no template has a parameter Mod; did you mean Mode?',
    ]);
  });

  it.each([
    ['Mode', 'both', 'is not one that it allows (obo, m2m)'],
    ['Tenants', 'red,green', 'is not one that it allows (red, blue)'],
    ['Pin', 'both', 'is not one that it allows'],
    ['ClientSecret', 'both', 'is not one that it allows'],
    ['Stage', 'test', 'does not fit its AllowedPattern (^(dev|prod)$) or length'],
    ['Domain', '', 'is not of the length that it allows'],
  ])('is a value of %s that CloudFormation refuses, and not the value itself', (name, value, told) => {
    expect(notes({ [name]: value })).toEqual([`values.json: the value of ${name} ${told}`]);
  });
});

describe('the values for a template', () => {
  const given = (
    values: Record<string, string>,
    origin: string,
    more: { template?: string; precedence?: number; places?: Record<string, string> } = {},
  ) => ({ template: undefined, values, origin, ...more });
  const valuesFor = (file: string, ...assignments: ReturnType<typeof given>[]) =>
    Object.fromEntries(new ParameterValues(assignments, '/').of(file, false));

  it('may be given twice alike', () => {
    expect(valuesFor('a.yaml', given({ Mode: 'obo' }, 'x'), given({ Mode: 'obo' }, 'y'))).toEqual({
      Mode: 'obo',
    });
  });

  it.each([
    ['for all templates', {}],
    ['for one template', { template: 'a.yaml' }],
    ['for one template by its path and by a glob', { template: '*.yaml' }],
  ])('may not be given twice differently %s, and the error names both places and no value', (_for, more) => {
    const first = given({ Mode: 'hunter2' }, 'x.json', { ...more, places: { Mode: 'x.json:3:4' } });
    const second = given(
      { Mode: 'other' },
      '--parameters Mode',
      'template' in more ? { template: 'a.yaml' } : {},
    );
    const call = () => valuesFor('a.yaml', first, second);
    expect(call).toThrow(
      'the parameter Mode is given two different values for the same template: at x.json:3:4 and at --parameters Mode',
    );
    expect(call).not.toThrow('hunter2');
  });

  it('may be given differently for different templates', () => {
    const assignments = [
      given({ Mode: 'a' }, 'x', { template: 'a.yaml' }),
      given({ Mode: 'b' }, 'y', { template: 'b.yaml' }),
    ];
    expect(valuesFor('a.yaml', ...assignments)).toEqual({ Mode: 'a' });
    expect(valuesFor('b.yaml', ...assignments)).toEqual({ Mode: 'b' });
  });

  it('for one template count before those for all', () => {
    const assignments = [given({ Mode: 'one' }, 'x', { template: 'a.yaml' }), given({ Mode: 'all' }, 'y')];
    expect(valuesFor('a.yaml', ...assignments)).toEqual({ Mode: 'one' });
    expect(valuesFor('a.yaml', ...assignments.reverse())).toEqual({ Mode: 'one' });
  });

  it('for one template may not differ from those for all where that is strict', () => {
    const assignments = [
      { ...given({ Mode: 'one' }, 'x', { template: 'a.yaml' }), strict: true },
      { ...given({ Mode: 'all' }, 'y'), strict: true },
    ];
    expect(() => valuesFor('a.yaml', ...assignments)).toThrow('at x and at y');
    expect(valuesFor('b.yaml', ...assignments)).toEqual({ Mode: 'all' });
  });

  it('of higher precedence count before all others', () => {
    const assignments = [
      given({ Mode: 'strong' }, 'x', { precedence: 1 }),
      given({ Mode: 'weak' }, 'y', { template: 'a.yaml' }),
    ];
    expect(valuesFor('a.yaml', ...assignments)).toEqual({ Mode: 'strong' });
    expect(valuesFor('a.yaml', ...assignments.reverse())).toEqual({ Mode: 'strong' });
  });
});
