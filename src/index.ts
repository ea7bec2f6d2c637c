import { catalogueOf } from '../rules/index.js';
import { requireKnownRules } from './config/known-rules.js';
import type { LintOptions } from './lint/options.js';
import type { Report } from './lint/result.js';
import { run } from './lint/run.js';

export type { LintOptions, ParameterAssignment, RuleSetting } from './lint/options.js';
export type {
  CalledAs,
  ConsumerRow,
  Diagnostic,
  FileResult,
  Fix,
  NotInView,
  Outcome,
  OutcomeCounts,
  Related,
  Report,
  ResourceName,
  Severity,
  SeveritySetting,
  SourcePosition,
  Summary,
  TextEdit,
} from './lint/result.js';
export * from './rule-kit.js';
export type { Path, Position, Range } from './source/types.js';

/**
 * Lints templates on the disk or in memory.
 *
 * Keeps no state between calls, prints nothing and never ends the process.
 * @returns the same report that `--format json` prints
 * @throws UsageError when a named file does not exist, a glob matches nothing or `rules` names no known rule; the reason of `options.signal` when
 *   it is aborted; an `AggregateError` when a rule threw, after all others have run
 */
export async function lint(options: LintOptions = {}): Promise<Report> {
  const catalogue = catalogueOf(options.plugins);
  requireKnownRules(
    options.rules ?? {},
    catalogue.rules.map(({ id }) => id),
  );
  const result = await run(options, catalogue);
  if (result.internalErrors.length > 0) {
    throw new AggregateError(
      result.internalErrors.map(({ ruleId, message }) => new Error(`the rule ${ruleId} failed: ${message}`)),
      'some rules failed',
    );
  }
  return result.report;
}
