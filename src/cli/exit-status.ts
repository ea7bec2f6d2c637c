import type { FailOn } from '../config/config.js';
import type { LintResult } from '../lint/result.js';

/** How a run ends, as scripts see it. */
export const ExitStatus = {
  /** Nothing that fails the run. */
  clean: 0,
  /** Findings that fail it: errors, as far as nobody sets another severity, or more warnings than allowed. */
  findings: 1,
  /** The call is wrong: an unknown option, no such file, a bad configuration; or nothing was there to be checked. */
  usage: 2,
  /** The program itself is at fault. */
  fault: 3,
} as const;
export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];

/** What fails a run. */
export interface FailOptions {
  /** The lowest severity of a finding that does; `never` when none does. */
  readonly failOn: FailOn;
  /** More warnings than this do; undefined when any number is fine. */
  readonly maxWarnings: number | undefined;
}

/** How a run that checked something ends. */
export function exitStatus(result: LintResult, { failOn, maxWarnings }: FailOptions): ExitStatus {
  const { errors, warnings, infos } = result.report.summary;
  if (result.internalErrors.length > 0) return ExitStatus.fault;
  const failing = { never: 0, error: errors, warning: errors + warnings, info: errors + warnings + infos };
  const tooMany = maxWarnings !== undefined && warnings > maxWarnings;
  return failing[failOn] > 0 || tooMany ? ExitStatus.findings : ExitStatus.clean;
}
