import type { Diagnostic, LintResult, Severity } from '../lint/result.js';
import { type ShownPlace, shownPlace, templatePlace } from '../lint/shown-place.js';
import { fixLines } from './fix-lines.js';
import type { FormatContext } from './format.js';
import { identityTable } from './identities.js';
import { markdownCode, markdownFence, markdownLink, markdownText } from './markdown.js';
import { nameInProject } from './uri.js';
import {
  count,
  findingCounts,
  heldBackCounts,
  incompleteRun,
  shownDiagnostics,
  tokenExchangeCounts,
  tooManyWarnings,
} from './words.js';

/** A summary may have a mebibyte; a table of this many rows stays well below it and can still be read. */
const TABLE_ROWS = 200;
/** Mermaid refuses texts longer than this (its `maxTextSize`). */
const MERMAID_LENGTH = 50_000;

/** Past this many characters of them, fixes are told by their titles: each line grows when it is escaped. */
const FIX_CHARACTERS = 100_000;

const ORDER: readonly Severity[] = ['error', 'warning', 'info'];

/**
 * What `$GITHUB_STEP_SUMMARY` gets: the counts, a table of the findings with errors first, and the picture.
 *
 * @param mermaid the graph as Mermaid text; left out, or too long for Mermaid, there is no picture.
 * @returns Markdown that ends in a line feed. No name or message in it can act as markup.
 */
export function jobSummary(result: LintResult, context: FormatContext, mermaid?: string): string {
  const parts = [
    '## cfn-tx-lint',
    counts(result, context),
    environments(result),
    table(shownDiagnostics(result, context), context),
  ];
  parts.push(identities(result));
  if (mermaid !== undefined) parts.push(picture(mermaid));
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function counts(result: LintResult, context: FormatContext): string {
  const { summary } = result.report;
  const found = findingCounts(summary, context.quiet);
  const verdict = `${found === '' ? 'No findings' : `**${found}**`} in ${count(summary.files, 'file')}`;
  return [
    verdict,
    tooManyWarnings(summary, context),
    incompleteRun(result),
    heldBackCounts(summary),
    tokenExchangeCounts(summary)?.replace(/^t/, 'T'),
  ]
    .filter((line) => line !== undefined)
    .join('\n\n');
}

/** A row for each environment: which of them fails shows at a glance. */
function environments({ report }: LintResult): string {
  const entries = Object.entries(report.summary.environments ?? {});
  if (entries.length === 0) return '';
  const rows = entries.map(
    ([name, { verified, failed, unverified }]) =>
      `| ${markdownText(name)} | ${verified} | ${failed} | ${unverified} |`,
  );
  return ['| Environment | Verified | Failed | Unverified |', '| --- | ---: | ---: | ---: |', ...rows].join(
    '\n',
  );
}

function table(diagnostics: readonly Diagnostic[], context: FormatContext): string {
  if (diagnostics.length === 0) return '';
  const sorted = ORDER.flatMap((severity) => diagnostics.filter((one) => one.severity === severity));
  let left = FIX_CHARACTERS;
  const rows = sorted.slice(0, TABLE_ROWS).map((diagnostic) => {
    const fix = fixMarkup(diagnostic, context, left);
    left -= fix.length;
    return tableRow(diagnostic, context, fix);
  });
  const more = sorted.length - rows.length;
  const text = ['| Severity | Place | Rule | Finding |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return more > 0 ? `${text}\n\n${count(more, 'more finding')} in the log.` : text;
}

function tableRow(diagnostic: Diagnostic, context: FormatContext, fix: string): string {
  const { severity, ruleId, url, message, help } = diagnostic;
  const template = templatePlace(diagnostic);
  const places = [shownPlace(diagnostic), ...(template === undefined ? [] : [template])];
  const place = places.map((one) => markdownCode(position(one, context))).join('<br>');
  const text = `${markdownText(message)}<br>${markdownText(help)}${fix}`;
  return `| ${severity} | ${place} | ${markdownLink(ruleId, url)} | ${text} |`;
}

/** The lines of the fix in a block that fits a table cell; its title where they cannot be shown, or `left` is less. */
function fixMarkup({ fix, file }: Diagnostic, context: FormatContext, left: number): string {
  if (fix === null) return '';
  const lines = fixLines(fix, file, context.maskedText)?.map(markdownText).join('<br>');
  return lines === undefined || lines.length > left
    ? `<br>Fix: ${markdownText(fix.title)}`
    : `<pre>${lines}</pre>`;
}

function position({ file, range }: ShownPlace, context: FormatContext): string {
  return `${nameInProject(file, context)}:${range.start.line}:${range.start.column}`;
}

function identities({ identities: rows = [] }: LintResult): string {
  if (rows.length === 0) return '';
  const shown = identityTable(rows.slice(0, TABLE_ROWS)).join('\n');
  const more = rows.length - TABLE_ROWS;
  const rest = more > 0 ? `\n\n${count(more, 'more row')}: \`cfn-tx-lint identities\` has them all.` : '';
  return `### Who calls whom as whom\n\n${shown}${rest}`;
}

function picture(mermaid: string): string {
  if (mermaid.length > MERMAID_LENGTH) {
    return 'The graph is too large for a picture here: `cfn-tx-lint graph --format html` draws it.';
  }
  return `### Token exchange graph\n\n${markdownFence('mermaid', mermaid)}`;
}
