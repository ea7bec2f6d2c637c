import path from 'node:path';

/** Whether `file` is `directory` or lies below it, going by the absolute paths alone: links are not looked at. */
export function isInside(directory: string, file: string, paths: path.PlatformPath = path): boolean {
  const way = paths.relative(directory, file);
  return way !== '..' && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way);
}

/**
 * The name that findings bear: relative to the working directory when below it, else the absolute path; always with
 * `/` between its parts.
 *
 * @param paths how this platform writes paths; given only by tests
 */
export function reportName(cwd: string, file: string, paths: path.PlatformPath = path): string {
  const name = file !== cwd && isInside(cwd, file, paths) ? paths.relative(cwd, file) : file;
  return paths.sep === '/' ? name : name.replaceAll(paths.sep, '/');
}
