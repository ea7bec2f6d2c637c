import type { ConstructFix, Diagnostic, LintResult, Severity, Summary } from '../lint/result.js';
import type { FormatContext } from './format.js';
import { neutralise } from './neutralise.js';

/** `App/Tools/Idp (lib/tools.ts:7:12): Set Idp up for token exchange`: which construct to change, and how. */
export function constructFixText({ title, constructPath, source }: ConstructFix): string {
  const place = source === null ? '' : ` (${source.file}:${source.line}:${source.column})`;
  return `${constructPath}${place}: ${title}`;
}

/** `1 error`, `2 errors`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** The findings that a report shows: under `--quiet` only errors. */
export function shownDiagnostics(result: LintResult, context: FormatContext): readonly Diagnostic[] {
  const { diagnostics } = result.report;
  return context.quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics;
}

/** `2 errors, 1 warning` without what is zero; empty when there is nothing, or nothing but what `--quiet` hides. */
export function findingCounts(summary: Summary, quiet: boolean): string {
  const counts: [number, Severity][] = [[summary.errors, 'error']];
  if (!quiet) counts.push([summary.warnings, 'warning'], [summary.infos, 'info']);
  return counts
    .filter(([number]) => number > 0)
    .map(([number, severity]) => count(number, severity))
    .join(', ');
}

/** `token exchange: 3 verified, 1 failed, 1 unverified`; undefined when no consumer asks for it. */
export function tokenExchangeCounts({ tokenExchange }: Summary): string | undefined {
  const { verified, failed, unverified } = tokenExchange;
  if (verified + failed + unverified === 0) return undefined;
  return `token exchange: ${verified} verified, ${failed} failed, ${unverified} unverified`;
}

/**
 * `2 suppressed, 1 in the baseline, 3 templates not in view`: what the findings of a report do not show.
 * @returns undefined when there is nothing of it
 */
export function heldBackCounts({ suppressed, baseline, notInView }: Summary): string | undefined {
  const parts = [
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(baseline > 0 ? [`${baseline} in the baseline`] : []),
    ...(notInView > 0 ? [`${count(notInView, 'template')} not in view`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** Whether nothing is wrong, nothing is held back, and no exchange failed or could not be verified. */
export function isWithoutProblems({ report, internalErrors }: LintResult): boolean {
  const { errors, warnings, infos, files, tokenExchange } = report.summary;
  return (
    errors + warnings + infos + tokenExchange.failed + tokenExchange.unverified === 0 &&
    files > 0 &&
    internalErrors.length === 0 &&
    heldBackCounts(report.summary) === undefined
  );
}

/** The same for each environment, one row each, in columns: `prod  1 verified, 1 failed, 0 unverified`. */
export function environmentRows({ environments }: Summary): string[] {
  const entries = Object.entries(environments ?? {});
  const names = entries.map(([name]) => neutralise(name));
  const width = Math.max(0, ...names.map((name) => name.length));
  return entries.map(
    ([, { verified, failed, unverified }], index) =>
      `${names[index]?.padEnd(width)}  ${verified} verified, ${failed} failed, ${unverified} unverified`,
  );
}

/** What "unverified" means and what a reader can do about it. */
export const UNVERIFIED_EXPLAINED =
  'unverified: these templates do not show whether the exchange works; --context adds templates that do, --strict makes it an error';

/** `5 warnings are more than --max-warnings 3 allows`; undefined when they are not. */
export function tooManyWarnings(summary: Summary, context: FormatContext): string | undefined {
  if (context.maxWarnings === undefined || summary.warnings <= context.maxWarnings) return undefined;
  const verb = summary.warnings === 1 ? 'is' : 'are';
  return `${count(summary.warnings, 'warning')} ${verb} more than --max-warnings ${context.maxWarnings} allows`;
}

/** Says that rules failed to run, so that a report without findings is not mistaken for a clean one. */
export function incompleteRun(result: LintResult): string | undefined {
  const failures = result.internalErrors.length;
  if (failures === 0) return undefined;
  return `${count(failures, 'fault')} of the program itself: the report is incomplete`;
}
