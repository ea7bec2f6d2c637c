/** The keys under which people write the exchange, wherever they put them: `tokenExchange`, `onBehalfOfConfig`, `obo`. */
export const EXCHANGE_KEY = /token.?exchange|on.?behalf|^obo/i;
