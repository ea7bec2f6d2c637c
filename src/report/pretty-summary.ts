import { NO_TEMPLATE_REASONS } from '../graph/store.js';
import type { LintResult } from '../lint/result.js';
import { EMPTY_FILE, NO_MAP_AT_TOP } from '../source/fault.js';
import type { FormatContext, Formatter } from './format.js';
import { neutralise } from './neutralise.js';
import { type Paint, plainPaint } from './paint.js';
import {
  count,
  environmentRows,
  findingCounts,
  heldBackCounts,
  incompleteRun,
  isWithoutProblems,
  shownDiagnostics,
  tokenExchangeCounts,
  tooManyWarnings,
} from './words.js';

/** Skipped files that are named one by one; of the rest only the number is told. */
const NAMED_FILES = 5;

/** Why files are skipped that a search or a hook comes across: nothing is wrong with them, so nothing is told. */
const NO_TEMPLATE: readonly string[] = [...NO_TEMPLATE_REASONS, EMPTY_FILE];

/** The last rows of the report for people: what could not be read, how many findings, how the token exchanges ended. */
export function prettySummary(result: LintResult, context: FormatContext, paint: Paint): string[] {
  const { summary } = result.report;
  const rows = context.quiet ? [] : skippedFiles(result, paint);
  rows.push(verdict(result, context, paint));

  const alarm = tooManyWarnings(summary, context);
  if (alarm !== undefined) rows.push(paint.error(`  ${alarm}`));
  const incomplete = incompleteRun(result);
  if (incomplete !== undefined) rows.push(paint.error(`  ${incomplete}`));

  const safeFixes = shownDiagnostics(result, context).filter(({ fix }) => fix?.safety === 'safe').length;
  if (safeFixes > 0) rows.push(`  ${safeFixes} fixable with --fix`);
  const heldBack = heldBackCounts(summary);
  if (heldBack !== undefined) rows.push(`  ${heldBack}`);
  const exchanges = tokenExchangeCounts(summary);
  if (exchanges !== undefined) rows.push(`  ${exchanges}`);
  rows.push(...environmentRows(summary).map((row) => `    ${row}`));
  const [first] = shownDiagnostics(result, context);
  if (context.explainHint && first !== undefined) {
    rows.push(paint.faint(`  cfn-tx-lint explain ${neutralise(first.ruleId)} says more`));
  }
  return rows;
}

/** Whether the last rows are all that there is to tell. */
export function isSummaryEnough({ report }: LintResult): boolean {
  return report.diagnostics.length === 0 && report.summary.tokenExchange.unverified === 0;
}

/** The report for people when the summary is enough: what draws code frames need not be loaded for it. */
export const plainSummary: Formatter = (result, context) =>
  `${prettySummary(result, context, plainPaint).join('\n')}\n`;

function verdict(result: LintResult, context: FormatContext, paint: Paint): string {
  const { summary } = result.report;
  const where = `in ${count(summary.files, 'file')}`;
  const counts = findingCounts(summary, context.quiet);
  if (counts === '') {
    if (summary.files === 0) return 'No templates checked';
    if (isWithoutProblems(result)) return paint.success(`✔ No problems ${where}`);
    const hidden = context.quiet && summary.warnings + summary.infos > 0;
    if (!hidden || summary.tokenExchange.failed > 0) return `No findings ${where}`;
    return paint.success(`✔ No errors ${where}`);
  }
  if (summary.errors > 0) return paint.error(`✖ ${counts} ${where}`);
  return summary.warnings > 0 ? paint.warning(`▲ ${counts} ${where}`) : paint.info(`ℹ ${counts} ${where}`);
}

/** Whether a skipped file is broken, and not just another thing than a template: a list of parameters, say. */
function isFault(reason: string): boolean {
  return !NO_TEMPLATE.includes(reason) && !reason.endsWith(NO_MAP_AT_TOP);
}

function skippedFiles(result: LintResult, paint: Paint): string[] {
  const skipped = result.report.files.filter(
    ({ status, reason }) => status === 'skipped' && reason !== null && isFault(reason),
  );
  if (skipped.length === 0) return [];
  const rows = skipped
    .slice(0, NAMED_FILES)
    .map(({ path, reason }) => paint.faint(`skipped ${neutralise(path)}: ${neutralise(reason ?? '')}`));
  const more = skipped.length - NAMED_FILES;
  if (more > 0) rows.push(paint.faint(`skipped ${count(more, 'more file')}`));
  return [...rows, ''];
}
