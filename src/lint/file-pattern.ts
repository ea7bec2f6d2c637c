import path from 'node:path';
import { refusePastLimits } from '../discover/glob-refusal.js';

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
  refusePastLimits(pattern);
  // Node warns on standard error that its own is experimental: it is asked only for what is rare.
  return RARE.test(wanted) && path.matchesGlob !== undefined
    ? path.matchesGlob(file, wanted)
    : globExpression(wanted).test(file);
}

/** A set of characters, a pattern with a sign before it, or alternatives within alternatives. */
const RARE = /\[|[!+@*?]\(|\{[^}]*\{/;

/** {@link meansFile}, where a directory stands for all files below it. */
export function coversFile(pattern: string, file: string, cwd: string): boolean {
  if (meansFile(pattern, file, cwd)) return true;
  const directory = path.resolve(cwd, normalized(pattern));
  return path.resolve(cwd, file).startsWith(directory.endsWith(path.sep) ? directory : directory + path.sep);
}

function normalized(pattern: string): string {
  return path.posix.normalize(pattern.replaceAll('\\', '/'));
}

/** `*`, `**`, `?` and `{a,b}`. */
function globExpression(glob: string): RegExp {
  return new RegExp(`^${globSource(glob)}$`);
}

function globSource(glob: string): string {
  return glob.replace(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[.+^${}()|[\]\\]/g, (token) => {
    if (token.length > 1 && token.startsWith('{')) {
      return `(?:${token.slice(1, -1).split(',').map(globSource).join('|')})`;
    }
    return WILDCARDS[token] ?? `\\${token}`;
  });
}

const WILDCARDS: Readonly<Record<string, string>> = {
  '**/': '(?:.*/)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
};
