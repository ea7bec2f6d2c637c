import { closeSync, openSync, readSync } from 'node:fs';
import type { ReadResult } from '../discover/read.js';
import { reasonOf } from '../discover/reasons.js';

const CHUNK = 1 << 16;

/**
 * Reads a file that the user named whole, or a pipe as in `--parameters <(command)`, which is waited for.
 *
 * @param file absolute
 * @param limit the largest size, in bytes; no more than that and a chunk is read
 */
export function readPipeOrFile(file: string, limit: number): ReadResult<Buffer> {
  try {
    const content = boundedRead(file, limit);
    if (content !== undefined) return { ok: true, content };
    const reason = `it is larger than the limit of ${Math.floor(limit / 1024 / 1024)} MiB`;
    return { ok: false, reason, isTooLarge: true };
  } catch (error) {
    return { ok: false, reason: reasonOf(error), isTooLarge: false };
  }
}

function boundedRead(file: string, limit: number): Buffer | undefined {
  const descriptor = openSync(file, 'r');
  try {
    const parts: Buffer[] = [];
    let size = 0;
    for (;;) {
      const part = Buffer.allocUnsafe(CHUNK);
      const count = readSync(descriptor, part, 0, CHUNK, null);
      if (count === 0) return Buffer.concat(parts, size);
      parts.push(part.subarray(0, count));
      size += count;
      if (size > limit) return undefined;
    }
  } finally {
    closeSync(descriptor);
  }
}
