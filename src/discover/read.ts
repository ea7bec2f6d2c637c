import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { NOT_A_FILE, reasonOf } from './reasons.js';

export type ReadResult =
  | { readonly ok: true; readonly text: string }
  /** `reason` fits after the file's name and a colon. */
  | { readonly ok: false; readonly reason: string };

/**
 * Reads a text file whole, as UTF-8.
 *
 * Never blocks on a pipe and never reads more than the limit: what is judged is the open file itself, so it cannot be
 * swapped between the look and the read.
 *
 * @param file an absolute path
 * @param limit the largest size to read, in bytes
 */
export function readText(file: string, limit: number): ReadResult {
  let descriptor: number | undefined;
  try {
    // Windows has no O_NONBLOCK, and no pipes among its files.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) return { ok: false, reason: 'it is a directory' };
    if (!stats.isFile()) return { ok: false, reason: NOT_A_FILE };
    if (stats.size > limit) return { ok: false, reason: tooLarge(stats.size, limit) };
    return { ok: true, text: readFileSync(descriptor, 'utf8') };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function tooLarge(size: number, limit: number): string {
  return `it is ${megabytes(size)} large, past the limit of ${megabytes(limit)}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}
