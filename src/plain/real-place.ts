import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Where a file is, or would be, once all links on the way are followed. What is not there yet, and a link that leads
 * nowhere, counts as itself.
 *
 * @param file absolute
 */
export function realPlace(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    const parent = dirname(file);
    return parent === file ? file : join(realPlace(parent), basename(file));
  }
}
