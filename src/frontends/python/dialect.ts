import { apiDialect } from '../api-dialect.js';
import type { Dialect } from '../front-end.js';
import type { AskingNames } from './calls.js';

/** The words of requests that code makes: the API's. */
export const pythonDialect: Dialect = { ...apiDialect, name: 'Python' };

/** The words of code that asks for a token. */
export function askingDialect(names: AskingNames): Dialect {
  const words: ReadonlyMap<string, string> = new Map([
    ['CustomParameters', names.customParameters],
    ['DefaultReturnUrl', names.returnUrl],
    ['GrantType', names.flow],
    ['ProviderArn', names.provider],
    ['Scopes', names.scopes],
  ]);
  return { ...pythonDialect, word: (name) => words.get(name) ?? pythonDialect.word(name) };
}
