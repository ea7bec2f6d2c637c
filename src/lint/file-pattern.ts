import path from 'node:path';
import { refusePastLimits } from '../discover/glob-refusal.js';
import { memoize } from '../plain/memoize.js';

/**
 * Whether a path or glob, as the user writes it, means a file.
 *
 * @param pattern relative to `cwd`, or absolute; `/` and `\` both separate
 * @param file the name that findings bear
 * @param cwd the absolute working directory
 * @throws UsageError for a glob past the limits
 */
export function meansFile(pattern: string, file: string, cwd: string): boolean {
  const wanted = normalized(pattern);
  if (wanted === file) return true;
  if (path.resolve(cwd, wanted) === path.resolve(cwd, file)) return true;
  return isGlob(wanted) && globExpression(wanted).test(file);
}

/** {@link meansFile}, where a directory stands for all files below it. */
export function coversFile(pattern: string, file: string, cwd: string): boolean {
  if (meansFile(pattern, file, cwd)) return true;
  const directory = path.resolve(cwd, normalized(pattern));
  return path.resolve(cwd, file).startsWith(directory.endsWith(path.sep) ? directory : directory + path.sep);
}

const normalized = memoize((pattern) => path.posix.normalize(pattern.replaceAll('\\', '/')));

function isGlob(pattern: string): boolean {
  return /[*?[{]/.test(pattern);
}

/**
 * `*`, `**`, `?`, `[a-z]`, `{a,b}` and `{1..3}` as a regular expression, made once. Node's own `path.matchesGlob` is an
 * experiment that says so on standard error. The limits of globs bound how often a `*` is tried again.
 */
const globExpression = memoize((glob) => {
  refusePastLimits(glob);
  return new RegExp(`^${globSource(glob)}$`, 's');
});

const TOKEN = /\*\*\/|\*\*|\*|\?|\[[!^]?[^\]/]+\]|\{-?\d{1,4}\.\.-?\d{1,4}\}|[{},]|[.+^$()|[\]\\]/g;

function globSource(glob: string): string {
  const isBalanced = areBracesBalanced(glob);
  let depth = 0;
  return glob.replace(TOKEN, (token) => {
    const wildcard = WILDCARDS[token];
    if (wildcard !== undefined) return wildcard;
    if (token.length > 2 && token.startsWith('[')) return characterClass(token);
    if (token.length > 2 && token.startsWith('{')) return range(token);
    if (token === ',') return depth > 0 ? '|' : ',';
    if (!isBalanced || (token !== '{' && token !== '}')) return `\\${token}`;
    depth += token === '{' ? 1 : -1;
    return token === '{' ? '(?:' : ')';
  });
}

const WILDCARDS: Readonly<Record<string, string>> = {
  '**/': '(?:.*/)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
};

/** `[!a-z]` as a regular expression has it; one that is none, such as `[z-a]`, is a text. */
function characterClass(token: string): string {
  const negation = /^\[[!^]/.test(token) ? '^' : '';
  const inner = token.slice(1 + negation.length, -1).replace(/[\\[\]^]/g, '\\$&');
  const source = `[${negation}${inner}]`;
  try {
    new RegExp(source);
    return source;
  } catch {
    return token.replace(/[[\]^]/g, '\\$&');
  }
}

function range(token: string): string {
  const [from = 0, to = 0] = token.slice(1, -1).split('..').map(Number);
  const numbers = Array.from({ length: Math.abs(to - from) + 1 }, (_, index) =>
    from <= to ? from + index : from - index,
  );
  return `(?:${numbers.join('|')})`;
}

function areBracesBalanced(glob: string): boolean {
  let depth = 0;
  for (const character of glob) {
    if (character === '{') depth++;
    else if (character === '}' && --depth < 0) return false;
  }
  return depth === 0;
}
