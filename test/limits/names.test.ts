import { describe, expect, it } from 'vitest';
import { MAX_CANDIDATES } from '../../src/graph/name-index.js';
import { extent } from '../samples.js';
import { lintTemplates, map, messagesOf, range, resources, target } from './templates.js';

const ARN = { 'Fn::GetAtt': ['Provider', 'CredentialProviderArn'] };

describe('exports', () => {
  it.each([
    ['so many', MAX_CANDIDATES, { verified: 1, failed: 0, unverified: 0 }],
    ['one more', MAX_CANDIDATES + 1, { verified: 0, failed: 0, unverified: 1 }],
  ])('of one name by %s templates are tried one by one to the limit', async (_, count, expected) => {
    const exporting = {
      Resources: resources({ Target: undefined }),
      Outputs: { Arn: { Value: ARN, Export: { Name: 'same' } } },
    };
    const result = await lintTemplates({
      ...map(count, (index) => [`exporting-${index}.json`, exporting]),
      'target.json': {
        Resources: { ...resources({ Target: target({ ProviderArn: { 'Fn::ImportValue': 'same' } }) }) },
      },
    });
    expect(result.report.summary.tokenExchange).toEqual(expected);
  });

  it('whose names are put together are compared within bounds', async () => {
    const count = 300;
    const name = (variable: string, index: number) => ({
      'Fn::Sub': `x${'y'.repeat(60)}\${${variable}}-${index}-end`,
    });
    const result = await lintTemplates({
      'a.json': {
        Parameters: { E: { Type: 'String' } },
        Resources: resources(),
        Outputs: map(count, (index) => [`O${index}`, { Value: ARN, Export: { Name: name('E', index) } }]),
      },
      'b.json': {
        Parameters: { S: { Type: 'String' } },
        Resources: map(count, (index) => [
          `T${index}`,
          target({ ProviderArn: { 'Fn::ImportValue': name('S', index) } }),
        ]),
      },
    });
    expect(result.internalErrors).toEqual([]);
    expect(result.counts.alternatives).toBeLessThan(2_000_000);
  });

  it('with a name past a limit leave those with others alone', async () => {
    const result = await lintTemplates({
      'a.json': {
        Parameters: map(40, (index) => [`P${index}`, { Type: 'String', AllowedValues: ['a', 'b'] }]),
        Resources: resources({ Target: target({ ProviderArn: { 'Fn::ImportValue': 'good' } }) }),
        Outputs: {
          Bad: {
            Value: 'x',
            Export: { Name: { 'Fn::Join': ['', range(40, (index) => ({ Ref: `P${index}` }))] } },
          },
          Good: { Value: ARN, Export: { Name: 'good' } },
        },
      },
    });
    expect(result.report.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
  });

  it.each([[['Self', 'Good']], [['Good', 'Self']]])(
    'with a name that is imported are found in any order: %j',
    async (order) => {
      const outputs: Readonly<Record<string, unknown>> = {
        Self: { Value: 'x', Export: { Name: { 'Fn::ImportValue': 'good' } } },
        Good: { Value: ARN, Export: { Name: 'good' } },
      };
      const result = await lintTemplates({
        'a.json': {
          Resources: resources({ Target: target({ ProviderArn: { 'Fn::ImportValue': 'good' } }) }),
          Outputs: Object.fromEntries(order.map((name) => [name, outputs[name]])),
        },
      });
      expect(result.report.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
    },
  );
});

describe('many things of one name', () => {
  it('are no one of them', async () => {
    const arn =
      'arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/oauth2credentialprovider/provider';
    const { Provider } = resources();
    const count = extent({ few: 300, many: 1_000 });
    const result = await lintTemplates({
      'a.json': {
        Resources: resources({
          ...map(count, (index) => [`P${index}`, Provider]),
          ...map(count, (index) => [`T${index}`, target({ ProviderArn: arn })]),
        }),
      },
    });
    expect(messagesOf(result, 'provider-unresolved')).toHaveLength(count);
  });
});

describe('a template URL', () => {
  it('that depends on what it leads to is not followed', async () => {
    const url = (reference: unknown) => ({
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: reference },
    });
    const result = await lintTemplates({
      'a.json': {
        Resources: resources({
          Output: url({ 'Fn::GetStackOutput': { StackName: 'x', OutputName: 'O' } }),
          Import: url({ 'Fn::ImportValue': 'x' }),
          Ssm: url('{{resolve:ssm:x}}'),
          Own: url({ 'Fn::GetAtt': ['Own', 'Outputs.O'] }),
        }),
        Outputs: { O: { Value: { 'Fn::ImportValue': 'x' }, Export: { Name: 'x' } } },
      },
    });
    expect(result.internalErrors).toEqual([]);
    expect(result.report.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
  });
});
