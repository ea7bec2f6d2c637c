import type { TextValue } from '../../evaluate/value.js';

/** Whether a pattern matches; 'maybe' where that hangs on a part of the pattern that nobody knows yet. */
export type Match = 'yes' | 'no' | 'maybe';

/**
 * Matches an IAM action against the pattern of a statement: `*` stands for any text, `?` for one character, and case
 * does not count (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html).
 * @param pattern an entry of `Action` or `NotAction`, of which parts may be unknown
 * @param action a full action, `service:Name`
 */
export function matchAction(pattern: TextValue, action: string): Match {
  const known = pattern.parts.every((part) => typeof part === 'string');
  const written = pattern.parts.map((part) => (typeof part === 'string' ? part : '*')).join('');
  if (!matchesWildcards(written.toLowerCase(), action.toLowerCase())) return 'no';
  return known ? 'yes' : 'maybe';
}

/** Whether a pattern that is written out matches; see {@link matchAction}. */
export function isLiteralMatch(pattern: string, action: string): boolean {
  return matchesWildcards(pattern.toLowerCase(), action.toLowerCase());
}

/** Greedy matching that goes back to the last `*` only: a hostile pattern costs its length times the text's. */
function matchesWildcards(pattern: string, text: string): boolean {
  let [at, position, star, retry] = [0, 0, -1, 0];
  while (position < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      retry = position;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[position])) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++retry;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
