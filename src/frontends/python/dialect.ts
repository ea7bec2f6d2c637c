import { apiDialect, CALL_SAYINGS } from '../api-dialect.js';
import type { Dialect, Saying } from '../front-end.js';
import { type AskingNames, FLOWS } from './calls.js';

const PHRASES: readonly (readonly [string, string])[] = [
  ['GrantType: TOKEN_EXCHANGE', 'GrantType TOKEN_EXCHANGE'],
  ['known only when it is deployed', 'known only when the code runs'],
  ...(apiDialect.phrases ?? []),
];

const REFERENCE = 'Use the credentialProviderArn that create_oauth2_credential_provider answers with.';

const SAYINGS: Readonly<Record<string, Saying>> = {
  ...CALL_SAYINGS,
  'invalid-provider-reference/missing': { help: REFERENCE },
  'invalid-provider-reference/noText': { help: REFERENCE },
  'invalid-provider-reference/noArn': { help: REFERENCE },
  'invalid-provider-reference/otherType': {
    ...CALL_SAYINGS['invalid-provider-reference/otherType'],
    help: REFERENCE,
  },
  'invalid-provider-reference/otherAttribute': { help: REFERENCE },
  'plaintext-client-secret/literal': {
    help: 'Read it from the environment or a secret store, or use clientSecretSource EXTERNAL with clientSecretConfig, and give the client a new secret.',
  },
};

/** The words of requests that code makes: the API's. */
export const pythonDialect: Dialect = {
  ...apiDialect,
  name: 'the API',
  phrases: PHRASES,
  sayings: SAYINGS,
};

const EXCHANGE = 'TOKEN_EXCHANGE';
const FLOW = 'ON_BEHALF_OF_TOKEN_EXCHANGE';

/** Code that asks for a token has names of its own for the grants. */
const FLOW_PHRASES: readonly (readonly [string, string])[] = [...FLOWS].flatMap(([flow, grant]) =>
  ['asks for', 'Ask for', 'ask for'].map((asks) => [`${asks} ${grant}`, `${asks} ${flow}`] as const),
);

/** What is quoted is quoted as it is written: see `grantOfFlow`. */
const QUOTED: readonly (readonly [string, string])[] = [...FLOWS];

/** The words of code that asks for a token. */
export function askingDialect(names: AskingNames): Dialect {
  const words: ReadonlyMap<string, string> = new Map([
    ['CustomParameters', names.customParameters],
    ['DefaultReturnUrl', names.returnUrl],
    ['GrantType', names.flow],
    ['ProviderArn', names.provider],
    ['Scopes', names.scopes],
  ]);
  return {
    ...pythonDialect,
    word: (name) => words.get(name) ?? pythonDialect.word(name),
    phrases: [
      ...QUOTED,
      ...PHRASES,
      ...FLOW_PHRASES,
      [`GrantType ${EXCHANGE}`, `${names.flow}="${FLOW}"`],
      ['beside GrantType', `beside ${names.flow}`],
    ],
    sayings: {
      ...pythonDialect.sayings,
      'grant-unresolved/unresolved': { help: `Write the ${names.flow} out.` },
      ...Object.fromEntries(
        ['foreign', 'foreignWithout', 'misspelled', 'unknown'].map((key) => [
          `invalid-grant-type/${key}`,
          {
            message: `The ${names.flow} '{written}' of {consumer} is none that AgentCore Identity knows, so the call is refused.`,
            help: `Write ${FLOW}, or USER_FEDERATION or M2M.`,
          },
        ]),
      ),
    },
  };
}
