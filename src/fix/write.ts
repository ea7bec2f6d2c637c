import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** `changed`: the file holds another text than the one that was linted, and was left as it is. */
export type Replacement = 'written' | 'changed';

/**
 * Replaces a file's text in one step: whoever reads it sees the old text or the new one, never a part. A symbolic
 * link stays, and the file it leads to is replaced; the mode is kept.
 *
 * Works without a pause, so that a process which listens to a signal (see `uninterrupted`) is never stopped halfway.
 *
 * @param linted the text as it was linted, with its byte order mark if it has one
 * @throws the file system's error when the file is gone, cannot be written, or the disk is full; the file is then as
 *   before, and no temporary file is left
 */
export function replaceFile(path: string, linted: string, text: string): Replacement {
  const target = realpathSync(path);
  // Renaming over a file needs no right to write it; a write-protected file is protected from fixes all the same.
  accessSync(target, constants.W_OK);
  const expected = Buffer.from(linted, 'utf8');
  if (!readFileSync(target).equals(expected)) return 'changed';

  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    writeThrough(temporary, text, statSync(target).mode & 0o7777);
    if (!readFileSync(target).equals(expected)) return 'changed';
    renameSync(temporary, target);
    return 'written';
  } finally {
    // After the rename there is nothing left to remove.
    rmSync(temporary, { force: true });
  }
}

/** Writes a new file down to the disk. */
function writeThrough(path: string, text: string, mode: number): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    // The mode given to `open` would be cut down by the umask.
    fchmodSync(file, mode);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
