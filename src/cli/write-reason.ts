import { errorCode } from '../discover/reasons.js';

/** Why the system refused to write a file, in words that fit after `cannot write FILE: `. */
export function writeReason(error: unknown): string {
  const code = errorCode(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'no permission to write there';
    case 'EDQUOT':
    case 'ENOSPC':
      return 'the disk is full';
    case 'EFBIG':
      return 'files may not be so large here';
    case 'EISDIR':
    case 'ENOTEMPTY':
      return 'it is a directory';
    case 'EEXIST':
    case 'ENOTDIR':
      return 'a part of its path is a file';
    case 'ENOENT':
      return 'it is not there any more';
    default:
      return code ?? (error instanceof Error ? error.message : String(error));
  }
}
