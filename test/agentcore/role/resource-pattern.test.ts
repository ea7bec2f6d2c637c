import { describe, expect, it } from 'vitest';
import { mayMatch, OPEN_SEGMENT, surelyMatches } from '../../../src/agentcore/role/resource-pattern.js';
import { concatenate, literal, type Part } from '../../../src/evaluate/value.js';

const unknown: Part = { kind: 'opaque', id: 'x', reason: 'it is a parameter' };
/** The ARN of the provider orders, in an account and region that nobody knows. */
const PROVIDER = {
  arns: [
    concatenate([
      'arn:',
      OPEN_SEGMENT,
      ':bedrock-agentcore:',
      OPEN_SEGMENT,
      ':',
      OPEN_SEGMENT,
      ':token-vault/default/oauth2credentialprovider/orders',
    ]),
  ],
  node: undefined,
};
const own =
  'arn:aws:bedrock-agentcore:us-east-1:111122223333:token-vault/default/oauth2credentialprovider/orders';

describe('mayMatch', () => {
  it.each([
    own,
    '*',
    'arn:aws:bedrock-agentcore:*',
    'arn:*:oauth2credentialprovider/ord*',
    own.replace('orders', 'order?'),
    own.replace('us-east-1', '${aws:RequestedRegion}'),
    'arn:aws:bedrock-agentcore:*:*:token-vault/*/oauth2credentialprovider/*',
  ])('takes %s', (pattern) => {
    expect(mayMatch(literal(pattern), PROVIDER)).toBe(true);
  });

  it.each([
    '',
    own.replace('orders', 'invoices'),
    own.replace('orders', 'orders-2'),
    own.replace('orders', 'ord??'),
    own.replace('bedrock-agentcore', 'secretsmanager'),
    'arn:aws:bedrock-agentcore:*:*:workload-identity-directory/*',
    'arn:aws:bedrock-agentcore:us-east-1:111122223333:token-vault/default',
  ])('does not take %j', (pattern) => {
    expect(mayMatch(literal(pattern), PROVIDER)).toBe(false);
  });

  it('takes what is not known for anything', () => {
    expect(mayMatch(concatenate([unknown]), PROVIDER)).toBe(true);
    expect(mayMatch(concatenate(['arn:aws:bedrock-agentcore:', unknown, '/orders']), PROVIDER)).toBe(true);
    expect(mayMatch(concatenate(['arn:aws:bedrock-agentcore:', unknown, '/invoices']), PROVIDER)).toBe(false);
  });

  it('lets no region or account hold a colon', () => {
    expect(mayMatch(literal('arn:aws:bedrock-agentcore:a:b:c:token-vault/*'), PROVIDER)).toBe(false);
  });

  it('ends on long and hostile patterns', () => {
    expect(mayMatch(literal('*a'.repeat(900)), PROVIDER)).toBe(false);
    expect(mayMatch(literal('*'.repeat(100_000)), PROVIDER)).toBe(true);
  });
});

describe('surelyMatches', () => {
  it.each(['*', 'arn:*', 'arn:*:bedrock-agentcore:*', '*/orders'])('takes %s', (pattern) => {
    expect(surelyMatches(literal(pattern), PROVIDER)).toBe(true);
  });

  it.each([own, 'arn:aws:*', 'arn:*:us-east-1:*', '*/invoices', '${aws:username}*'])(
    'is not sure of %s',
    (pattern) => expect(surelyMatches(literal(pattern), PROVIDER)).toBe(false),
  );

  it('is not sure of a pattern with a part that nobody knows', () => {
    expect(surelyMatches(concatenate(['arn:*', unknown]), PROVIDER)).toBe(false);
  });
});
