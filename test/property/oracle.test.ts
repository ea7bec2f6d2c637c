import { describe, expect, it } from 'vitest';
import type { Plain, PlainMap } from '../oracle/values.js';
import { PROVIDER, TARGET, truthOf } from '../oracle/verdicts.js';

/*
 * What the oracle itself was wrong about, one by one: the laws compare the linter with it, so that a fault of it would
 * pass for one of the linter.
 */

const custom = { CustomOauth2ProviderConfig: { ClientId: 'app' } };
const provider = (vendor: Plain): PlainMap => ({
  Type: PROVIDER,
  Properties: { Name: 'idp', CredentialProviderVendor: vendor, Oauth2ProviderConfigInput: custom },
});
const target = (arn: Plain): PlainMap => ({
  Type: TARGET,
  Properties: {
    CredentialProviderConfigurations: [
      { CredentialProvider: { OauthCredentialProvider: { ProviderArn: arn, GrantType: 'TOKEN_EXCHANGE' } } },
    ],
  },
});

describe('the values that the oracle tries for a parameter', () => {
  const Mode = { Type: 'String' };
  const vendor = { 'Fn::If': ['Own', 'CustomOauth2', 'SalesforceOauth2'] };
  const faulty = (text: Plain, literal: string): boolean => {
    const Conditions = { Own: { 'Fn::Equals': [text, literal] } };
    const template = { Parameters: { Mode }, Conditions, Resources: { Idp: provider(vendor) } };
    const { faults, ways } = truthOf([{ name: 'a.json', template }]);
    const [fault] = faults;
    return fault !== undefined && fault.holds.size === ways;
  };

  it('are those that a text with it is compared with', () => {
    expect(faulty({ Ref: 'Mode' }, 'obo')).toBe(false);
    expect(faulty({ 'Fn::Sub': 'x-${Mode}.y' }, 'x-obo.y')).toBe(false);
    expect(faulty({ 'Fn::Sub': 'x-${Mode}.y' }, 'x-obo,y')).toBe(true);
  });

  it('are those in the JSON that it is compared with as JSON', () => {
    expect(faulty({ 'Fn::ToJsonString': { mode: { Ref: 'Mode' } } }, '{"mode":"obo"}')).toBe(false);
    expect(faulty({ 'Fn::ToJsonString': { mode: { Ref: 'Mode' } } }, '{"grant":"obo"}')).toBe(true);
  });
});

describe('an export that no deployment makes', () => {
  const isOpen = (name: Plain, Condition: string): boolean => {
    const Outputs = { Arn: { Value: { Ref: 'Idp' }, Export: { Name: name } } };
    const nested = { Resources: { Idp: provider('CustomOauth2') }, Outputs };
    const outer = {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] }, Always: { 'Fn::Equals': ['a', 'a'] } },
      Resources: {
        Nested: { Type: 'AWS::CloudFormation::Stack', Condition, Properties: { TemplateURL: 'nested.json' } },
      },
    };
    const asking = { Resources: { Target: target({ 'Fn::ImportValue': 'idp-arn' }) } };
    const { undecided } = truthOf([
      { name: 'outer.json', template: outer },
      { name: 'nested.json', template: nested },
      { name: 'asking.json', template: asking },
    ]);
    return undecided.has('asking.json Target');
  };

  it('leaves open what imports it, be its name put together', () => {
    expect(isOpen('idp-arn', 'Never')).toBe(true);
    expect(isOpen({ 'Fn::Join': ['-', ['idp', 'arn']] }, 'Never')).toBe(true);
  });

  it('is not one of another name, and not one that is made', () => {
    expect(isOpen({ 'Fn::Join': ['_', ['idp', 'arn']] }, 'Never')).toBe(false);
    expect(isOpen('idp-arn', 'Always')).toBe(false);
  });
});
