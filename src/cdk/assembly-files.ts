import { statSync } from 'node:fs';
import path from 'node:path';
import { outermostAssembly, readCloudAssembly } from '../discover/cloud-assembly.js';
import { expandGlob } from '../discover/globs.js';
import { reportName } from '../discover/inside.js';
import { isInsideProject } from '../discover/project-root.js';
import { searchDirectory } from '../discover/search.js';
import type { DiscoveredFile, Discovery, StackInfo } from '../discover/types.js';
import { isOfForeignSyntax } from '../frontends/index.js';

type Role = DiscoveredFile['role'];

/**
 * The files of a run over some stacks of a cloud assembly: their templates, those of the stacks nested in them, and
 * as context the rest of the app, which SSM parameters and exports may lead into.
 *
 * @param templates paths, relative ones to `cwd`; all stacks of an assembly or of some of its stages
 * @param context files, directories and globs of more templates that only serve to resolve references
 */
export function assemblyFiles(
  templates: readonly string[],
  context: readonly string[],
  cwd: string,
): Discovery {
  const files = new Files(cwd);
  const templatePaths = templates.map((file) => path.resolve(cwd, file));
  const directories = new Set(templatePaths.map((file) => path.dirname(file)));
  for (const directory of new Set([...directories].map(outermostAssembly))) {
    const mayRead = (file: string): boolean => isInsideProject(cwd, file);
    const result = readCloudAssembly(directory, { mayRead, stages: true });
    if (result.kind === 'broken') files.addUnreadable(result.file, result.reason);
    if (result.kind !== 'assembly') continue;
    for (const [file, stacks] of result.assembly.templates) {
      files.add(file, directories.has(path.dirname(file)) ? 'target' : 'context', stacks);
    }
    for (const { file, reason } of result.assembly.problems) files.addUnreadable(file, reason);
  }
  for (const file of templatePaths) files.add(file, 'target', []);
  for (const argument of context) files.addContext(argument);
  return files.discovery();
}

class Files {
  private readonly found = new Map<string, DiscoveredFile>();
  private readonly unreadable = new Map<string, string>();
  private readonly notes: string[] = [];

  constructor(private readonly cwd: string) {}

  /** What was added first stays. */
  add(file: string, role: Role, stacks: readonly StackInfo[]): void {
    const name = reportName(this.cwd, file);
    // The CDK waits for nobody, and what reads code is loaded when it is met.
    if (this.found.has(name) || isOfForeignSyntax(name)) return;
    this.found.set(name, { path: file, name, role, text: undefined, stacks });
  }

  addFile(file: string): void {
    this.add(file, 'context', []);
  }

  addUnreadable(file: string, reason: string): void {
    this.unreadable.set(reportName(this.cwd, file), reason);
  }

  addContext(argument: string): void {
    const options = { cwd: this.cwd, ignore: [] };
    const file = path.resolve(this.cwd, argument);
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats !== undefined) {
      if (stats.isDirectory()) searchDirectory(file, options, this.asContext());
      else this.addFile(file);
      return;
    }
    const matches = expandGlob(argument, options);
    for (const match of matches.files) this.addFile(match);
    for (const directory of matches.directories) searchDirectory(directory, options, this.asContext());
    if (matches.nothing !== undefined) this.notes.push(matches.nothing(`the context ${argument}`));
  }

  /** For a search of context: a file of it that cannot be read is nobody's fault here. */
  private asContext(): Parameters<typeof searchDirectory>[2] {
    return {
      addFile: (file, stacks) => this.add(file, 'context', stacks),
      addUnreadable: () => {},
      addNote: () => {},
    };
  }

  discovery(): Discovery {
    return {
      files: [...this.found.values()].sort(byName),
      unreadable: [...this.unreadable].map(([name, reason]) => ({ name, reason })).sort(byName),
      notes: this.notes,
    };
  }
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
