import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { isInside } from './inside.js';

/** The project that a working directory belongs to: the nearest directory upwards with a `.git`, else itself. */
export function projectRoot(cwd: string): string {
  return repositoryRoot(cwd) ?? cwd;
}

/** The nearest directory from `directory` upwards that has a `.git`; undefined outside of every repository. */
export function repositoryRoot(directory: string): string | undefined {
  for (let candidate = directory; ; candidate = path.dirname(candidate)) {
    // In a worktree or submodule, `.git` is a file.
    if (existsSync(path.join(candidate, '.git'))) return candidate;
    if (path.dirname(candidate) === candidate) return undefined;
  }
}

/**
 * Whether a file that a template names, and not the user, may be read: it exists, and its real place, all links
 * followed, lies in the project of the working directory.
 *
 * @param cwd the absolute working directory
 * @param file an absolute path
 */
export function isInsideProject(cwd: string, file: string): boolean {
  try {
    return isInside(realpathSync.native(projectRoot(cwd)), realpathSync.native(file));
  } catch {
    // Not there, no permission, links in a circle, a path that is none: nothing that may be read.
    return false;
  }
}
