import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 1 << 16;

/**
 * The bytes of a file, or of a pipe as in `--parameters <(command)`; undefined when there are more than the limit: then
 * no more than that has been read.
 *
 * @param file absolute
 * @param limit in bytes
 * @throws what opening or reading throws
 */
export function boundedRead(file: string, limit: number): Buffer | undefined {
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
