/**
 * Why the system refused to open, list or read something, in words that fit after a file's name and a colon. The
 * system's own message is not passed on: it repeats the path and says nothing more.
 */
export function reasonOf(error: unknown): string {
  const code = errorCode(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'no permission to read it';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'it is not there any more';
    case 'EISDIR':
      return 'it is a directory';
    case 'ELOOP':
      return 'it is a symbolic link that leads in a circle';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open on this machine';
    case 'ENXIO':
      return NOT_A_FILE;
    default:
      return code === undefined ? 'it cannot be read' : `it cannot be read (${code})`;
  }
}

export const NOT_A_FILE = 'it is not a regular file (a pipe, socket or device)';

/** The system's code of an error, such as `ENOENT`; undefined for errors of another kind. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
