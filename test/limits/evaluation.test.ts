import { describe, expect, it } from 'vitest';
import {
  MAX_ALLOWED_VALUES,
  MAX_ALTERNATIVES,
  MAX_CONDITION_NESTING,
  MAX_DEPTH,
  MAX_LIST_ITEMS,
  MAX_TEXT_LENGTH,
} from '../../src/evaluate/limits.js';
import type { RunResult } from '../../src/lint/run.js';
import { extent } from '../samples.js';
import { gateway, lintTemplates, map, messagesOf, range, resources, target } from './templates.js';

/** What a run of hostile templates may go through in all, with much room. */
const BOUNDED = 60_000;

const ALL_VERIFIED = { verified: 1, failed: 0, unverified: 0 };
const NONE_VERIFIED = { verified: 0, failed: 0, unverified: 1 };

function unresolved(result: RunResult): string[] {
  expect(result.internalErrors).toEqual([]);
  return messagesOf(result, 'provider-unresolved');
}

const parameters = (count: number, values: readonly string[]) =>
  map(count, (index) => [`P${index}`, { Type: 'String', AllowedValues: values }] as const);
const isValue = (index: number, value: string) => ({ 'Fn::Equals': [{ Ref: `P${index}` }, value] });

describe('the alternatives of a question', () => {
  /** A grant that is the exchange in one of so many combinations of two values. */
  const combined = (count: number) => ({
    Parameters: parameters(count, ['a', 'b']),
    Conditions: {
      ...map(count, (index) => [`C${index}`, isValue(index, 'a')] as const),
      All: {
        'Fn::Equals': [
          { 'Fn::Join': ['', range(count, (index) => ({ 'Fn::If': [`C${index}`, 'x', 'y'] }))] },
          'x'.repeat(count),
        ],
      },
    },
    Resources: resources({
      Target: target({ GrantType: { 'Fn::If': ['All', 'TOKEN_EXCHANGE', 'CLIENT_CREDENTIALS'] } }),
    }),
  });

  it('below the limit are decided', async () => {
    const result = await lintTemplates({ 'a.json': combined(8) });
    expect(unresolved(result)).toEqual([]);
    expect(result.report.summary.tokenExchange.verified).toBe(1);
  });

  it('past it leave the target unverified, and say so', async () => {
    const result = await lintTemplates({ 'a.json': combined(14) });
    expect(unresolved(result)).toEqual([
      'Target cannot be verified: its conditions and parameters make more combinations of values than are tried (at most 20,000).',
    ]);
    expect(MAX_ALTERNATIVES).toBe(20_000);
    expect(result.report.summary.tokenExchange).toEqual(NONE_VERIFIED);
    expect(result.counts.alternatives).toBeLessThan(BOUNDED);
  });

  it('of forty independent conditions end soon', async () => {
    const grants = range(40, (index) => ({ 'Fn::If': [`C${index}`, 'x', 'y'] }));
    const result = await lintTemplates({
      'a.json': {
        Parameters: parameters(40, ['a', 'b']),
        Conditions: map(40, (index) => [`C${index}`, isValue(index, 'a')] as const),
        Resources: resources({ Target: target({ GrantType: { 'Fn::Join': ['', grants] } }) }),
      },
    });
    expect(unresolved(result)).toHaveLength(1);
    expect(result.counts.alternatives).toBeLessThan(BOUNDED);
  });

  it('of an And of ten Ors over three parameters each end soon', async () => {
    const ors = range(10, (or) => ({ 'Fn::Or': range(3, (index) => isValue(3 * or + index, 'a')) }));
    const result = await lintTemplates({
      'a.json': {
        Parameters: parameters(30, ['a', 'b', 'c']),
        Conditions: { All: { 'Fn::And': ors } },
        Resources: resources({ Target: { ...target(), Condition: 'All' } }),
      },
    });
    expect(unresolved(result)).toHaveLength(1);
    expect(result.report.summary.tokenExchange).toEqual(NONE_VERIFIED);
    expect(result.counts.alternatives).toBeLessThan(BOUNDED);
  });

  it('of a role with twelve statements over a parameter each are decided', async () => {
    const statements = range(12, (index) => ({
      Effect: 'Allow',
      Action: { Ref: `P${index}` },
      Resource: '*',
    }));
    const result = await lintTemplates({
      'a.json': {
        Parameters: parameters(12, ['s3:GetObject', 's3:PutObject', '*']),
        Resources: resources({
          Gateway: gateway({ RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
          Role: {
            Type: 'AWS::IAM::Role',
            Properties: { Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }] },
          },
        }),
      },
    });
    expect(messagesOf(result, 'gateway-role-cannot-exchange')).toHaveLength(1);
    expect(unresolved(result)).toEqual([]);
    expect(result.report.summary.tokenExchange).toEqual({ verified: 0, failed: 1, unverified: 0 });
    expect(result.counts.alternatives).toBeLessThan(BOUNDED);
  });

  it('of many large targets are fewer for each', async () => {
    const grants = range(40, (index) => ({ 'Fn::If': [`C${index}`, 'x', 'y'] }));
    const large = target({ GrantType: { 'Fn::Join': ['', grants] } });
    const count = extent({ few: 50, many: 200 });
    const result = await lintTemplates({
      'a.json': {
        Parameters: parameters(40, ['a', 'b']),
        Conditions: map(40, (index) => [`C${index}`, isValue(index, 'a')] as const),
        Resources: resources(map(count, (index) => [`T${index}`, large] as const)),
      },
    });
    expect(unresolved(result).filter((message) => message.startsWith('T'))).toHaveLength(count);
    expect(result.report.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: count });
    expect(result.counts.alternatives).toBeLessThan(20 * BOUNDED);
  });
});

