import { type Dirent, readdirSync } from 'node:fs';
import path from 'node:path';
import { type CloudAssembly, MANIFEST, MARKER, readCloudAssembly } from './cloud-assembly.js';
import { gitIgnoreRules, type IgnoreRules, userIgnoreRules, withGitIgnore } from './ignore-rules.js';
import { isInsideProject } from './project-root.js';
import { reasonOf } from './reasons.js';
import type { StackInfo } from './types.js';

/** What a search came across: absolute files. */
export interface Findings {
  addFile(file: string, stacks: readonly StackInfo[]): void;
  addUnreadable(file: string, reason: string): void;
}

export interface SearchOptions {
  /** Absolute. */
  readonly cwd: string;
  /** Globs of what to leave out, in the syntax of .gitignore, relative to `cwd`. */
  readonly ignore: readonly string[];
}

/** Folders that hold other people's files. */
const NEVER_SEARCHED = new Set(['node_modules', '.git']);

/** `*.template.json` is among them. */
const TEMPLATE_NAME = /\.(?:json|ya?ml|template)$/i;

/**
 * Searches a directory that the user named, and all below it, for what may be templates: by name; which of them are
 * templates shows when they are read. Left out are `node_modules`, `.git`, what git ignores and what the options
 * ignore. A cloud assembly on the way gives the templates that its manifest lists, and nothing else.
 *
 * No symbolic link is followed: what it leads to is found under its own name, or lies outside or in a circle.
 *
 * @param directory absolute
 */
export function searchDirectory(directory: string, options: SearchOptions, findings: Findings): void {
  const userRules = userIgnoreRules(options.ignore, options.cwd);
  const root = { directory, rules: gitIgnoreRules(directory, options.cwd) };
  // A list and not recursion: how deep folders are nested is not ours to trust.
  const open: { readonly directory: string; readonly rules: IgnoreRules | undefined }[] = [root];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const entries = list(place.directory, findings);
    const isUsers = place === root;
    const assembly = assemblyAmong(entries, place.directory, isUsers, options, findings);
    if (assembly !== undefined) {
      addAssembly(assembly, userRules, findings);
      continue;
    }
    const ownRules = !isUsers && entries.some((entry) => entry.name === '.gitignore' && entry.isFile());
    const rules = ownRules ? withGitIgnore(place.rules, place.directory) : place.rules;
    const leftOut = (file: string, isDirectory: boolean) =>
      rules?.leavesOut(file, isDirectory) || userRules?.leavesOut(file, isDirectory);
    for (const entry of entries) {
      const file = path.join(place.directory, entry.name);
      if (entry.isDirectory()) {
        if (!NEVER_SEARCHED.has(entry.name) && !leftOut(file, true)) open.push({ directory: file, rules });
      } else if (entry.isFile() && TEMPLATE_NAME.test(entry.name) && !leftOut(file, false)) {
        findings.addFile(file, []);
      }
    }
  }
}

function list(directory: string, findings: Findings): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    findings.addUnreadable(directory, reasonOf(error));
    return [];
  }
}

/** The cloud assembly whose directory has these entries, if it is one. */
function assemblyAmong(
  entries: readonly Dirent[],
  directory: string,
  isUsers: boolean,
  options: SearchOptions,
  findings: Findings,
): CloudAssembly | undefined {
  if (!entries.some((entry) => entry.name === MANIFEST && entry.isFile())) return undefined;
  const mayRead = (file: string) => isInsideProject(options.cwd, file);
  const result = readCloudAssembly(directory, { mayRead, stages: true });
  if (result.kind === 'assembly') return result.assembly;
  // Many programs have a manifest.json: a broken one matters where the user or the CDK says that it is ours.
  const isMeant = isUsers || entries.some((entry) => entry.name === MARKER);
  if (result.kind === 'broken' && isMeant) findings.addUnreadable(result.file, result.reason);
  return undefined;
}

function addAssembly(assembly: CloudAssembly, userRules: IgnoreRules | undefined, findings: Findings): void {
  for (const [file, stacks] of assembly.templates) {
    if (!userRules?.leavesOut(file, false)) findings.addFile(file, stacks);
  }
  for (const { file, reason } of assembly.problems) findings.addUnreadable(file, reason);
}
