import { distance } from 'fastest-levenshtein';
import { memoize } from './memoize.js';

/** A word without what tells camelCase, snake_case, kebab-case and SCREAMING_CASE apart. */
export const bareWord = memoize((word) => word.toLowerCase().replace(/[^a-z0-9]/g, ''));

/**
 * How many letters are held against each other to find what was meant by one word: enough for a template's 500
 * resources with names of any length that people give. What stands behind that is not suggested.
 */
const MOST_LETTERS = 500_000;

/**
 * The candidate that a word is a slip of: the same but for case and separators, or a few letters off.
 * @returns the first in the alphabet of those that are equally near; undefined when nothing is near enough to be meant
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const bare = bareWord(word);
  if (bare === '' || word.length > 200) return undefined;
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(bare.length / 5)) + 1;
  let letters = MOST_LETTERS;
  for (const candidate of candidates) {
    const other = bareWord(candidate);
    if (Math.abs(other.length - bare.length) > fewest) continue;
    letters -= bare.length * other.length;
    if (letters < 0) break;
    const steps = other === bare ? 0 : distance(bare, other);
    if (steps < fewest || (steps === fewest && best !== undefined && candidate < best)) {
      fewest = steps;
      best = candidate;
    }
  }
  return best;
}

/** Whether a word is another but for case, separators, or one letter of a long word. */
export function isSlipOf(word: string, other: string): boolean {
  const [bare, meant] = [bareWord(word), bareWord(other)];
  return bare === meant || (meant.length >= 10 && word.length <= 200 && distance(bare, meant) === 1);
}

/**
 * The candidate that was most likely meant by something that a person typed, such as an option, a file or the id of a
 * rule: at most a third of the letters may differ, letter case aside.
 * @returns the first of those that are equally near; undefined when none is near enough to be meant
 */
export function likelyMeant(typed: string, candidates: Iterable<string>): string | undefined {
  if (typed.length > 200) return undefined;
  const lower = typed.toLowerCase();
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  let letters = MOST_LETTERS;
  for (const candidate of candidates) {
    const allowed = Math.ceil(Math.max(lower.length, candidate.length) / 3);
    if (Math.abs(candidate.length - lower.length) > allowed) continue;
    letters -= lower.length * candidate.length;
    if (letters < 0) break;
    const steps = distance(lower, candidate.toLowerCase());
    if (steps > allowed || steps >= fewest) continue;
    fewest = steps;
    best = candidate;
  }
  return best;
}
