import { afterEach, describe, expect, it, vi } from 'vitest';
import { Scenario } from '../../src/evaluate/scenario.js';
import { json, lint } from '../frontends/report-on.js';

const ARN = 'arn:aws:bedrock-agentcore:us-east-1:111122223333';

/** A harness whose tools ask for a grant that none takes: each of them refuses the harness for all. */
function harness(count: number): string {
  const tools = Array.from({ length: count }, (_, index) => ({
    type: 'agentcore_gateway',
    name: `tool-${index}`,
    config: {
      agentCoreGateway: {
        gatewayArn: `${ARN}:gateway/gateway-${index}`,
        outboundAuth: {
          oauth: {
            providerArn: `${ARN}:token-vault/default/oauth2credentialprovider/provider-${index}`,
            scopes: ['a'],
            grantType: 'TOKEN_EXCHANGE',
          },
        },
      },
    },
  }));
  return json({ name: 'assistant', tools });
}

/** How often scenarios are compared: once or more for each finding that is looked at. */
async function comparisons(count: number): Promise<number> {
  const join = vi.spyOn(Scenario.prototype, 'join');
  const { diagnostics, consumers } = await lint({ 'harness.json': harness(count) });
  const calls = join.mock.calls.length;
  join.mockRestore();
  expect(diagnostics.filter(({ ruleId }) => ruleId === 'invalid-grant-type')).toHaveLength(count);
  expect(consumers?.every(({ rules }) => rules.includes('invalid-grant-type'))).toBe(true);
  return calls;
}

afterEach(() => vi.restoreAllMocks());

describe('a resource with many consumers', () => {
  it('costs as many times more as it has consumers, where each is refused', async () => {
    const few = await comparisons(40);
    const many = await comparisons(160);
    expect(many / few).toBeLessThan(4.4);
  });
});
