import type { GraphInvocation, IdentitiesInvocation } from './arguments.js';
import { ExitStatus } from './exit-status.js';
import type { RunResult } from './linter.js';
import { say, sayFaults } from './messages.js';
import { statusOfNothing, whyNothing } from './nothing-checked.js';
import { inputsOf, summaryLine, writeOutput } from './output-file.js';
import type { Settings } from './settings.js';
import type { Surroundings } from './surroundings.js';

type Asked = GraphInvocation | IdentitiesInvocation;

/** Gives out what a command made of a run: to the file of `--output`, else to standard output; then says what to know. */
export function showText(
  invocation: Asked,
  { cwd, stdout, stderr }: Surroundings,
  made: Settings,
  result: RunResult,
  text: string,
): void {
  if (invocation.output === undefined) {
    stdout.write(text);
  } else {
    say(stderr, summaryLine(result));
    writeOutput(cwd, invocation.output, text, inputsOf(result, made));
  }
  if (!invocation.quiet) for (const note of [...made.notes, ...result.notes]) say(stderr, note);
  sayFaults(stderr, result);
}

/** How a command ends that findings do not fail; where nothing was checked, it says why. */
export function statusWithoutFindings(
  invocation: Asked,
  { cwd, stderr }: Surroundings,
  result: RunResult,
): ExitStatus {
  if (result.internalErrors.length > 0) return ExitStatus.fault;
  if (result.report.summary.files > 0) return ExitStatus.clean;
  if (!invocation.quiet) say(stderr, whyNothing(invocation, result));
  return statusOfNothing(invocation, cwd);
}