describe('the steps of a reference', () => {
  /** An ARN behind so many functions. */
  const wrapped = (steps: number) => {
    let value: unknown = 'TOKEN_EXCHANGE';
    for (let step = 0; step < steps; step++) value = { 'Fn::Select': [0, [value]] };
    return { Resources: resources({ Target: target({ GrantType: value }) }) };
  };

  it('are followed to the limit', async () => {
    const { report } = await lintTemplates({ 'a.json': wrapped(60) });
    expect(report.summary.tokenExchange).toEqual(ALL_VERIFIED);
  });

  /** SSM parameters of which each holds a reference to the next; the last one is the provider's ARN. */
  const chain = (steps: number) => ({
    Resources: resources({
      ...map(steps, (index) => [
        `S${index}`,
        {
          Type: 'AWS::SSM::Parameter',
          Properties: {
            Name: `/s${index}`,
            Value:
              index === steps - 1
                ? { 'Fn::GetAtt': ['Provider', 'CredentialProviderArn'] }
                : `{{resolve:ssm:/s${index + 1}}}`,
          },
        },
      ]),
      Target: target({ ProviderArn: '{{resolve:ssm:/s0}}' }),
    }),
  });

  it('are counted through other resources', async () => {
    const result = await lintTemplates({ 'a.json': chain(MAX_DEPTH - 1) });
    expect(unresolved(result)).toEqual([]);
    expect(result.report.summary.tokenExchange).toEqual(ALL_VERIFIED);
  });

  it('past the limit leave the target unverified, and say so', async () => {
    const result = await lintTemplates({ 'a.json': chain(MAX_DEPTH + 1) });
    expect(unresolved(result)).toEqual([
      `Whether the provider of Target exchanges tokens cannot be verified: the reference is more than ${MAX_DEPTH} steps long.`,
    ]);
    expect(result.report.summary.tokenExchange).toEqual(NONE_VERIFIED);
  });
});

describe('the steps between conditions', () => {
  const chain = (steps: number) => ({
    Parameters: { P: { Type: 'String', AllowedValues: ['a', 'b'] } },
    Conditions: map(steps, (index) => [
      `C${index}`,
      index === steps - 1
        ? { 'Fn::Equals': [{ Ref: 'P' }, 'a'] }
        : { 'Fn::Not': [{ Condition: `C${index + 1}` }] },
    ]),
    Resources: resources({ Target: { ...target(), Condition: 'C0' } }),
  });

  it('are followed to the limit', async () => {
    const result = await lintTemplates({ 'a.json': chain(MAX_DEPTH) });
    expect(unresolved(result)).toEqual([]);
  });

  it.each([MAX_DEPTH + 1, 20_000])('past the limit leave the target unverified: %d', async (steps) => {
    const result = await lintTemplates({ 'a.json': chain(steps) });
    expect(unresolved(result)).toEqual([
      `Target cannot be verified: its conditions refer to each other over more than ${MAX_DEPTH} steps.`,
    ]);
    expect(result.report.summary.tokenExchange).toEqual(NONE_VERIFIED);
  });
});

