import type { Cursor } from '../evaluate/instance.js';
import type { Value } from '../evaluate/value.js';
import type { ProposedFix } from '../fix/change.js';
import { isMap } from '../template/own.js';
import { renaming } from './fixes.js';
import { nearest } from './spelling.js';

/** An entry under a slip of the key that was meant, as a report of it needs it. */
export interface MisspeltKey {
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
export function misspeltKey(map: Value, key: string, known: readonly string[]): MisspeltKey | undefined {
  if (map.kind !== 'map' || !isMap(map.cursor.raw) || Object.hasOwn(map.cursor.raw, key)) return undefined;
  const written = Object.keys(map.cursor.raw).find((other) => nearest(other, known) === key);
  if (written === undefined) return undefined;
  const at = map.cursor.child(written);
  return { written, at, part: 'key', fix: renaming(at, key) };
}
