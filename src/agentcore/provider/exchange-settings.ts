import type { Alternative } from '../../evaluate/value.js';
import type { ProposedFix } from '../../fix/change.js';
import { issuersOf } from './identity-provider.js';
import { EXCHANGE_CONFIG, ON_BEHALF_OF } from './on-behalf-of-names.js';
import type { ExchangeSetup, Provider } from './provider.js';

/**
 * The fix that sets a custom provider up for token exchange: with the grant that its identity provider speaks, or
 * RFC 8693 where nobody knows which that is.
 * @returns undefined where there is no block to add to, or the identity provider exchanges no tokens
 */
export function exchangeSettings(
  provider: Provider,
  { value: setup, when }: Alternative<ExchangeSetup>,
): ProposedFix | undefined {
  if (setup.kind !== 'not-configured' || setup.block.value.kind !== 'map') return undefined;
  const [behind] = issuersOf(provider, when);
  const grant = behind?.value === undefined ? 'TOKEN_EXCHANGE' : behind.value.identityProvider.grants[0];
  if (grant === undefined) return undefined;
  return {
    title: `Set ${provider.name} up for token exchange`,
    safety: 'unsafe',
    changes: [
      {
        kind: 'insert',
        path: setup.block.value.cursor.path,
        key: ON_BEHALF_OF,
        value:
          grant === 'TOKEN_EXCHANGE'
            ? { GrantType: grant, [EXCHANGE_CONFIG]: { ActorTokenContent: 'NONE' } }
            : { GrantType: grant },
      },
    ],
  };
}
