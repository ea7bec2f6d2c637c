import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchAction } from '../../../src/agentcore/role/action-pattern.js';
import { concatenate, literal, type Part } from '../../../src/evaluate/value.js';
import { holds } from '../../samples.js';

const ACTION = 'bedrock-agentcore:GetResourceOauth2Token';
const open: Part = { kind: 'opaque', id: 'x', reason: 'nobody knows' };

describe('matchAction', () => {
  it.each([
    ACTION,
    ACTION.toLowerCase(),
    ACTION.toUpperCase(),
    '*',
    '*:*',
    'bedrock-agentcore:*',
    'bedrock-agentcore:Get*',
    'bedrock-agentcore:*Token',
    'bedrock-agentcore:Get*Oauth?Token',
    'bedrock-agentcore:**',
    'b*:*o*o*n',
  ])('%s matches', (pattern) => {
    expect(matchAction(literal(pattern), ACTION)).toBe('yes');
  });

  it.each([
    '',
    'bedrock:*',
    'bedrock-agentcore:',
    'bedrock-agentcore:Get',
    'bedrock-agentcore:GetResourceOauth2Token?',
    'bedrock-agentcore:GetResourceOauth?',
    'bedrock-agentcore:GetResource.*',
    `${ACTION}s`,
    ` ${ACTION}`,
    '*:Get*Tokens',
  ])("'%s' does not match", (pattern) => {
    expect(matchAction(literal(pattern), ACTION)).toBe('no');
  });

  it('is not sure of a pattern with an unknown part', () => {
    expect(matchAction(concatenate([open, ':*']), ACTION)).toBe('maybe');
    expect(matchAction(concatenate(['bedrock-agentcore:', open]), ACTION)).toBe('maybe');
  });

  it('is sure where what is known of a pattern rules it out', () => {
    expect(matchAction(concatenate(['logs:', open]), ACTION)).toBe('no');
  });

  it('agrees with a regular expression on any pattern', () => {
    const symbol = fc.constantFrom('a', 'b', ':', '*', '?');
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 8 });
    holds(
      fc.property(fc.string({ unit: symbol, maxLength: 8 }), text, (pattern, action) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(matchAction(literal(pattern), action)).toBe(expression.test(action) ? 'yes' : 'no');
      }),
    );
  });

  it('ends soon on a hostile pattern', () => {
    expect(matchAction(literal(`${'*a'.repeat(2_000)}b`), 'a'.repeat(2_000))).toBe('no');
  });
});
