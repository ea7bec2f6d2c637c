import { UsageError } from '../discover/usage-error.js';
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
  const suggestion = likelyMeant(typed, candidates);
  if (suggestion !== undefined) return new UsageError(`${what}; did you mean ${show(suggestion)}?`);
  if (candidates.length <= 8) return new UsageError(`${what}; known are ${candidates.map(show).join(', ')}`);
  return new UsageError(what);
}
