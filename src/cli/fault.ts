import { maskCredentials } from '../mask/mask.js';
import { version } from '../version.js';
import { say } from './messages.js';
import type { TextOutput } from './surroundings.js';

/** Tells about a fault of the program itself, with what a bug report needs. */
export function reportFault(error: unknown, stderr: TextOutput): void {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say(
    stderr,
    [
      'a fault of the program itself, not of your templates: please report it with the lines below',
      `cfn-tx-lint ${version}, Node.js ${process.version}, ${process.platform}`,
      ...maskCredentials(trace).split('\n'),
    ].join('\n'),
  );
}
