import { readdirSync } from 'node:fs';
import path from 'node:path';
import { closest, distance } from 'fastest-levenshtein';

/** Names looked at in one directory; a suggestion is a kindness, not worth a wait. */
const MAX_NAMES = 5_000;

/**
 * The name nearest to that of a file that does not exist, among its neighbours; undefined when none is near enough to
 * be meant: at most a third of the letters may differ.
 *
 * @param file absolute
 */
export function nearestName(file: string): string | undefined {
  const missing = path.basename(file);
  const names = neighbours(path.dirname(file));
  if (names.length === 0) return undefined;
  const best = closest(missing, names);
  const allowed = Math.floor(Math.max(missing.length, best.length) / 3);
  return distance(missing, best) <= allowed ? best : undefined;
}

function neighbours(directory: string): readonly string[] {
  try {
    // A name with control characters is not worth repeating on a terminal.
    const names = readdirSync(directory).filter((name) => !/\p{C}/u.test(name));
    return names.sort().slice(0, MAX_NAMES);
  } catch {
    return [];
  }
}
