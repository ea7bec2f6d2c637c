import { realpathSync } from 'node:fs';
import path from 'node:path';
import { isInside } from '../discover/inside.js';
import { isInsideProject, repositoryRoot } from '../discover/project-root.js';
import type { FoundConfig } from './find.js';

/** What a run may read and run of configurations. */
export class Permission {
  /**
   * @param cwd the absolute working directory
   * @param named the configuration that the user named, absolute; undefined when a search looks for one
   * @param noCode whether JavaScript is never run, whoever names it
   */
  constructor(
    private readonly cwd: string,
    private readonly named: string | undefined,
    readonly noCode: boolean,
  ) {}

  /**
   * Whether a configuration that a search came across may be read: within a repository those inside of it, elsewhere
   * those that are no link into another directory. JavaScript must lie in the project itself.
   */
  mayFind({ file, kind }: FoundConfig): boolean {
    if (kind === 'module') return isInsideProject(this.cwd, file);
    const root = repositoryRoot(this.cwd) ?? path.dirname(file);
    try {
      return isInside(realpathSync.native(root), realpathSync.native(file));
    } catch {
      return false;
    }
  }

  /**
   * Whether a file that a configuration names may be read: one of the project, or of the project that the
   * configuration named by the user lies in.
   */
  mayFollow(file: string): boolean {
    return (
      isInsideProject(this.cwd, file) ||
      (this.named !== undefined && isInsideProject(path.dirname(this.named), file))
    );
  }

  /** Whether a plugin may be run: one of the project, or any of a configuration that the user named. */
  mayRun(file: string): boolean {
    return this.named !== undefined || isInsideProject(this.cwd, file);
  }

  /** Whether the plugins of a configuration may be run; undefined, or why not. */
  whyNoCode(file: string): string | undefined {
    if (this.noCode) return 'no-code';
    return this.mayRun(file) ? undefined : 'outside';
  }
}
