import { accessSync, constants, readFileSync, realpathSync } from 'node:fs';
import { writeWhole } from '../plain/whole-file.js';

/** `changed`: the file holds another text than the one that was linted, and was left as it is. */
export type Replacement = 'written' | 'changed';

/**
 * Replaces a file's text in one step: whoever reads it sees the old text or the new one, never a part. A symbolic
 * link stays, and the file it leads to is replaced; mode and owner are kept.
 *
 * Works without a pause, so that a process which listens to a signal (see `uninterrupted`) is never stopped halfway.
 *
 * @param linted the text as it was linted, with its byte order mark if it has one
 * @throws FileLeftAlone where hard links or the owner would be lost; the file system's error when the file is gone,
 *   cannot be written, or the disk is full. The file is then as before, and no temporary file is left
 */
export function replaceFile(path: string, linted: string, text: string): Replacement {
  const target = realpathSync(path);
  // Renaming over a file needs no right to write it; a write-protected file is protected from fixes all the same.
  accessSync(target, constants.W_OK);
  const expected = Buffer.from(linted, 'utf8');
  const isAsLinted = () => readFileSync(target).equals(expected);
  return isAsLinted() && writeWhole(target, text, isAsLinted) ? 'written' : 'changed';
}
