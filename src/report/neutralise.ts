import { visible } from '../plain/visible.js';

/** GitHub's runner obeys `##[command]` anywhere in a line. */
const OLD_WORKFLOW_COMMAND = /##\[/g;

/** It obeys `::command::` at the start of a line, and a wrapped line can start at any word. */
const WORKFLOW_COMMAND = /(^|\s)::/g;

/**
 * Makes text of unknown origin (names, values, messages, file names) safe for a terminal or a CI log.
 *
 * The result is one line of visible characters: control and bidirectional characters stand as `\u{hex}`, and what
 * GitHub Actions would obey as a workflow command is broken up in the same way.
 */
export function neutralise(text: string): string {
  return visible(text).replace(OLD_WORKFLOW_COMMAND, '##\\u{5b}').replace(WORKFLOW_COMMAND, '$1\\u{3a}:');
}
