import { isMap, own } from '../../plain/map.js';

/** Stands for a secret that comes from elsewhere, as a template refers to one: it is there, and nobody wrote it. */
export const GIVEN_SECRET = '{{resolve:secretsmanager:known-to-terraform}}';

/** What an expression can refer to without being given a value: the folder of the module, as in `file(...)`. */
const NO_VALUE = /^(?:path|terraform)\./;

/**
 * A template or a part of one in which no client secret is taken for one that somebody wrote: the text that it stood in
 * is put together of other values, and a plan has these in clear.
 * @param expression what is written for the text, as the configuration has it; a state does not tell
 */
export function withGivenSecrets(value: unknown, expression: unknown): unknown {
  const references = own(expression, 'references') ?? [];
  const isWritten =
    isMap(expression) &&
    Array.isArray(references) &&
    references.every((reference) => NO_VALUE.test(String(reference)));
  return isWritten ? value : given(value);
}

function given(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(given);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      key === 'ClientSecret' && typeof entry === 'string' && entry !== '' ? GIVEN_SECRET : given(entry),
    ]),
  );
}
