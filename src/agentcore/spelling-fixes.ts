import type { Cursor } from '../evaluate/instance.js';
import type { Alternative } from '../evaluate/value.js';
import type { Problem } from './problem.js';

/** The fix that puts the right word where a wrong one is written; undefined when it comes from elsewhere. */
export function replacement(place: Alternative, word: string | undefined): Problem['fix'] | undefined {
  if (word === undefined || typeof place.at.raw !== 'string' || place.trail.length > 0) return undefined;
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
