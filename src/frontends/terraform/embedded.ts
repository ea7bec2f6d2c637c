import { isMap, own } from '../../plain/map.js';
import { MAX_NESTING_DEPTH } from '../../source/limits.js';

/** The value of a JSON text within a document; undefined where it is none, or is nested past what anybody walks. */
export function embeddedJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return depthOf(value, MAX_NESTING_DEPTH) > 0 ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Stands for a secret that comes from elsewhere, as a template refers to one: it is there, and nobody wrote it. */
export const GIVEN_SECRET = '{{resolve:secretsmanager:known-to-terraform}}';

/**
 * A template or a part of one in which no client secret is taken for one that somebody wrote: the text that it stood in
 * is put together of other values, and a plan has these in clear.
 * @param expression what is written for the text, as the configuration has it
 */
export function withGivenSecrets(value: unknown, expression: unknown): unknown {
  return own(expression, 'references') === undefined ? value : given(value);
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

/** How many levels are left of those allowed below a value. */
function depthOf(value: unknown, left: number): number {
  if (typeof value !== 'object' || value === null || left <= 0) return left;
  let least = left - 1;
  for (const item of Object.values(value)) least = Math.min(least, depthOf(item, left - 1));
  return least;
}
