import { describe, expect, it } from 'vitest';
import { MAX_INSTANCES, MAX_NESTED_STACKS } from '../../src/graph/nested-stacks.js';
import { lintTemplates, map, messagesOf, type Resources, resources, target } from './templates.js';

const nested = (file: string, parameters: Readonly<Record<string, unknown>> = {}) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: { TemplateURL: `./${file}`, Parameters: parameters },
});

/** The target behind another gateway. */
const behind = (GatewayIdentifier: unknown, { Type, Properties }: Resources): Resources => ({
  Type,
  Properties: { ...(Properties as Resources), GatewayIdentifier },
});

describe('stacks in stacks', () => {
  /** A chain of so many stacks around one with a target whose provider the outermost one passes. */
  const chain = (depth: number) => ({
    'top.json': {
      Resources: {
        ...resources({ Target: undefined }),
        Next: nested('n1.json', {
          Arn: { 'Fn::GetAtt': ['Provider', 'CredentialProviderArn'] },
          Gate: { Ref: 'Gateway' },
        }),
      },
    },
    ...map(depth, (index) => [
      `n${index + 1}.json`,
      {
        Parameters: { Arn: { Type: 'String' }, Gate: { Type: 'String' } },
        Resources:
          index === depth - 1
            ? { Target: behind({ Ref: 'Gate' }, target({ ProviderArn: { Ref: 'Arn' } })) }
            : { Next: nested(`n${index + 2}.json`, { Arn: { Ref: 'Arn' }, Gate: { Ref: 'Gate' } }) },
      },
    ]),
  });

  it('are followed to the limit', async () => {
    const { report } = await lintTemplates(chain(MAX_NESTED_STACKS));
    expect(report.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
  });

  it('past it leave the target unverified', async () => {
    const result = await lintTemplates(chain(MAX_NESTED_STACKS + 1));
    expect(messagesOf(result, 'provider-unresolved')).toHaveLength(1);
    expect(result.report.summary.tokenExchange).toEqual({ verified: 0, failed: 0, unverified: 1 });
  });

  it('past it are named where an output is asked for', async () => {
    const depth = MAX_NESTED_STACKS + 1;
    const templates = Object.fromEntries(
      Array.from({ length: depth + 1 }, (_, index) => [
        `n${index}.json`,
        {
          Resources: {
            ...(index === 0 &&
              resources({ Target: target({ ProviderArn: { 'Fn::GetAtt': ['Next', 'Outputs.Arn'] } }) })),
            ...(index < depth && { Next: nested(`n${index + 1}.json`) }),
          },
          Outputs: { Arn: { Value: index === depth ? 'arn' : { 'Fn::GetAtt': ['Next', 'Outputs.Arn'] } } },
        },
      ]),
    );
    const result = await lintTemplates(templates);
    expect(messagesOf(result, 'provider-unresolved')).toEqual([
      expect.stringContaining(`it lies more than ${MAX_NESTED_STACKS} stacks deep`),
    ]);
  });

  it('in a chain of thousands need no deep stack', async () => {
    const { internalErrors, report } = await lintTemplates(chain(3_000));
    expect(internalErrors).toEqual([]);
    expect(report.summary.tokenExchange.unverified).toBe(1);
  });
});

describe('the deployments of a template', () => {
  const deployed = (count: number) => ({
    'top.json': { Resources: map(count, (index) => [`N${index}`, nested('inner.json')]) },
    'inner.json': { Resources: resources() },
  });

  it('are looked at to the limit', async () => {
    const { report } = await lintTemplates(deployed(MAX_INSTANCES));
    expect(report.diagnostics).toEqual([]);
    expect(report.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
  });

  it('past it leave the target unverified, and say so', async () => {
    const result = await lintTemplates(deployed(MAX_INSTANCES + 1));
    expect(messagesOf(result, 'provider-unresolved')).toEqual([
      `Target cannot be verified: its template is deployed more than ${MAX_INSTANCES} times, and the others were not looked at.`,
    ]);
    expect(result.report.summary.tokenExchange).toEqual({ verified: 0, failed: 0, unverified: 1 });
  });

  it('that multiply from stack to stack end soon', async () => {
    const result = await lintTemplates(
      map(16, (index) => [
        `n${index}.json`,
        {
          Resources:
            index === 15 ? resources() : map(3, (copy) => [`N${copy}`, nested(`n${index + 1}.json`)]),
        },
      ]),
    );
    expect(messagesOf(result, 'provider-unresolved')).toHaveLength(1);
  });

  it('that their loops ask for end soon', async () => {
    // Each deployment goes over what three deployments of the same template put out, which go over what three do.
    const result = await lintTemplates({
      'a.json': {
        Transform: 'AWS::LanguageExtensions',
        Resources: {
          ...resources(),
          ...map(3, (copy) => [`N${copy}`, nested('a.json')]),
          ...map(3, (copy) => [
            `Fn::ForEach::L${copy}`,
            [
              'Item',
              { 'Fn::Split': [',', { 'Fn::GetAtt': [`N${copy}`, 'Outputs.List'] }] },
              { [`T${copy}\${Item}`]: target({ GrantType: 'AUTHORIZATION_CODE' }) },
            ],
          ]),
        },
        Outputs: {
          List: {
            Value: {
              'Fn::Join': [',', [0, 1, 2].map((copy) => ({ 'Fn::GetAtt': [`N${copy}`, 'Outputs.List'] }))],
            },
          },
        },
      },
    });
    expect(result.internalErrors).toEqual([]);
    expect(result.counts.alternatives).toBeLessThan(100_000);
  });
});

describe('stacks in cycles', () => {
  it.each([
    ['one order', ['N0', 'N1']],
    ['the other', ['N1', 'N0']],
  ])('are the same with their resources in %s', async (_, order) => {
    // Nested as N0, the template takes the default and nests b.json; nested as N1, it nests nothing.
    const stacks: Readonly<Record<string, object>> = {
      N0: nested('a.json'),
      N1: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: { Ref: 'Url' }, Parameters: { Url: 'nowhere.json' } },
      },
    };
    const { report, internalErrors } = await lintTemplates({
      'a.json': {
        Parameters: { Url: { Type: 'String', Default: 'b.json', AllowedValues: ['a.json'] } },
        Resources: {
          ...Object.fromEntries(order.map((logicalId) => [logicalId, stacks[logicalId]])),
          ...resources({ Target: target({ GrantType: 'EXCHANGE' }) }),
        },
      },
      'b.json': { Resources: resources({ Outer: { ...nested('a.json'), Condition: 'Undeclared' } }) },
    });
    expect(internalErrors).toEqual([]);
    expect(report.diagnostics.map(({ scenario }) => scenario)).toEqual([null]);
  });

  it.each([
    ['of one', { 'a.json': ['a.json'] }],
    ['of two', { 'a.json': ['b.json'], 'b.json': ['a.json'] }],
    [
      'of three, twice',
      { 'a.json': ['b.json', 'c.json'], 'b.json': ['c.json', 'a.json'], 'c.json': ['a.json', 'b.json'] },
    ],
  ])('are stacks of their own: %s', async (_, nests) => {
    const templates = Object.entries(nests).map(([name, files]) => [
      name,
      { Resources: resources(Object.fromEntries(files.map((file, index) => [`N${index}`, nested(file)]))) },
    ]);
    const { report, internalErrors } = await lintTemplates(Object.fromEntries(templates));
    expect(internalErrors).toEqual([]);
    expect(report.summary.tokenExchange).toEqual({ verified: templates.length, failed: 0, unverified: 0 });
  });
});
