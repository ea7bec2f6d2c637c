import { posix } from 'node:path';
import type { FormatContext } from './format.js';

/**
 * The name of a file as a CI service knows it: relative to `context.root` where the file lies below that, else as it
 * is reported.
 */
export function nameInProject(file: string, context: FormatContext): string {
  if (context.root === undefined) return file;
  const root = posix.normalize(slashed(context.root));
  const absolute = absoluteName(file, context);
  const relative = posix.relative(root, absolute);
  return relative === '' || relative.startsWith('..') || isAbsolute(relative) ? file : relative;
}

/** A relative URI reference for a file below the project, an absolute `file:` URI for any other. */
export function fileUri(file: string, context: FormatContext): { uri: string; relative: boolean } {
  const name = nameInProject(file, context);
  if (!isAbsolute(name) && !name.startsWith('../')) return { uri: encodePath(name), relative: true };
  const path = encodePath(absoluteName(name, context));
  return { uri: `file://${path.startsWith('/') ? '' : '/'}${path}`, relative: false };
}

function absoluteName(file: string, context: FormatContext): string {
  return posix.normalize(isAbsolute(file) ? file : posix.join(slashed(context.cwd), file));
}

function isAbsolute(name: string): boolean {
  return name.startsWith('/') || /^[A-Za-z]:\//.test(name);
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

/** Percent-encodes a path; a lone surrogate, which has no encoding, becomes the replacement character. */
function encodePath(path: string): string {
  return path
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/')
    .replace(/^([A-Za-z])%3A(?=\/)/, '$1:');
}
