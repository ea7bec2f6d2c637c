import type { Cursor } from '../evaluate/stack-instance.js';
import type { Alternative } from '../evaluate/value.js';
import type { Problem } from './problem.js';

/** The fix that puts the right word where a wrong one is written; undefined when it comes from elsewhere. */
export function replacement(place: Alternative, word: string | undefined): Problem['fix'] | undefined {
  if (word === undefined || typeof place.at.raw !== 'string' || place.trace.length > 0) return undefined;
  return {
    title: `Write ${word}`,
    safety: 'safe',
    changes: [{ kind: 'replace', path: place.at.path, value: word }],
  };
}

/** The fix that gives an entry the name it should have. */
export function renaming(entry: Cursor, key: string): NonNullable<Problem['fix']> {
  return {
    title: `Rename it to ${key}`,
    safety: 'safe',
    changes: [{ kind: 'rename', path: entry.path, key }],
  };
}

/**
 * The fix that takes an entry out which cannot stand beside a word. Where the word is chosen by a condition or comes
 * from elsewhere the entry may be needed all the same, and there is no fix.
 */
export function removal(entry: Cursor, beside: Alternative): Problem['fix'] {
  const inPlace = typeof beside.at.raw === 'string' && typeof beside.at.path.at(-1) === 'string';
  if (!inPlace) return undefined;
  return {
    title: `Remove ${entry.path.at(-1)}`,
    safety: 'safe',
    changes: [{ kind: 'remove', path: entry.path }],
  };
}
