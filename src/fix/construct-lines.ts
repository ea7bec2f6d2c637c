import type { Path } from '../source/types.js';
import type { Change } from './change.js';

/**
 * What a fix changes, as lines for somebody who writes no template: the properties of a resource by their way, with a
 * sign before those that go and those that come.
 */
export function constructLines(changes: readonly Change[]): readonly string[] {
  return changes.flatMap(linesOf);
}

function linesOf(change: Change): string[] {
  const way = wayOf(change.path);
  switch (change.kind) {
    case 'insert':
      return [`+ ${[...way, change.key].join('.')}: ${JSON.stringify(change.value)}`];
    case 'replace':
      return [`+ ${way.join('.')}: ${JSON.stringify(change.value)}`];
    case 'rename':
      return [`- ${way.join('.')}`, `+ ${[...way.slice(0, -1), change.key].join('.')}`];
    case 'remove':
      return [`- ${way.join('.')}`];
  }
}

/** The steps below `Properties` of a resource. */
function wayOf(path: Path): Path {
  return path[2] === 'Properties' ? path.slice(3) : path.slice(2);
}
