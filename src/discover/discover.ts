import { existsSync, lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { isInside, reportName } from './inside.js';
import { errorCode, reasonOf } from './reasons.js';
import type { SearchOptions } from './search.js';
import type { DiscoveredFile, Discovery, StackInfo } from './types.js';
import { UsageError } from './usage-error.js';

export interface DiscoverRequest {
  /** The working directory, absolute. */
  readonly cwd: string;
  /** Files, directories, globs and `-`; a glob with `!` in front leaves out. Empty: see `discover`. */
  readonly files: readonly string[];
  /** The same for templates that only serve to resolve references. */
  readonly context: readonly string[];
  /** Globs of what a search leaves out, in the syntax of .gitignore. A file named by the user is taken all the same. */
  readonly ignore: readonly string[];
  /** What standard input holds, and the name that its findings bear. */
  readonly stdin?: { readonly text: string; readonly name: string } | undefined;
}

type Role = DiscoveredFile['role'];

/**
 * Finds the files that a run is about. Without files: the cloud assembly `cdk.out/` if there is one, else every
 * template below the working directory that git does not ignore.
 *
 * A named file that exists is taken as it is, at the price of a look at it; the code that searches, matches globs and
 * reads cloud assemblies is loaded only for a call that needs it.
 *
 * @throws UsageError for a named file that does not exist and a glob that matches nothing
 */
export async function discover(request: DiscoverRequest): Promise<Discovery> {
  const excluded = request.files.filter((argument) => isExclusion(argument, request.cwd));
  const named = request.files.filter((argument) => !excluded.includes(argument));
  const options = { cwd: request.cwd, ignore: [...request.ignore, ...excluded.map((glob) => glob.slice(1))] };

  const collection = new Collection(request.cwd);
  const targets = new Collector(options, collection, 'target');
  // Standard input counts wherever `-` stands: its findings are those of the file it stands for.
  if (request.stdin !== undefined) collection.addStdin(request.stdin);
  else if (named.includes('-')) throw new UsageError('there is no template on standard input');
  if (named.length === 0 && request.stdin === undefined) await targets.addDefault();
  for (const argument of named) if (argument !== '-') await targets.add(argument);

  const context = new Collector(options, collection, 'context');
  for (const argument of request.context) await context.add(argument);
  return collection.result();
}

/** `!glob` leaves out, unless there is a file of that very name. */
function isExclusion(argument: string, cwd: string): boolean {
  return argument.startsWith('!') && argument.length > 1 && !existsSync(path.resolve(cwd, argument));
}

/** Turns arguments of one role into files. */
class Collector {
  private readonly assemblies = new AssemblyCache(this);

  constructor(
    readonly options: SearchOptions,
    private readonly collection: Collection,
    private readonly role: Role,
  ) {}

  async addDefault(): Promise<void> {
    const { cwd } = this.options;
    const assembly = path.join(cwd, 'cdk.out');
    await this.search(isOwnDirectory(assembly, cwd) ? assembly : cwd);
  }

  async add(argument: string): Promise<void> {
    if (argument === '') throw new UsageError('an empty file name was given');
    if (argument.includes('\0')) throw new UsageError('a file name cannot hold a null character');
    const file = path.resolve(this.options.cwd, argument);
    const stats = this.look(file);
    if (stats === 'unreadable') return;
    if (stats?.isDirectory()) await this.search(file);
    else if (stats !== undefined) await this.addNamed(file, true);
    else if (/[*?{}[\]]|[!+@]\(/.test(argument)) await this.addGlob(argument);
    else throw await noSuchFile(argument, file);
  }

  /** Undefined when there is no such file. */
  private look(file: string): Stats | undefined | 'unreadable' {
    try {
      return statSync(file, { throwIfNoEntry: false });
    } catch (error) {
      if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(errorCode(error) ?? '')) return undefined;
      this.addUnreadable(file, reasonOf(error));
      return 'unreadable';
    }
  }

  private async addNamed(file: string, named: boolean): Promise<void> {
    const stacks = file.endsWith('.template.json') ? await this.assemblies.stacksOf(file) : [];
    this.collection.add({ file, role: this.role, named, stacks });
  }

  private async addGlob(glob: string): Promise<void> {
    const { expandGlob } = await import('./globs.js');
    const matches = expandGlob(glob, this.options);
    for (const { file, reason } of matches.unreadable) this.addUnreadable(file, reason);
    for (const file of matches.files) await this.addNamed(file, false);
    for (const directory of matches.directories) await this.search(directory);
    const count = matches.files.length + matches.directories.length + matches.unreadable.length;
    if (count > 0) return;
    const isContext = this.role === 'context';
    const told = isContext ? `the context ${glob}` : glob;
    const what = matches.ignored > 0 ? `all files that match ${told} are ignored` : `no file matches ${told}`;
    // Context is often configured once for many projects, some of which have none.
    if (!isContext) throw new UsageError(what);
    this.collection.addNote(what);
  }

  private async search(directory: string): Promise<void> {
    const { searchDirectory } = await import('./search.js');
    searchDirectory(directory, this.options, this);
  }

  addFile(file: string, stacks: readonly StackInfo[]): void {
    this.collection.add({ file, role: this.role, named: false, stacks });
  }

  addUnreadable(file: string, reason: string): void {
    this.collection.addUnreadable(file, reason);
  }
}

/** Whether `directory` is one and lies in `cwd`, a link that leads out of it not counted. */
function isOwnDirectory(directory: string, cwd: string): boolean {
  try {
    const stats = lstatSync(directory, { throwIfNoEntry: false });
    if (!stats?.isSymbolicLink()) return stats?.isDirectory() === true;
    return statSync(directory).isDirectory() && isInside(realpathSync(cwd), realpathSync(directory));
  } catch {
    return false;
  }
}

/** The stacks of templates that the user named one by one and that lie in a cloud assembly: each is read once. */
class AssemblyCache {
  private readonly known = new Map<string, ReadonlyMap<string, readonly StackInfo[]>>();

  constructor(private readonly collector: Collector) {}

  async stacksOf(file: string): Promise<readonly StackInfo[]> {
    const directory = path.dirname(file);
    let templates = this.known.get(directory);
    if (templates === undefined) {
      templates = await this.read(directory);
      this.known.set(directory, templates);
    }
    return templates.get(file) ?? [];
  }

  private async read(directory: string): Promise<ReadonlyMap<string, readonly StackInfo[]>> {
    if (!existsSync(path.join(directory, 'manifest.json'))) return new Map();
    const { readCloudAssembly, MARKER } = await import('./cloud-assembly.js');
    const { isInsideProject } = await import('./project-root.js');
    const mayRead = (file: string) => isInsideProject(this.collector.options.cwd, file);
    const result = readCloudAssembly(directory, { mayRead, stages: false });
    if (result.kind === 'assembly') return result.assembly.templates;
    if (result.kind === 'broken' && existsSync(path.join(directory, MARKER))) {
      this.collector.addUnreadable(result.file, result.reason);
    }
    return new Map();
  }
}

/** The files found so far, by the name that their findings bear. */
class Collection {
  private readonly files = new Map<string, DiscoveredFile>();
  private readonly unreadable = new Map<string, string>();
  private readonly notes = new Set<string>();

  constructor(private readonly cwd: string) {}

  add(found: { file: string; role: Role; named: boolean; stacks: readonly StackInfo[] }): void {
    const name = reportName(this.cwd, found.file);
    const known = this.files.get(name);
    this.files.set(name, {
      path: known?.path ?? found.file,
      name,
      role: known?.role === 'target' ? 'target' : found.role,
      named: known?.named === true || found.named,
      text: known?.text,
      stacks: known !== undefined && known.stacks.length > 0 ? known.stacks : found.stacks,
    });
  }

  addStdin(stdin: { readonly text: string; readonly name: string }): void {
    const name = reportName(this.cwd, path.resolve(this.cwd, stdin.name));
    this.files.set(name, { path: name, name, role: 'target', named: true, text: stdin.text, stacks: [] });
  }

  addUnreadable(file: string, reason: string): void {
    const name = reportName(this.cwd, file);
    if (!this.unreadable.has(name)) this.unreadable.set(name, reason);
  }

  addNote(note: string): void {
    this.notes.add(note);
  }

  result(): Discovery {
    return {
      files: [...this.files.values()].sort(byName),
      unreadable: [...this.unreadable].map(([name, reason]) => ({ name, reason })).sort(byName),
      notes: [...this.notes],
    };
  }
}

/** By code unit, so that the order does not depend on the machine's language. */
function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}

async function noSuchFile(argument: string, file: string): Promise<UsageError> {
  if (isLink(file)) {
    return new UsageError(`no such file: ${argument} is a symbolic link that leads nowhere`);
  }
  const { nearestName } = await import('./nearest-name.js');
  const near = nearestName(file);
  const suggestion = near === undefined ? '' : `; did you mean ${path.join(path.dirname(argument), near)}?`;
  return new UsageError(`no such file: ${argument}${suggestion}`);
}
