import { existsSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { errorCode, reasonOf } from './reasons.js';
import type { SearchOptions } from './search.js';
import type { DiscoveredFile } from './types.js';
import { UsageError } from './usage-error.js';

/** A file or a directory to read: what an argument comes to. */
export interface InputPath {
  readonly kind: 'file' | 'directory';
  /** Absolute. */
  readonly path: string;
  readonly role: DiscoveredFile['role'];
}

/** What the arguments of a run come to, before anything is read. */
export interface InputPaths {
  readonly paths: readonly InputPath[];
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

export interface InputPathsRequest {
  /** What the run is about: files, directories, globs; none: the cloud assembly of the working directory, or all. */
  readonly files: readonly string[];
  readonly context: readonly string[];
  /** Whether there is something to check without any file: a template on standard input. */
  readonly enough: boolean;
  readonly options: SearchOptions;
}

/**
 * Resolves the arguments of a run to paths.
 *
 * A named file that exists is taken as it is, at the price of a look at it; the code that matches globs and reads
 * `cdk.json` is loaded only for a call that needs it.
 *
 * @throws UsageError for a named file that does not exist and a glob that matches nothing
 */
export async function resolveInputPaths({
  files,
  context,
  enough,
  options,
}: InputPathsRequest): Promise<InputPaths> {
  const resolver = new Resolver(options);
  if (files.length === 0 && !enough) await resolver.addDefault();
  for (const argument of files) await resolver.add(argument, 'target');
  for (const argument of context) await resolver.add(argument, 'context');
  return resolver;
}

class Resolver implements InputPaths {
  readonly paths: InputPath[] = [];
  readonly unreadable: { file: string; reason: string }[] = [];
  readonly notes: string[] = [];

  constructor(private readonly options: SearchOptions) {}

  async addDefault(): Promise<void> {
    const { cwd } = this.options;
    const { assemblyDirectoryOf } = await import('./cdk-app.js');
    const directory = assemblyDirectoryOf(cwd, cwd) ?? cwd;
    this.paths.push({ kind: 'directory', path: directory, role: 'target' });
  }

  async add(argument: string, role: InputPath['role']): Promise<void> {
    if (argument === '') throw new UsageError('an empty file name was given');
    if (argument.includes('\0')) throw new UsageError('a file name cannot hold a null character');
    const file = path.resolve(this.options.cwd, argument);
    const stats = this.look(file);
    if (stats === 'unreadable') return;
    if (stats !== undefined) {
      this.paths.push({ kind: stats.isDirectory() ? 'directory' : 'file', path: file, role });
    } else if (/[*?{}[\]]|[!+@]\(/.test(argument)) await this.addGlob(argument, role);
    else throw (await import('./no-such-file.js')).noSuchFile(argument, file);
  }

  /** Undefined when there is no such file. */
  private look(file: string): Stats | undefined | 'unreadable' {
    try {
      return statSync(file, { throwIfNoEntry: false });
    } catch (error) {
      if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(errorCode(error) ?? '')) return undefined;
      this.unreadable.push({ file, reason: reasonOf(error) });
      return 'unreadable';
    }
  }

  private async addGlob(glob: string, role: InputPath['role']): Promise<void> {
    const { expandGlob } = await import('./globs.js');
    const matches = expandGlob(glob, this.options);
    this.unreadable.push(...matches.unreadable);
    for (const file of matches.files) this.paths.push({ kind: 'file', path: file, role });
    for (const directory of matches.directories) {
      this.paths.push({ kind: 'directory', path: directory, role });
    }
    if (matches.nothing === undefined) return;
    // Context is often configured once for many projects, some of which have none.
    if (role !== 'context') throw new UsageError(matches.nothing(glob));
    this.notes.push(matches.nothing(`the context ${glob}`));
  }
}

/** `!glob` leaves out, unless there is a file of that very name. */
export function isExclusion(argument: string, cwd: string): boolean {
  return argument.startsWith('!') && argument.length > 1 && !existsSync(path.resolve(cwd, argument));
}
