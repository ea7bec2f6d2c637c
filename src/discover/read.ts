import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { NOT_A_FILE, reasonOf } from './reasons.js';

export type ReadResult<Content> =
  | { readonly ok: true; readonly content: Content }
  /** `reason` fits after the file's name and a colon. */
  | { readonly ok: false; readonly reason: string; readonly isTooLarge: boolean };

/**
 * Reads a file whole.
 *
 * Never blocks on a pipe and never reads more than the limit: what is judged is the open file itself, so it cannot be
 * swapped between the look and the read.
 *
 * @param file an absolute path
 * @param limit the largest size to read, in bytes
 */
export function readBytes(file: string, limit: number): ReadResult<Buffer> {
  return withOpenFile(file, (descriptor, size) => {
    if (size > limit) {
      const reason = `it is larger than the limit of ${Math.floor(limit / 1024 / 1024)} MiB`;
      return { ok: false, reason, isTooLarge: true };
    }
    return { ok: true, content: readFileSync(descriptor) };
  });
}

/** The same as text, which has to be UTF-8. */
export function readText(file: string, limit: number): ReadResult<string> {
  const bytes = readBytes(file, limit);
  return bytes.ok ? { ok: true, content: bytes.content.toString('utf8') } : bytes;
}

/**
 * Whether a part of a file that is too large to be read whole satisfies a test. Parts overlap by a kilobyte, for a
 * match that lies across two of them. Memory stays small; false for a file that cannot be read.
 */
export function someText(file: string, test: (part: string) => boolean): boolean {
  const result = withOpenFile(file, (descriptor) => {
    const overlap = 1024;
    const buffer = Buffer.alloc(1024 * 1024);
    let kept = 0;
    for (;;) {
      const count = readSync(descriptor, buffer, kept, buffer.length - kept, null);
      if (count === 0) return { ok: true, content: false };
      const end = kept + count;
      if (test(buffer.toString('latin1', 0, end))) return { ok: true, content: true };
      kept = Math.min(overlap, end);
      buffer.copyWithin(0, end - kept, end);
    }
  });
  return result.ok && result.content;
}

function withOpenFile<Content>(
  file: string,
  use: (descriptor: number, size: number) => ReadResult<Content>,
): ReadResult<Content> {
  let descriptor: number | undefined;
  try {
    // Windows has no O_NONBLOCK, and no pipes among its files.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) return { ok: false, reason: 'it is a directory', isTooLarge: false };
    if (!stats.isFile()) return { ok: false, reason: NOT_A_FILE, isTooLarge: false };
    return use(descriptor, stats.size);
  } catch (error) {
    return { ok: false, reason: reasonOf(error), isTooLarge: false };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
