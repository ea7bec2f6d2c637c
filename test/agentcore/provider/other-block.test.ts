import { describe, expect, it } from 'vitest';
import { malformedOnBehalfOfConfig } from '../../../rules/malformed-on-behalf-of-config.js';
import { malformedTokenExchangeGrantTypeConfig } from '../../../rules/malformed-token-exchange-grant-type-config.js';
import type { AnyRule } from '../../../src/lint/rule.js';
import { findingsOf, type Json, provider } from '../templates.js';

async function helps(rule: AnyRule, onBehalfOf: Json): Promise<readonly string[]> {
  const Provider = provider({ OnBehalfOfTokenExchangeConfig: onBehalfOf });
  return (await findingsOf(rule, { Resources: { Provider } })).map(({ help }) => help);
}

describe('a key of the one block in the other', () => {
  it.each([
    ['ActorTokenContent', 'ActorTokenContent'],
    ['actor_token_content', 'ActorTokenContent'],
    ['ActorTokenScopes', 'ActorTokenScopes'],
  ])('is sent down: %s', async (key, name) => {
    expect(await helps(malformedOnBehalfOfConfig, { GrantType: 'TOKEN_EXCHANGE', [key]: 'NONE' })).toEqual([
      `Move it as ${name} into TokenExchangeGrantTypeConfig, which stands beside GrantType TOKEN_EXCHANGE.`,
    ]);
  });

  it('is sent up: GrantType', async () => {
    const inner = { GrantType: 'TOKEN_EXCHANGE', ActorTokenContent: 'NONE' };
    expect(
      await helps(malformedTokenExchangeGrantTypeConfig, { TokenExchangeGrantTypeConfig: inner }),
    ).toEqual(['Move it up into OnBehalfOfTokenExchangeConfig as GrantType.']);
  });

  it.each(['ActorToken', 'Scopes', 'SubjectToken'])('is not what %s is taken for', async (key) => {
    const [help] = await helps(malformedOnBehalfOfConfig, { GrantType: 'TOKEN_EXCHANGE', [key]: 'x' });
    expect(help).toMatch(/^Remove it/);
  });
});
