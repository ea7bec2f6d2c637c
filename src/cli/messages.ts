import type { LintResult } from '../lint/result.js';
import { neutralise } from '../report/neutralise.js';
import type { TextOutput } from './surroundings.js';

/**
 * Says something beside the report: one line on standard error per line of the message. File names and template
 * text in it cannot steer the terminal or a CI log.
 */
export function say(output: TextOutput, message: string): void {
  const lines = message.split('\n').map((line) => `cfn-tx-lint: ${neutralise(line)}\n`);
  output.write(lines.join(''));
}

/** Says what went wrong in the program itself while it ran. */
export function sayFaults(output: TextOutput, { internalErrors }: LintResult): void {
  for (const { ruleId, message } of internalErrors) {
    say(output, `a fault of ${ruleId === null ? 'the program itself' : `the rule ${ruleId}`}: ${message}`);
  }
}
