import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  type InputPath,
  type InputPaths,
  type InputPathsRequest,
  isExclusion,
  resolveInputPaths,
} from './input-paths.js';
import { reportName } from './inside.js';
import type { Findings, SearchOptions } from './search.js';
import type { StacksAround } from './stacks-around.js';
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
  /** The place in a configuration that names the files; undefined where the user does. */
  readonly filesOrigin?: string | undefined;
  /** What standard input holds, and the name that its findings bear. */
  readonly stdin?: { readonly text: string; readonly name: string } | undefined;
  /** Whether what a search leaves out is told, too. */
  readonly tellsLeftOut?: boolean | undefined;
}

type Role = DiscoveredFile['role'];

/**
 * Finds the files that a run is about: every argument is resolved to paths first, and what they hold is read second.
 * Without files: the cloud assembly of the working directory (`output` of `cdk.json`, else `cdk.out/`) if there is
 * one, else every template below the working directory that git does not ignore, and the assemblies of the CDK apps
 * found there.
 *
 * The code that searches and reads cloud assemblies is loaded only for a call that needs it.
 *
 * @throws UsageError for a named file that does not exist and a glob that matches nothing
 */
export async function discover(request: DiscoverRequest): Promise<Discovery> {
  const { cwd, stdin } = request;
  const excluded = request.files.filter((argument) => isExclusion(argument, cwd));
  const named = request.files.filter((argument) => !excluded.includes(argument));
  if (stdin === undefined && named.includes('-'))
    throw new UsageError('there is no template on standard input');
  const options = { cwd, ignore: [...request.ignore, ...excluded.map((glob) => glob.slice(1))] };
  const { paths, unreadable, notes } = await inputPathsOf(request.filesOrigin, {
    files: named.filter((argument) => argument !== '-'),
    context: request.context,
    enough: stdin !== undefined,
    options,
  });

  const collection = new Collection(cwd);
  // Standard input counts wherever `-` stands: its findings are those of the file it stands for.
  if (stdin !== undefined) collection.addStdin(stdin);
  for (const { file, reason } of unreadable) collection.addUnreadable(file, reason);
  for (const note of notes) collection.addNote(note);
  let around: StacksAround | undefined;
  for (const input of paths) {
    if (input.kind === 'directory') await search(input, options, collection, request.tellsLeftOut === true);
    else if (mayLieInAssembly(input.path)) {
      around ??= new (await import('./stacks-around.js')).StacksAround(cwd, (file, reason) =>
        collection.addUnreadable(file, reason),
      );
      collection.add(input, around.of(input.path));
    } else collection.add(input, []);
  }
  return collection.result();
}

/** An error about files that a configuration names says so. */
async function inputPathsOf(origin: string | undefined, request: InputPathsRequest): Promise<InputPaths> {
  try {
    return await resolveInputPaths(request);
  } catch (error) {
    if (origin === undefined || !(error instanceof UsageError)) throw error;
    throw new UsageError(`${origin}: files: ${error.message}`);
  }
}

function mayLieInAssembly(file: string): boolean {
  return file.endsWith('.template.json') && existsSync(path.join(path.dirname(file), 'manifest.json'));
}

async function search(
  { path: directory, role }: InputPath,
  options: SearchOptions,
  collection: Collection,
  tellsLeftOut: boolean,
) {
  const { searchDirectory } = await import('./search.js');
  const findings: Findings = {
    addFile: (file, stacks) => collection.add({ path: file, role }, stacks),
    addUnreadable: (file, reason) => collection.addUnreadable(file, reason),
    addNote: (note) => collection.addNote(note),
    ...(tellsLeftOut && {
      addLeftOut: (file: string, reason: string) => collection.addLeftOut(file, reason),
    }),
  };
  searchDirectory(directory, options, findings);
}

/** The files found so far, by the name that their findings bear. */
class Collection {
  private readonly files = new Map<string, DiscoveredFile>();
  private readonly unreadable = new Map<string, string>();
  private readonly leftOut = new Map<string, string>();
  private readonly notes = new Set<string>();

  constructor(private readonly cwd: string) {}

  add(found: { path: string; role: Role }, stacks: readonly StackInfo[]): void {
    const name = reportName(this.cwd, found.path);
    const known = this.files.get(name);
    this.files.set(name, {
      path: known?.path ?? found.path,
      name,
      role: known?.role === 'target' ? 'target' : found.role,
      text: known?.text,
      stacks: known !== undefined && known.stacks.length > 0 ? known.stacks : stacks,
    });
  }

  addStdin(stdin: { readonly text: string; readonly name: string }): void {
    const name = reportName(this.cwd, path.resolve(this.cwd, stdin.name));
    this.files.set(name, { path: name, name, role: 'target', text: stdin.text, stacks: [] });
  }

  addUnreadable(file: string, reason: string): void {
    const name = reportName(this.cwd, file);
    if (!this.unreadable.has(name)) this.unreadable.set(name, reason);
  }

  addLeftOut(file: string, reason: string): void {
    this.leftOut.set(reportName(this.cwd, file), reason);
  }

  addNote(note: string): void {
    this.notes.add(note);
  }

  result(): Discovery {
    return {
      files: [...this.files.values()].sort(byName),
      unreadable: [...this.unreadable].map(([name, reason]) => ({ name, reason })).sort(byName),
      ...(this.leftOut.size > 0 && {
        leftOut: [...this.leftOut]
          .filter(([name]) => !this.files.has(name))
          .map(([name, reason]) => ({ name, reason }))
          .sort(byName),
      }),
      notes: [...this.notes],
    };
  }
}

/** By code unit, so that the order does not depend on the machine's language. */
function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
