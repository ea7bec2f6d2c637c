import fs from 'node:fs';
import path from 'node:path';
import fastGlob from 'fast-glob';
import { type CloudAssembly, readCloudAssembly } from './cloud-assembly.js';
import { refusePastLimits } from './glob-refusal.js';
import { gitIgnoreRules, type IgnoreRules, userIgnoreRules, withGitIgnore } from './ignore-rules.js';
import { isInsideProject } from './project-root.js';
import { reasonOf } from './reasons.js';
import type { SearchOptions } from './search.js';

/** What a glob stands for: absolute paths. */
export interface GlobMatches {
  readonly files: readonly string[];
  /**
   * Directories that the glob names (`packages/*`); of a glob with `**`, which goes into them by itself, only those
   * that hold a cloud assembly.
   */
  readonly directories: readonly string[];
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
  /** Where the glob comes to nothing: why, in a clause that names it. */
  readonly nothing: ((glob: string) => string) | undefined;
}

/**
 * Expands a glob relative to the working directory. Left out is what a search leaves out, but a cloud assembly that
 * the glob matches, and a template of one, are taken though git ignores them. Symbolic links are not followed, and a
 * leading dot must be written.
 *
 * @throws UsageError for a glob past the limits
 */
export function expandGlob(glob: string, options: SearchOptions): GlobMatches {
  refusePastLimits(glob);
  const unreadable: { file: string; reason: string }[] = [];
  const pattern = path.sep === '/' ? glob : glob.replaceAll(path.sep, '/');
  const matches = fastGlob.globSync(pattern, {
    cwd: options.cwd,
    absolute: true,
    onlyFiles: false,
    objectMode: true,
    followSymbolicLinks: false,
    ignore: ['**/node_modules/**', '**/.git/**'],
    fs: {
      readdirSync: tolerantReaddir((file, error) => unreadable.push({ file, reason: reasonOf(error) })),
    },
  });
  const base = path.resolve(options.cwd, staticBase(pattern));
  const assemblies = new AssembliesOnTheWay(options);
  const found = matches
    .map((match) => ({ file: path.resolve(match.path), isDirectory: match.dirent.isDirectory() }))
    .filter(
      ({ file, isDirectory }) => !isDirectory || !pattern.includes('**') || assemblies.isAssembly(file),
    );
  const leftOut = ignoredBelow(base, options);
  const leftOutByUser = ignoredBelow(base, options, 'user');
  const kept = found.filter(
    ({ file, isDirectory }) =>
      !leftOut(file, isDirectory) || (assemblies.lists(file) && !leftOutByUser(file, isDirectory)),
  );
  const paths = (wanted: boolean) =>
    kept.filter(({ isDirectory }) => isDirectory === wanted).map(({ file }) => file);
  const isEmpty = kept.length + unreadable.length === 0;
  return {
    files: paths(false),
    directories: paths(true),
    unreadable,
    nothing: isEmpty ? (told) => nothing(told, found.length > 0) : undefined,
  };
}

function nothing(glob: string, isIgnored: boolean): string {
  return isIgnored ? `all files that match ${glob} are ignored` : `no file matches ${glob}`;
}

/** The folders in front of the first that holds a glob character: what the user named in plain words. */
function staticBase(pattern: string): string {
  const parts = pattern.split('/');
  const dynamic = parts.findIndex((part) => /[\\*?[\]{}()!+@|]/.test(part));
  return parts.slice(0, dynamic < 0 ? -1 : dynamic).join('/') || (pattern.startsWith('/') ? '/' : '.');
}

/** The cloud assemblies that a glob matches, or reaches into. */
class AssembliesOnTheWay {
  private readonly known = new Map<string, CloudAssembly | undefined>();

  constructor(private readonly options: SearchOptions) {}

  isAssembly(directory: string): boolean {
    return this.at(directory) !== undefined;
  }

  /** Whether a path is a cloud assembly or one of the templates of the assembly that it lies in. */
  lists(file: string): boolean {
    return this.isAssembly(file) || this.at(path.dirname(file))?.templates.has(file) === true;
  }

  private at(directory: string): CloudAssembly | undefined {
    if (!this.known.has(directory)) {
      const mayRead = (file: string): boolean => isInsideProject(this.options.cwd, file);
      const result = readCloudAssembly(directory, { mayRead, stages: false });
      this.known.set(directory, result.kind === 'assembly' ? result.assembly : undefined);
    }
    return this.known.get(directory);
  }
}

/**
 * Whether a path below `base` is ignored, be it itself or through a folder between the two.
 * @param who whose rules count: those of git and of the user, or only the user's
 */
function ignoredBelow(
  base: string,
  options: SearchOptions,
  who: 'all' | 'user' = 'all',
): (file: string, isDirectory: boolean) => boolean {
  const userRules = userIgnoreRules(options.ignore, options.cwd);
  /** The rules in a directory; `ignored` for one that is left out as a whole. */
  const known = new Map<string, IgnoreRules | undefined | 'ignored'>();
  known.set(base, who === 'all' ? gitIgnoreRules(base, options.cwd) : undefined);

  const isIgnored = (file: string, isDirectory: boolean): boolean => {
    const rules = rulesIn(path.dirname(file));
    return (
      rules === 'ignored' ||
      rules?.leavesOut(file, isDirectory) === true ||
      userRules?.leavesOut(file, isDirectory) === true
    );
  };
  const rulesIn = (directory: string): IgnoreRules | undefined | 'ignored' => {
    if (known.has(directory)) return known.get(directory);
    const parent = path.dirname(directory);
    if (parent === directory) return undefined; // a glob with `..` in its middle can leave its base
    const inherited = (): IgnoreRules | undefined => plain(rulesIn(parent));
    const rules = isIgnored(directory, true)
      ? 'ignored'
      : who === 'all'
        ? withGitIgnore(inherited(), directory)
        : undefined;
    known.set(directory, rules);
    return rules;
  };
  const plain = (rules: IgnoreRules | undefined | 'ignored') => (rules === 'ignored' ? undefined : rules);
  return (file, isDirectory) => file !== base && isIgnored(file, isDirectory);
}

/** A `readdirSync` for which a directory that cannot be listed is empty; told to `onError` unless it is just gone. */
function tolerantReaddir(onError: (directory: string, error: unknown) => void): typeof fs.readdirSync {
  const readdirSync = (directory: string, options: { withFileTypes: true }) => {
    try {
      return fs.readdirSync(directory, options);
    } catch (error) {
      if (fs.existsSync(directory)) onError(path.resolve(directory), error);
      return [];
    }
  };
  return readdirSync as typeof fs.readdirSync;
}
