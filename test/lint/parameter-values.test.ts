import { describe, expect, it } from 'vitest';
import { ParameterValues } from '../../src/lint/parameter-values.js';
import { readTemplate, type Template } from '../../src/template/template.js';

const template = readTemplate('gateway.yaml', {
  Parameters: {
    Mode: { Type: 'String', AllowedValues: ['obo', 'm2m'] },
    Tenants: { Type: 'CommaDelimitedList', AllowedValues: ['red', 'blue'] },
    Stage: { Type: 'String', AllowedPattern: '^(dev|prod)$' },
    Domain: { Type: 'String', MinLength: 1 },
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
    ['Stage', 'test', 'does not fit its AllowedPattern (^(dev|prod)$) or length'],
    ['Domain', '', 'is not of the length that it allows'],
  ])('is a value of %s that CloudFormation refuses, and not the value itself', (name, value, told) => {
    expect(notes({ [name]: value })).toEqual([`values.json: the value of ${name} ${told}`]);
  });
});
