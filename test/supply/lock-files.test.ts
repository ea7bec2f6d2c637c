import { readFileSync } from 'node:fs';
import path from 'node:path';
import fastGlob from 'fast-glob';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../hooks/project.js';

interface Entry {
  readonly resolved?: string;
  readonly integrity?: string;
  /** A folder of this repository. */
  readonly link?: boolean;
  /** Comes inside the archive of the package above it, whose hash covers it. */
  readonly inBundle?: boolean;
}

const SHA512 = /^sha512-[\w+/]{86}==$/;

const LOCK_FILES = fastGlob.sync('**/package-lock.json', { cwd: ROOT, ignore: ['**/node_modules/**'] });

/** What a lock file leaves open of an entry; undefined when it is pinned to one archive. */
function looseness(lockFile: string, place: string, entry: Entry): string | undefined {
  if (!place.includes('node_modules/')) return undefined;
  if (entry.link) {
    const folder = path.relative(ROOT, path.resolve(ROOT, path.dirname(lockFile), entry.resolved ?? '..'));
    return folder.startsWith('..') ? `${place} links to ${entry.resolved}` : undefined;
  }
  if (entry.inBundle) return undefined;
  if (!SHA512.test(entry.integrity ?? '')) return `${place} has no SHA-512 hash`;
  // npm leaves the address out where it is that of the registry it is set to; every other source would be named.
  return entry.resolved === undefined ? undefined : `${place} comes from ${entry.resolved}`;
}

describe('lock files', () => {
  it('are there', () => expect(LOCK_FILES).toContain('package-lock.json'));

  it.each(LOCK_FILES)('%s pins every package to one archive, and names no source of its own', (lockFile) => {
    const { lockfileVersion, packages } = JSON.parse(readFileSync(path.join(ROOT, lockFile), 'utf8'));
    expect(lockfileVersion).toBe(3);
    const entries: [string, Entry][] = Object.entries(packages);
    expect(entries.length).toBeGreaterThan(1);
    expect(entries.flatMap(([place, entry]) => looseness(lockFile, place, entry) ?? [])).toEqual([]);
  });
});
