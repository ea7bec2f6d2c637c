import type { Cursor } from '../evaluate/stack-instance.js';
import type { Alternative } from '../evaluate/value.js';

/**
 * The place of an entry that a block lacks: where a function leaves it out in the block (`AWS::NoValue`), else the key of
 * the block.
 */
export function placeOfMissing(entry: Alternative, block: Cursor): { at: Cursor; part: 'key' | 'value' } {
  return isLeftOut(entry) ? { at: entry.at, part: 'value' } : { at: block, part: 'key' };
}

/** Whether the key of an absent entry is there, and what stands behind it leaves it out. */
export function isLeftOut(entry: Alternative): boolean {
  return entry.value.kind === 'absent' && entry.at.exists && entry.trace.length === 0;
}
