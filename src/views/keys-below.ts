import type { Cursor } from '../evaluate/stack-instance.js';
import { isMap } from '../plain/map.js';

/** The entries below a place whose key passes, however deep. */
export function keysBelow(cursor: Cursor, wanted: (key: string) => boolean): Cursor[] {
  if (Array.isArray(cursor.raw))
    return cursor.raw.flatMap((_, index) => keysBelow(cursor.child(index), wanted));
  if (!isMap(cursor.raw)) return [];
  return Object.keys(cursor.raw).flatMap((key) => {
    const entry = cursor.child(key);
    return wanted(key) ? [entry] : keysBelow(entry, wanted);
  });
}

/** Whether any key below a plain value passes. */
export function hasKeyBelow(value: unknown, wanted: (key: string) => boolean): boolean {
  if (Array.isArray(value)) return value.some((item) => hasKeyBelow(item, wanted));
  if (!isMap(value)) return false;
  // Plain maps inherit no keys.
  for (const key in value) {
    if (wanted(key)) return true;
    const entry = value[key];
    if (typeof entry === 'object' && hasKeyBelow(entry, wanted)) return true;
  }
  return false;
}
