import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { pastGlobLimits } from '../plain/glob-limits.js';
import { refusePastLimits } from './glob-refusal.js';
import { isInside } from './inside.js';
import { repositoryRoot } from './project-root.js';
import { readText } from './read.js';

/** An ignore file larger than this is no ignore file. */
const MAX_IGNORE_FILE_BYTES = 1_000_000;

/** So many lines of an ignore file count: each is held against each path, and the longest that people write are far shorter. */
export const MAX_IGNORE_PATTERNS = 5_000;

/**
 * What is left out of a search, as seen from one directory: a chain of pattern lists, the nearest first, of which the
 * first to speak about a path decides (as git does; https://git-scm.com/docs/gitignore).
 *
 * A list that ignores a directory which is being searched all the same has been overruled, by a nearer list or by
 * the user who named that directory: it has no say about what lies in it.
 */
export class IgnoreRules {
  private constructor(
    /** The absolute directory that the patterns are relative to, with a separator at its end. */
    private readonly prefix: string,
    private readonly patterns: Ignore,
    private readonly farther: IgnoreRules | undefined,
  ) {}

  /** Puts the patterns of a text in the syntax of .gitignore in front of `farther`. */
  static of(
    base: string,
    patterns: string | readonly string[],
    farther: IgnoreRules | undefined,
  ): IgnoreRules {
    // Letter case counts on every system, so that a run says the same everywhere.
    const prefix = base.endsWith(path.sep) ? base : base + path.sep;
    return new IgnoreRules(prefix, ignore({ ignorecase: false }).add(patterns), farther);
  }

  /** Whether the patterns leave out a path below the directory that this chain belongs to. */
  leavesOut(file: string, isDirectory: boolean): boolean {
    for (let rules: IgnoreRules | undefined = this; rules !== undefined; rules = rules.farther) {
      const name = rules.nameOf(file);
      if (name === undefined) continue;
      const verdict = rules.patterns.test(isDirectory ? `${name}/` : name);
      if (verdict.unignored) return false;
      if (verdict.ignored && !rules.ignoresDirectory(path.dirname(file))) return true;
    }
    return false;
  }

  private ignoresDirectory(directory: string): boolean {
    const name = this.nameOf(directory);
    return name !== undefined && this.patterns.ignores(`${name}/`);
  }

  /** The path relative to the base; undefined for the base itself and for what does not lie below it. */
  private nameOf(file: string): string | undefined {
    // Both are absolute and normal; `path.relative` would take longer than the patterns.
    return file.startsWith(this.prefix) && file.length > this.prefix.length
      ? file.slice(this.prefix.length)
      : undefined;
  }
}

/**
 * What git ignores in a directory, by the `.gitignore` files from the repository's root down to it and by the
 * repository's own `info/exclude`. Outside of every repository the files from `cwd` downwards count.
 *
 * @param directory the absolute directory where a search begins
 * @param cwd the absolute working directory
 */
export function gitIgnoreRules(directory: string, cwd: string): IgnoreRules | undefined {
  const repository = repositoryRoot(directory);
  const top = repository ?? (isInside(cwd, directory) ? cwd : directory);
  let rules: IgnoreRules | undefined;
  if (repository !== undefined) rules = withFile(rules, top, path.join(top, '.git', 'info', 'exclude'));
  let place = top;
  rules = withGitIgnore(rules, place);
  for (const step of path.relative(top, directory).split(path.sep)) {
    if (step === '') continue;
    place = path.join(place, step);
    rules = withGitIgnore(rules, place);
  }
  return rules;
}

/** The chain for a directory, from the one for its parent and its own `.gitignore`. */
export function withGitIgnore(rules: IgnoreRules | undefined, directory: string): IgnoreRules | undefined {
  return withFile(rules, directory, path.join(directory, '.gitignore'));
}

function withFile(rules: IgnoreRules | undefined, base: string, file: string): IgnoreRules | undefined {
  const content = readText(file, MAX_IGNORE_FILE_BYTES);
  if (!content.ok) return rules;
  // A pattern past the limits leaves nothing out: more is read then, never less.
  const patterns = content.content
    .split(/\r?\n/, MAX_IGNORE_PATTERNS)
    .filter((pattern) => pastGlobLimits(pattern) === undefined);
  return IgnoreRules.of(base, patterns, rules);
}

/**
 * What the user's own globs leave out of a search. They are written in the syntax of .gitignore, relative to `cwd`;
 * they may begin with `../` or be absolute.
 */
export function userIgnoreRules(globs: readonly string[], cwd: string): IgnoreRules | undefined {
  let rules: IgnoreRules | undefined;
  // A list for each: a folder named against one glob does not overrule the others. The last is the nearest.
  for (const glob of globs) {
    refusePastLimits(glob);
    const { base, pattern } = rebase(glob, cwd);
    rules = IgnoreRules.of(base, pattern, rules);
  }
  return rules;
}

function rebase(glob: string, cwd: string): { base: string; pattern: string } {
  const negation = glob.startsWith('!') ? '!' : '';
  let pattern = glob.slice(negation.length);
  let base = cwd;
  if (path.isAbsolute(pattern)) {
    base = path.parse(pattern).root;
    pattern = `/${pattern.slice(base.length)}`;
  }
  for (;;) {
    if (pattern.startsWith('./')) pattern = pattern.slice(2);
    else if (pattern.startsWith('../')) {
      base = path.dirname(base);
      pattern = pattern.slice(3);
    } else return { base, pattern: negation + pattern };
  }
}
