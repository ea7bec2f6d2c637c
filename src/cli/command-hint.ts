import { likelyMeant } from '../plain/did-you-mean.js';
import { COMMANDS } from './options.js';

/** What a mistyped command may have meant, as a part of the message that there is no such file; else empty. */
export async function commandHint(argv: readonly string[]): Promise<string> {
  const [first = ''] = argv;
  // What looks like a path or a glob was meant to be one, and a command is no slip of itself.
  if (!/^[a-z]+$/i.test(first) || COMMANDS.some((command) => command === first)) return '';
  const command = likelyMeant(first, COMMANDS);
  return command === undefined ? '' : ` (or did you mean the command ${command}?)`;
}
