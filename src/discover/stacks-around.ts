import { existsSync } from 'node:fs';
import path from 'node:path';
import { MARKER, readCloudAssembly } from './cloud-assembly.js';
import { isInsideProject } from './project-root.js';
import type { StackInfo } from './types.js';

/** The stacks of templates that the user named one by one and that lie in a cloud assembly: each is read once. */
export class StacksAround {
  private readonly known = new Map<string, ReadonlyMap<string, readonly StackInfo[]>>();

  constructor(
    private readonly cwd: string,
    private readonly onUnreadable: (file: string, reason: string) => void,
  ) {}

  /** @param file the absolute path of a template in a directory that has a manifest */
  of(file: string): readonly StackInfo[] {
    const directory = path.dirname(file);
    let templates = this.known.get(directory);
    if (templates === undefined) {
      templates = this.read(directory);
      this.known.set(directory, templates);
    }
    return templates.get(file) ?? [];
  }

  private read(directory: string): ReadonlyMap<string, readonly StackInfo[]> {
    const mayRead = (file: string): boolean => isInsideProject(this.cwd, file);
    const result = readCloudAssembly(directory, { mayRead, stages: false });
    if (result.kind === 'assembly') return result.assembly.templates;
    if (result.kind === 'broken' && existsSync(path.join(directory, MARKER))) {
      this.onUnreadable(result.file, result.reason);
    }
    return new Map();
  }
}
