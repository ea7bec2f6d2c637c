import type { Path, Range, Source } from '../source/types.js';
import { FILE_START } from './file-diagnostic.js';

/**
 * The range of a place. A whole resource, a block or anything else that is long is shown by its key; where nothing
 * stands at the path, the nearest place around it is.
 *
 * @param part the key shows an entry by its key however short it is
 */
export function rangeOf(source: Source, path: Path, part: 'key' | 'value'): Range {
  for (let length = path.length; length > 0; length--) {
    const location = source.locate(path.slice(0, length));
    if (location === undefined) continue;
    const value = source.range(location.value);
    const showsKey = part === 'key' || length < path.length || value.end.line > value.start.line;
    return showsKey && location.key !== undefined ? source.range(location.key) : value;
  }
  return FILE_START;
}
