import { describe, expect, it } from 'vitest';
import {
  type CalledResource,
  mayMatch,
  OPEN_SEGMENT,
  OPEN_TEXT,
  surelyMatches,
} from '../../../src/agentcore/role/resource-pattern.js';
import { Scenario } from '../../../src/evaluate/scenario.js';
import { concatenate, literal, type Part, type TextValue } from '../../../src/evaluate/value.js';

const unknown: Part = { kind: 'opaque', id: 'x', reason: 'it is a parameter' };
/** The ARN of the provider orders, in an account and region that nobody knows. */
const PROVIDER: CalledResource = {
  arn: arnOf(OPEN_TEXT),
  named: (when) => [{ arn: arnOf('orders'), when }],
  node: undefined,
};
/** The same, of whose name nobody may ask. */
const UNNAMED: CalledResource = {
  ...PROVIDER,
  named: () => {
    throw new Error('the name decides nothing');
  },
};
const own =
  'arn:aws:bedrock-agentcore:us-east-1:111122223333:token-vault/default/oauth2credentialprovider/orders';

function arnOf(name: Part): TextValue {
  return concatenate([
    'arn:',
    OPEN_SEGMENT,
    ':bedrock-agentcore:',
    OPEN_SEGMENT,
    ':',
    OPEN_SEGMENT,
    ':token-vault/default/oauth2credentialprovider/',
    name,
  ]);
}

const may = (pattern: TextValue, resource = PROVIDER) => answer(mayMatch(pattern, resource, Scenario.always));
const surely = (pattern: TextValue, resource = PROVIDER) =>
  answer(surelyMatches(pattern, resource, Scenario.always));

function answer(verdicts: ReturnType<typeof mayMatch>): boolean {
  expect(verdicts).toHaveLength(1);
  return verdicts[0]?.holds === true;
}

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
    expect(may(literal(pattern))).toBe(true);
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
    expect(may(literal(pattern))).toBe(false);
  });

  it('takes what is not known for anything', () => {
    expect(may(concatenate([unknown]))).toBe(true);
    expect(may(concatenate(['arn:aws:bedrock-agentcore:', unknown, '/orders']))).toBe(true);
    expect(may(concatenate(['arn:aws:bedrock-agentcore:', unknown, '/invoices']))).toBe(false);
  });

  it('lets no region or account hold a colon', () => {
    expect(may(literal('arn:aws:bedrock-agentcore:a:b:c:token-vault/*'))).toBe(false);
  });

  it('ends on long and hostile patterns', () => {
    expect(may(literal('*a'.repeat(900)))).toBe(false);
    expect(may(literal('*'.repeat(100_000)))).toBe(true);
  });
});

describe('surelyMatches', () => {
  it.each(['*', 'arn:*', 'arn:*:bedrock-agentcore:*', '*/orders'])('takes %s', (pattern) => {
    expect(surely(literal(pattern))).toBe(true);
  });

  it.each([own, 'arn:aws:*', 'arn:*:us-east-1:*', '*/invoices', '${aws:username}*'])(
    'is not sure of %s',
    (pattern) => expect(surely(literal(pattern))).toBe(false),
  );

  it('is not sure of a pattern with a part that nobody knows', () => {
    expect(surely(concatenate(['arn:*', unknown]))).toBe(false);
  });
});

describe('the name of a resource', () => {
  const provider = 'arn:*/oauth2credentialprovider/';

  it.each(['*', `${provider}*`, 'arn:aws:s3:::*', 'arn:aws:secretsmanager:*:*:secret:orders'])(
    'is not asked for where it decides nothing: %s',
    (pattern) => {
      expect(may(literal(pattern), UNNAMED)).toBe(may(literal(pattern)));
      expect(surely(literal(pattern), UNNAMED)).toBe(surely(literal(pattern)));
    },
  );

  it('is not asked for where the region is open and the pattern takes every name in it', () => {
    const pattern = literal('arn:aws:bedrock-agentcore:us-east-1:*');
    expect(may(pattern, UNNAMED)).toBe(true);
    expect(surely(pattern)).toBe(false);
  });

  it('is asked for, in each scenario, where it decides', () => {
    expect(() => may(literal(`${provider}orders`), UNNAMED)).toThrow('the name decides nothing');
    const when = Scenario.always;
    const two = {
      ...PROVIDER,
      named: () => ['orders', 'a:b'].map((name) => ({ arn: arnOf(name), when })),
    };
    const holds = (pattern: string) => mayMatch(literal(pattern), two, when).map((so) => so.holds);
    expect(holds(`${provider}orders`)).toEqual([true, false]);
    expect(holds(`${provider}a:b`)).toEqual([false, true]);
  });
});
