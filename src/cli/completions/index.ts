import type { SHELLS } from '../options.js';
import { bash } from './bash.js';
import { fish } from './fish.js';
import { zsh } from './zsh.js';

const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], () => string>> = { bash, zsh, fish };

/** A script that makes a shell complete commands, options, their values, rule ids and files. */
export function completions(shell: (typeof SHELLS)[number]): string {
  return SCRIPTS[shell]();
}
