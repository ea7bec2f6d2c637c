import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { frontEndsFor, isOfForeignSyntax } from '../frontends/index.js';
import { MAX_FILE_BYTES } from '../source/limits.js';
import { assemblyDirectoryOf, CDK_APP, outputOf } from './cdk-app.js';
import { type CloudAssembly, MANIFEST, MARKER, readCloudAssembly } from './cloud-assembly.js';
import { gitIgnoreRules, type IgnoreRules, userIgnoreRules, withGitIgnore } from './ignore-rules.js';
import { reportName } from './inside.js';
import { isInsideProject } from './project-root.js';
import { reasonOf } from './reasons.js';
import type { StackInfo } from './types.js';

/** What a search came across: absolute files. */
export interface Findings {
  addFile(file: string, stacks: readonly StackInfo[]): void;
  addUnreadable(file: string, reason: string): void;
  /** What is missing, in a sentence without a full stop. */
  addNote(note: string): void;
  /** What is left out though it may hold an input, with the reason as a clause; not asked for in an ordinary run. */
  readonly addLeftOut?: (file: string, reason: string) => void;
}

export interface SearchOptions {
  /** Absolute. */
  readonly cwd: string;
  /** Globs of what to leave out, in the syntax of .gitignore, relative to `cwd`. */
  readonly ignore: readonly string[];
}

/** Folders that hold other people's files. */
const NEVER_SEARCHED = new Set(['node_modules', 'site-packages', '.git']);

/** `*.template.json` is among them. */
const TEMPLATE_NAME = /\.(?:json|ya?ml|template)$/i;

/** What the AgentCore CLI keeps beside `agentcore.json`: it holds names and ARNs, and nothing to check. */
const STATE_OF_AGENTCORE_CLI = /[\\/](?:agentcore[\\/]aws-targets|\.cli[\\/]deployed-state)\.json$/;

/** Why a search leaves something out, as a clause. */
const LEFT_OUT = {
  git: 'git ignores it',
  user: 'the configuration or the command line leaves it out',
  foreign: "it holds other people's files",
  link: 'it is a symbolic link, and a search follows none',
  code: 'it is code that names no call that is read, or too large',
};

/** The folder of an AgentCore project, which has a CDK app in its folder `cdk`. */
const AGENTCORE_PROJECT = 'agentcore';

/**
 * Searches a directory that the user named, and all below it, for what may be templates: by name; which of them are
 * templates shows when they are read; code only where it names a call that is read. Left out are `node_modules`,
 * `site-packages`, `.git`, what git ignores and what the options
 * ignore. A cloud assembly on the way gives the templates that its manifest lists, and nothing else.
 *
 * A CDK app on the way (a `cdk.json`, or an AgentCore project's `agentcore/cdk`) gives its cloud assembly, which git
 * ignores as a rule: it is what the app deploys.
 *
 * No symbolic link is followed: what it leads to is found under its own name, or lies outside or in a circle.
 *
 * @param directory absolute
 */
export function searchDirectory(directory: string, options: SearchOptions, findings: Findings): void {
  const userRules = userIgnoreRules(options.ignore, options.cwd);
  const root = { directory, rules: gitIgnoreRules(directory, options.cwd) };
  const assemblies = new Set<string>();
  const apps = new Set<string>();
  // A list and not recursion: how deep folders are nested is not ours to trust.
  const open: { readonly directory: string; readonly rules: IgnoreRules | undefined }[] = [root];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const entries = list(place.directory, findings);
    const isUsers = place === root;
    const assembly = assemblyAmong(entries, place.directory, isUsers, options, findings);
    if (assembly !== undefined) {
      assemblies.add(place.directory);
      addAssembly(assembly, userRules, findings);
      continue;
    }
    for (const app of appsAmong(entries, place.directory)) apps.add(app);
    const ownRules = !isUsers && entries.some((entry) => entry.name === '.gitignore' && entry.isFile());
    const rules = ownRules ? withGitIgnore(place.rules, place.directory) : place.rules;
    const isLeftOut = (file: string, isDirectory: boolean): boolean => {
      const reason = rules?.leavesOut(file, isDirectory)
        ? LEFT_OUT.git
        : userRules?.leavesOut(file, isDirectory)
          ? LEFT_OUT.user
          : undefined;
      if (reason !== undefined) findings.addLeftOut?.(file, reason);
      return reason !== undefined;
    };
    for (const entry of entries) {
      const file = path.join(place.directory, entry.name);
      if (entry.isDirectory()) {
        if (NEVER_SEARCHED.has(entry.name)) findings.addLeftOut?.(file, LEFT_OUT.foreign);
        else if (!isLeftOut(file, true)) open.push({ directory: file, rules });
      } else if (entry.isSymbolicLink() && mayBeInput(file)) {
        findings.addLeftOut?.(file, LEFT_OUT.link);
      } else if (entry.isFile() && mayBeInput(file) && !isLeftOut(file, false)) {
        if (isWanted(file)) findings.addFile(file, []);
        else findings.addLeftOut?.(file, LEFT_OUT.code);
      }
    }
  }
  for (const app of apps) {
    const output = assemblyDirectoryOf(app, options.cwd);
    if (output !== undefined && (assemblies.has(output) || userRules?.leavesOut(output, true))) continue;
    const entries = output === undefined ? [] : list(output, findings);
    const assembly =
      output === undefined ? undefined : assemblyAmong(entries, output, true, options, findings);
    if (output !== undefined && assembly !== undefined) {
      assemblies.add(output);
      addAssembly(assembly, userRules, findings);
    } else if (!entries.some((entry) => entry.name === MANIFEST)) {
      findings.addNote(notSynthesized(app, options.cwd));
    }
  }
}

function mayBeInput(file: string): boolean {
  return (TEMPLATE_NAME.test(file) && !STATE_OF_AGENTCORE_CLI.test(file)) || isOfForeignSyntax(file);
}

/** Whether a file is worth a line in the report: code is one only where it names one of the calls that are read. */
function isWanted(file: string): boolean {
  if (!isOfForeignSyntax(file)) return true;
  try {
    if (statSync(file).size > MAX_FILE_BYTES) return false;
    return frontEndsFor(file, readFileSync(file, 'utf8')).length > 0;
  } catch {
    // Whoever reads it next says why it cannot be read.
    return true;
  }
}

/** The CDK apps that a directory with these entries shows: itself, or that of an AgentCore project. */
function appsAmong(entries: readonly Dirent[], directory: string): readonly string[] {
  if (entries.some((entry) => entry.name === CDK_APP && entry.isFile())) return [directory];
  const cdk = entries.find((entry) => entry.name === 'cdk' && entry.isDirectory());
  const app = path.join(directory, 'cdk');
  const isProject = path.basename(directory) === AGENTCORE_PROJECT && cdk !== undefined;
  return isProject && existsSync(path.join(app, CDK_APP)) ? [app] : [];
}

function notSynthesized(app: string, cwd: string): string {
  const name = (file: string): string => reportName(cwd, file);
  const what = `the cloud assembly ${name(outputOf(app))} is not there`;
  return `${name(path.join(app, CDK_APP))}: ${what}, so nothing of this CDK app was checked; run cdk synth first`;
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
