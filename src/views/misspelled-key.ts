import type { Cursor } from '../evaluate/stack-instance.js';
import type { Value } from '../evaluate/value.js';
import type { ProposedFix } from '../fix/change.js';
import { nearest } from '../plain/did-you-mean.js';
import { isMap } from '../plain/map.js';
import { renaming } from './fixes.js';

/** An entry under a slip of the key that was meant, as a report of it needs it. */
export interface MisspelledKey {
  readonly written: string;
  readonly at: Cursor;
  readonly part: 'key';
  readonly fix: ProposedFix;
}

/**
 * The entry of a map that was meant to stand under a key.
 * @param known the keys that the map takes: a slip of another of them does not count
 * @returns undefined where the map has the key itself, or no slip of it
 */
export function misspelledKey(map: Value, key: string, known: readonly string[]): MisspelledKey | undefined {
  if (map.kind !== 'map' || !isMap(map.cursor.raw) || Object.hasOwn(map.cursor.raw, key)) return undefined;
  const written = Object.keys(map.cursor.raw)
    .sort()
    .find((other) => nearest(other, known) === key);
  if (written === undefined) return undefined;
  const at = map.cursor.child(written);
  return { written, at, part: 'key', fix: renaming(at, key) };
}
