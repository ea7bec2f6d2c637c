import { UsageError } from '../discover/usage-error.js';
import type { RuleIds } from '../lint/catalogue.js';
import { likelyMeant } from '../plain/did-you-mean.js';

/**
 * The error for something unknown, with the nearest known name or, when nothing is near and they are few, all names.
 *
 * @param what the sentence's start, such as `unknown option --formt`
 */
export async function unknown(
  what: string,
  typed: string,
  candidates: readonly string[],
  show = (candidate: string) => candidate,
): Promise<UsageError> {
  const near = likelyMeant(typed, candidates);
  if (near !== undefined) return meant(what, show(near));
  if (candidates.length <= 8) return new UsageError(`${what}; known are ${candidates.map(show).join(', ')}`);
  return new UsageError(what);
}

/** {@link unknown} for the id of a rule. */
export function unknownRule(what: string, typed: string, known: RuleIds): UsageError {
  const near = known.meantBy(typed);
  return near === undefined ? new UsageError(what) : meant(what, near);
}

function meant(what: string, near: string): UsageError {
  return new UsageError(`${what}; did you mean ${near}?`);
}