describe('the nesting of conditions', () => {
  /** So many conditions in a chain, each of so many operators. */
  const nested = (steps: number, operators: number) => ({
    Parameters: { P: { Type: 'String', AllowedValues: ['a', 'b'] } },
    Conditions: map(steps, (index) => {
      let condition: unknown =
        index === steps - 1 ? { 'Fn::Equals': [{ Ref: 'P' }, 'a'] } : { Condition: `C${index + 1}` };
      for (let operator = 0; operator < operators; operator++) condition = { 'Fn::Not': [condition] };
      return [`C${index}`, condition] as const;
    }),
    Resources: resources({ Target: { ...target(), Condition: 'C0' } }),
  });

  it('is followed to the limit, without a deep stack', async () => {
    const result = await lintTemplates({ 'a.json': nested(4, 110) });
    expect(unresolved(result)).toEqual([]);
  });

  it('past the limit leaves the target unverified, and says so', async () => {
    const result = await lintTemplates({ 'a.json': nested(90, 110) });
    expect(unresolved(result)).toEqual([
      `Target cannot be verified: its conditions stand in each other over more than ${MAX_CONDITION_NESTING} levels.`,
    ]);
  });
});

describe('the length of a text', () => {
  const joined = (length: number) => ({
    Mappings: { M: { a: { text: 'x'.repeat(1_000) } } },
    Resources: resources({
      Target: target({
        GrantType: {
          'Fn::Join': ['', range(length / 1_000, () => ({ 'Fn::FindInMap': ['M', 'a', 'text'] }))],
        },
      }),
    }),
  });

  it('is kept to the limit', async () => {
    const result = await lintTemplates({ 'a.json': joined(MAX_TEXT_LENGTH) });
    expect(unresolved(result)).toEqual([]);
    const [message = ''] = messagesOf(result, 'invalid-grant-type');
    // What is quoted of it is shorter.
    expect(message).toContain('xxx…');
    expect(message.length).toBeLessThan(1_000);
  });

  it('past the limit leaves the target unverified, and says so', async () => {
    const result = await lintTemplates({ 'a.json': joined(MAX_TEXT_LENGTH + 1_000) });
    expect(unresolved(result)).toEqual([
      'Target cannot be verified: its functions put together a text of more than 1,000,000 characters.',
    ]);
  });

  it('does not explode', async () => {
    const text = '${X}'.repeat(15_000);
    const result = await lintTemplates({
      'a.json': {
        Resources: resources({
          Target: target({ GrantType: { 'Fn::Sub': [text, { X: 'x'.repeat(100_000) }] } }),
        }),
      },
    });
    expect(unresolved(result)).toHaveLength(1);
  });
});

describe('the allowed values of a parameter', () => {
  const allowing = (count: number) => ({
    Parameters: {
      P: { Type: 'String', AllowedValues: ['TOKEN_EXCHANGE', ...range(count - 1, (index) => `v${index}`)] },
    },
    Resources: resources({ Target: target({ GrantType: { Ref: 'P' } }) }),
  });

  it('are tried to the limit', async () => {
    const result = await lintTemplates({ 'a.json': allowing(MAX_ALLOWED_VALUES) });
    expect(messagesOf(result, 'invalid-grant-type')).toHaveLength(MAX_ALLOWED_VALUES - 1);
    expect(unresolved(result)).toEqual([]);
  });

  it('past the limit leave the target unverified, and say so', async () => {
    const result = await lintTemplates({ 'a.json': allowing(MAX_ALLOWED_VALUES + 1) });
    expect(unresolved(result)).toEqual([
      'Target cannot be verified: the parameter P allows more than 1,000 values.',
    ]);
    expect(result.report.summary.tokenExchange).toEqual(NONE_VERIFIED);
  });
});

describe('the entries that a parameter chooses among', () => {
  const mapped = (count: number) => ({
    Parameters: { P: { Type: 'String' } },
    Mappings: { Map: map(count, (index) => [`k${index}`, { grant: 'TOKEN_EXCHANGE' }] as const) },
    Resources: resources({
      Target: target({ GrantType: { 'Fn::FindInMap': ['Map', { Ref: 'P' }, 'grant'] } }),
    }),
  });

  it('are tried to the limit', async () => {
    const result = await lintTemplates({ 'a.json': mapped(MAX_ALLOWED_VALUES) });
    expect(unresolved(result)).toEqual([]);
    expect(result.report.summary.tokenExchange).toEqual(ALL_VERIFIED);
  });

  it('past the limit leave the target unverified, and say so', async () => {
    const result = await lintTemplates({ 'a.json': mapped(MAX_ALLOWED_VALUES + 1) });
    expect(unresolved(result)).toEqual([
      'Target cannot be verified: the parameter P chooses among more than 1,000 entries.',
    ]);
    expect(result.report.summary.tokenExchange).toEqual(NONE_VERIFIED);
  });
});

