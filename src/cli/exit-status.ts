import type { LintResult } from '../lint/result.js';

/** How a run ends, as scripts see it. */
export const ExitStatus = {
  /** Nothing that fails the run. */
  clean: 0,
  /** Findings at error level, or more warnings than allowed. */
  findings: 1,
  /** The call is wrong: an unknown option, no such file, a bad configuration. */
  usage: 2,
  /** The program itself is at fault. */
  fault: 3,
} as const;
export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];

/** @param maxWarnings more warnings than this fail the run; undefined when any number is fine */
export function exitStatus(result: LintResult, maxWarnings: number | undefined): ExitStatus {
  const { errors, warnings } = result.report.summary;
  if (result.internalErrors.length > 0) return ExitStatus.fault;
  if (errors > 0 || (maxWarnings !== undefined && warnings > maxWarnings)) return ExitStatus.findings;
  return ExitStatus.clean;
}
