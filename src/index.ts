import { catalogueOf } from '../rules/index.js';
import { requireKnownRules } from './config/known-rules.js';
import { RuleIds } from './lint/catalogue.js';
import type { LintOptions } from './lint/options.js';
import { run } from './lint/run.js';
import { type PrintedReport, reportObject } from './report/json.js';

export type {
  BaselineOptions,
  Environment,
  LintOptions,
  ParameterAssignment,
  RuleOverride,
  RuleSetting,
} from './lint/options.js';
export type {
  BaselineEntry,
  CalledAs,
  ConsumerRow,
  FileResult,
  Fix,
  NotInView,
  Outcome,
  OutcomeCounts,
  Related,
  ResourceName,
  Severity,
  SeveritySetting,
  SourcePosition,
  Summary,
  TextEdit,
} from './lint/result.js';
export type { PrintedReport as Report, ReportedDiagnostic as Diagnostic } from './report/json.js';
export * from './rule-kit.js';
export type { Path, Position, Range } from './source/types.js';

/**
 * Lints templates on the disk or in memory.
 *
 * Keeps no state between calls, prints nothing and never ends the process.
 * @returns the same report that `--format json` prints
 * @throws UsageError when a named file does not exist, a glob matches nothing, `rules` or `overrides` name no known rule,
 *   or a parameter is given two values for one template; the reason of `options.signal` when it is aborted; an `AggregateError` when a rule threw, after all others have run
 */
export async function lint(options: LintOptions = {}): Promise<PrintedReport> {
  const catalogue = catalogueOf(options.plugins);
  const known = new RuleIds(catalogue.rules);
  for (const { rules } of [{ rules: options.rules ?? {} }, ...(options.overrides ?? [])]) {
    requireKnownRules(rules, known);
  }
  const result = await run({ ...options, consumers: true }, catalogue);
  if (result.internalErrors.length > 0) {
    throw new AggregateError(
      result.internalErrors.map(({ ruleId, message }) => new Error(`the rule ${ruleId} failed: ${message}`)),
      'some rules failed',
    );
  }
  return reportObject(result.report);
}