describe('references in a text', () => {
  it('cost no copy of the text for each', async () => {
    const text = '{{resolve:ssm:/a}}'.repeat(5_000);
    const count = extent({ few: 5, many: 20 });
    const result = await lintTemplates({
      'a.json': {
        Resources: resources(
          map(count, (index) => [`T${index}`, target({ ProviderArn: `${text}${index}` })] as const),
        ),
      },
    });
    expect(result.report.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: count });
  });
});

describe('the items of a list', () => {
  const ARN =
    'arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/oauth2credentialprovider/provider';
  const items = (count: number) => [ARN, ...range(count - 1, (index) => `i${index}`)];
  /** A target that takes its provider out of a list, as a template can spell it. */
  const spellings: Readonly<Record<string, (count: number) => object>> = {
    'in a default': (count) => ({
      Parameters: { List: { Type: 'CommaDelimitedList', Default: items(count).join(',') } },
      Resources: resources({ Target: target({ ProviderArn: { 'Fn::Select': [0, { Ref: 'List' }] } }) }),
    }),
    'of a text that is cut': (count) => ({
      Resources: resources({
        Target: target({
          ProviderArn: { 'Fn::Select': [0, { 'Fn::Split': ['|', items(count).join('|')] }] },
        }),
      }),
    }),
    'written out in a mapping': (count) => ({
      Mappings: { Map: { providers: { arns: items(count) } } },
      Resources: resources({
        Target: target({
          ProviderArn: { 'Fn::Select': [0, { 'Fn::FindInMap': ['Map', 'providers', 'arns'] }] },
        }),
      }),
    }),
  };

  describe.each(Object.entries(spellings))('%s', (_, template) => {
    it('are taken to the limit', async () => {
      const result = await lintTemplates({ 'a.json': template(MAX_LIST_ITEMS) });
      expect(unresolved(result)).toEqual([]);
      expect(result.report.summary.tokenExchange).toEqual(ALL_VERIFIED);
    });

    it('past the limit leave the target unverified, and say so', async () => {
      const result = await lintTemplates({ 'a.json': template(MAX_LIST_ITEMS + 1) });
      expect(unresolved(result)).toEqual([
        'Target cannot be verified: one of its lists has more than 10,000 items.',
      ]);
      expect(result.report.summary.tokenExchange).toEqual(NONE_VERIFIED);
    });
  });
});

describe('patterns of parameters', () => {
  it.each([
    '(x+x+)+y',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    `^${'(a|aa)'.repeat(60)}$`,
    `${'a*'.repeat(40)}b`,
    '^(a+)+$',
    '(?=(a+))\\1*b',
  ])('that would take a backtracking matcher for ever decide nothing: %s', async (pattern) => {
    const result = await lintTemplates({
      'a.json': {
        Parameters: { P: { Type: 'String', AllowedPattern: pattern } },
        Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, `${'a'.repeat(190)}!`] } },
        Resources: resources({
          Target: target({ GrantType: { 'Fn::If': ['C', 'NO_GRANT', 'TOKEN_EXCHANGE'] } }),
        }),
      },
    });
    expect(messagesOf(result, 'invalid-grant-type')).toHaveLength(1);
  });

  it('that are harmless rule out what does not fit', async () => {
    const result = await lintTemplates({
      'a.json': {
        Parameters: { P: { Type: 'String', AllowedPattern: '^(dev|prod)-[a-z0-9]+$' } },
        Conditions: {
          C: { 'Fn::Equals': [{ Ref: 'P' }, 'test-1'] },
          D: { 'Fn::Equals': [{ Ref: 'P' }, 'dev-1'] },
        },
        Resources: resources({
          Target: target({
            GrantType: { 'Fn::If': ['C', 'NO_GRANT', { 'Fn::If': ['D', 'NONE', 'TOKEN_EXCHANGE'] }] },
          }),
        }),
      },
    });
    expect(messagesOf(result, 'invalid-grant-type')).toEqual([expect.stringContaining("'NONE'")]);
  });
});
