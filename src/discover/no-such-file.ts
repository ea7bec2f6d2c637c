import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { likelyMeant } from '../plain/did-you-mean.js';
import { UsageError } from './usage-error.js';

/** Names looked at in one directory; a suggestion is a kindness, not worth a wait. */
const MAX_NAMES = 5_000;

/**
 * What to say of a named file that does not exist, with the nearest name among its neighbours where one is near enough
 * to be meant.
 *
 * @param argument as the user wrote it
 * @param file the absolute path that it comes to
 */
export function noSuchFile(argument: string, file: string): UsageError {
  if (isLink(file)) {
    return new UsageError(`no such file: ${argument} is a symbolic link that leads nowhere`);
  }
  const near = nearestName(file);
  const suggestion = near === undefined ? '' : `; did you mean ${path.join(path.dirname(argument), near)}?`;
  return new UsageError(`no such file: ${argument}${suggestion}`);
}

function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}

/** The nearest name; undefined when none is near: at most a third of the letters may differ. */
function nearestName(file: string): string | undefined {
  return likelyMeant(path.basename(file), neighbours(path.dirname(file)));
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
