import { type Cursor, cursorAt } from '../evaluate/stack-instance.js';
import type { Alternative } from '../evaluate/value.js';

/**
 * The place of an entry that a block lacks: its own key where a function leaves it out (`AWS::NoValue`), else the key of
 * the block.
 */
export function placeOfMissing(entry: Alternative, block: Cursor): { at: Cursor; part: 'key' } {
  return { at: isLeftOut(entry) ? outsideOfBranches(entry.at) : block, part: 'key' };
}

/** Where an entry stands, outside of the branches of `Fn::If` around its value. */
function outsideOfBranches(at: Cursor): Cursor {
  const { path, instance } = at;
  let end = path.length;
  while (path[end - 2] === 'Fn::If') end -= 2;
  return end === path.length ? at : cursorAt(instance, ...path.slice(0, end));
}

/** Whether the key of an absent entry is there, and what stands behind it leaves it out. */
export function isLeftOut(entry: Alternative): boolean {
  return entry.value.kind === 'absent' && entry.at.exists && entry.trace.length === 0;
}
