import { UsageError } from '../discover/usage-error.js';

/**
 * The candidate nearest to what was typed, or undefined when none is near enough to be meant: at most a third of the
 * letters may differ, letter case aside.
 */
export async function nearest(typed: string, candidates: readonly string[]): Promise<string | undefined> {
  const { closest, distance } = await import('fastest-levenshtein');
  if (candidates.length === 0) return undefined;
  const lower = typed.toLowerCase();
  const best = closest(
    lower,
    candidates.map((candidate) => candidate.toLowerCase()),
  );
  const found = candidates.find((candidate) => candidate.toLowerCase() === best);
  const far = distance(lower, best) > Math.ceil(Math.max(lower.length, best.length) / 3);
  return far ? undefined : found;
}

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
  const suggestion = await nearest(typed, candidates);
  if (suggestion !== undefined) return new UsageError(`${what}; did you mean ${show(suggestion)}?`);
  if (candidates.length <= 8) return new UsageError(`${what}; known are ${candidates.map(show).join(', ')}`);
  return new UsageError(what);
}
