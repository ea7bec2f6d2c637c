import { describe, expect, it } from 'vitest';
import { invalidProviderReference } from '../../../rules/invalid-provider-reference.js';
import { providerUnresolved } from '../../../rules/provider-unresolved.js';
import { attribute, findingsOf, gateway, type Json, provider, ref, target } from '../templates.js';

const templateOf = (ProviderArn: Json) => ({
  Modules: { Part: { Source: 'https://example.com/elsewhere.json' } },
  Parameters: { Open: { Type: 'String' }, Names: { Type: 'CommaDelimitedList' } },
  Resources: {
    Provider: provider(),
    Gateway: gateway(),
    Target: target({ ProviderArn }),
    Skill: { Type: 'Alexa::ASK::Skill' },
    Nothing: { Properties: {} },
    Stack: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'elsewhere.json' } },
  },
});

describe('a reference to a provider that nobody can follow', () => {
  it.each<[string, Json, string]>([
    ['a parameter', ref('Open'), 'the parameter Open has no value'],
    ['an item of a list', { 'Fn::Select': [0, ref('Names')] }, 'the parameter Names has no value'],
    [
      'a resource of another vendor',
      attribute('Skill', 'Arn'),
      'Skill is of the type Alexa::ASK::Skill, which tells its value',
    ],
    ['a resource without a type', attribute('Nothing', 'Arn'), 'Nothing is of an unknown type, which tells'],
    [
      'a nested stack',
      attribute('Stack', 'Outputs.Arn'),
      'the template of the nested stack Stack is not in view',
    ],
    ['a module', attribute('Part', 'Arn'), 'the template of the module Part is not in view'],
  ])('says why: %s', async (_, arn, reason) => {
    const [finding, ...others] = await findingsOf(providerUnresolved, templateOf(arn));
    expect(others).toEqual([]);
    expect(finding?.message).toContain(reason);
  });
});

describe('what stands in the place of the ARN of a provider', () => {
  it.each<[Json, string]>([
    [null, 'is null, where'],
    [{ Arn: 'x' }, 'is a map, where'],
    [['x'], 'is a list, where'],
  ])('is said where it is no text: %j', async (arn, words) => {
    const [finding] = await findingsOf(invalidProviderReference, templateOf(arn));
    expect(finding?.message).toContain(words);
  });
});
