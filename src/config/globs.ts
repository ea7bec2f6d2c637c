import path from 'node:path';

/**
 * Turns the glob of files, as a configuration writes it, into one relative to another directory; `!` in front stays.
 *
 * @param from the absolute directory that the glob is written for
 * @param to the absolute directory that the result is for
 */
export function rebaseGlob(glob: string, from: string, to: string): string {
  const { negation, pattern } = parts(glob);
  if (from === to || path.isAbsolute(pattern)) return negation + pattern;
  // In a plain name nothing needs a backslash, and a name with one would be taken for a glob.
  const way = /[*?{}[\]()]/.test(pattern) ? steps(from, to).map(escapeGlob) : steps(from, to);
  return negation + [...way, pattern.replace(/^\.\//, '')].join('/');
}

/** The same for a glob of what is left out, which .gitignore's syntax reads: without a slash it means any depth. */
export function rebaseIgnoreGlob(glob: string, from: string, to: string): string {
  const { negation, pattern } = parts(glob);
  if (from === to || path.isAbsolute(pattern)) return negation + pattern;
  const way = steps(from, to).map(escapeGlob);
  const anyDepth = !pattern.replace(/\/$/, '').includes('/') && way.some((step) => step !== '..');
  return negation + [...way, ...(anyDepth ? ['**'] : []), pattern].join('/');
}

/**
 * A path or a glob as a configuration writes it, with `/` between its folders: written on Windows it may have
 * backslashes. In front of a letter, a digit, a point or a star they are taken for that, elsewhere for escapes.
 */
export function withSlashes(written: string): string {
  return written.replace(/\\(?=[\p{L}\p{N}_.*-])/gu, '/');
}

function parts(written: string): { negation: string; pattern: string } {
  const glob = withSlashes(written);
  return glob.startsWith('!') ? { negation: '!', pattern: glob.slice(1) } : { negation: '', pattern: glob };
}

function steps(from: string, to: string): string[] {
  return path.relative(to, from).split(path.sep);
}

/** A directory may be called `[x]`: in a glob that must not mean one letter. */
function escapeGlob(step: string): string {
  return step.replace(/[\\*?[\]{}()!+@|]/g, '\\$&');
}
