import { bareWord, nearest } from '../../plain/did-you-mean.js';
import { memoize } from '../../plain/memoize.js';

/** The block of a custom provider that sets it up for token exchange, and the block within it. */
export const ON_BEHALF_OF = 'OnBehalfOfTokenExchangeConfig';
export const EXCHANGE_CONFIG = 'TokenExchangeGrantTypeConfig';

const BARE_ON_BEHALF_OF = bareWord(ON_BEHALF_OF);
const BARE_ON_BEHALF_OF_NAMES = new Set([
  'onbehalfofconfig',
  'onbehalfof',
  'onbehalfoftokenexchange',
  'onbehalfoftokenexchangeconfiguration',
  'obotokenexchangeconfig',
  'oboconfig',
]);

/** Whether a key is, or is a slip of, `OnBehalfOfTokenExchangeConfig`. */
export const isOnBehalfOfKey = memoize((key) => {
  const bare = bareWord(key);
  return (
    bare === BARE_ON_BEHALF_OF ||
    BARE_ON_BEHALF_OF_NAMES.has(bare) ||
    nearest(key, [ON_BEHALF_OF]) !== undefined
  );
});

/** Whether a key is, or is a slip of, `TokenExchangeGrantTypeConfig`. */
export const isExchangeConfigKey = memoize((key) => nearest(key, [EXCHANGE_CONFIG]) !== undefined);
