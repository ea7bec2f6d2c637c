import { fstatSync, statSync, writeSync } from 'node:fs';
import { errorCode } from '../discover/reasons.js';
import { UsageError } from '../discover/usage-error.js';
import { MAX_FILE_BYTES } from '../source/limits.js';
import type { Surroundings, TextOutput } from './surroundings.js';
import { writeReason } from './write-reason.js';

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

/** As `node:os` names it, which is not loaded for this alone. */
const NULL_DEVICE = process.platform === 'win32' ? '\\\\.\\nul' : '/dev/null';

/** The surroundings of a real run: this process. */
export function processSurroundings(): Surroundings {
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: descriptorOutput(STANDARD_OUTPUT, () => process.stdout),
    stderr: descriptorOutput(STANDARD_ERROR, () => process.stderr),
    readStdin,
    onInterrupt(listener) {
      process.on('SIGINT', listener);
      return () => process.off('SIGINT', listener);
    },
  };
}

/**
 * Writes to a file descriptor directly: all of it has arrived when `write` returns, whatever ends the process then,
 * and a run that prints one line is spared the loading of Node's streams.
 */
function descriptorOutput(descriptor: number, stream: () => NodeJS.WriteStream): TextOutput {
  const isTerminal = mayBeTerminal(descriptor) && stream().isTTY === true;
  let open = true;
  return {
    isTerminal,
    get columns() {
      return isTerminal ? stream().columns : undefined;
    },
    write(text) {
      const bytes = Buffer.from(text);
      for (let written = 0; open && written < bytes.length; ) {
        try {
          written += writeSync(descriptor, bytes, written);
        } catch (error) {
          const code = errorCode(error);
          if (code === 'EAGAIN') pause();
          // The reader has gone (`| head`) or nobody listens at all: nothing to say, and nobody to say it to.
          else if (code === 'EPIPE' || code === 'EBADF' || code === 'EIO') open = false;
          else if (code === undefined) throw error;
          else if (descriptor === STANDARD_ERROR) open = false;
          else throw new UsageError(`cannot write to standard output: ${writeReason(error)}`);
        }
      }
    },
  };
}

/**
 * Whether to look closer, which makes Node load its network and stream modules. Pipes, files and the null device, which
 * hooks and CI jobs write to, are spared that: a terminal is some other device.
 */
function mayBeTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return stats.isCharacterDevice() && stats.rdev !== statSync(NULL_DEVICE).rdev;
  } catch {
    // A system without a null device that can be looked at.
    return true;
  }
}

/** A pipe that somebody made non-blocking is full: gives its reader a moment. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    length += chunk.length;
    // One byte more than the limit is enough to tell that it is passed.
    if (length > MAX_FILE_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
