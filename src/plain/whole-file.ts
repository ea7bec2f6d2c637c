import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A file that is left as it is, since it would not be the same file afterwards; the message says why. */
export class FileLeftAlone extends Error {
  override readonly name = 'FileLeftAlone';
}

/** A temporary file of this age is no longer being written: the run that began it was killed. */
const ABANDONED = 60_000;

/**
 * Writes a file in one step: whoever reads it sees the old text or the new one, never a part. Mode and owner are kept.
 * Works without a pause, so that a process which listens to a signal is never stopped halfway.
 *
 * @param file its own path, no link
 * @param mayReplace asked when the new text is on the disk; the file stays as it is when it says no
 * @returns whether it was written
 * @throws FileLeftAlone where it has hard links or an owner that cannot be kept; the file system's error when it cannot
 *   be written. The file is then as before, and no temporary file is left
 */
export function writeWhole(file: string, text: string, mayReplace: () => boolean = () => true): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  const before = stats?.isFile() ? stats : undefined;
  if (before !== undefined && before.nlink > 1)
    throw new FileLeftAlone('it has other names (hard links), which would keep the old text');
  clearAbandoned(file);
  const temporary = join(dirname(file), temporaryName(file, randomBytes(6).toString('hex')));
  try {
    writeThrough(temporary, text, before);
    if (!mayReplace()) return false;
    renameSync(temporary, file);
    return true;
  } finally {
    // After the rename there is nothing left to remove.
    rmSync(temporary, { force: true });
  }
}

function temporaryName(file: string, random: string): string {
  return `.${basename(file)}.${random}.tmp`;
}

/** Removes what killed runs left beside a file. What cannot be removed is in nobody's way. */
function clearAbandoned(file: string): void {
  const [start = '', end = ''] = temporaryName(file, '\0').split('\0');
  for (const name of readdirSync(dirname(file))) {
    if (!name.startsWith(start) || !name.endsWith(end)) continue;
    if (!/^[0-9a-f]{12}$/.test(name.slice(start.length, -end.length))) continue;
    const left = join(dirname(file), name);
    try {
      if (Date.now() - statSync(left).mtimeMs > ABANDONED) rmSync(left);
    } catch {
      // Another run was faster.
    }
  }
}

/** Writes a new file down to the disk, as like the one that it is to replace as can be. */
function writeThrough(path: string, text: string, before: Stats | undefined): void {
  const file = openSync(path, 'wx', before === undefined ? 0o666 : 0o600);
  try {
    writeFileSync(file, text);
    if (before !== undefined) {
      keepOwner(file, before);
      // The mode given to `open` would be cut down by the umask.
      fchmodSync(file, before.mode & 0o7777);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function keepOwner(file: number, { uid, gid }: Stats): void {
  const own = fstatSync(file);
  if (own.uid === uid && own.gid === gid) return;
  try {
    fchownSync(file, uid, gid);
  } catch {
    throw new FileLeftAlone('it belongs to another user or group, which it would not afterwards');
  }
}
