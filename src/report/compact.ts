import type { Diagnostic } from '../lint/result.js';
import { shownPlace, templatePlace } from '../lint/shown-place.js';
import type { Formatter } from './format.js';
import { neutralise } from './neutralise.js';
import { plainPaint } from './paint.js';
import { prettySummary } from './pretty-summary.js';
import { shownDiagnostics } from './words.js';

/**
 * One line for each finding, `FILE:LINE:COLUMN: SEVERITY: MESSAGE HELP [RULE]`, as compilers write them: editors'
 * problem matchers read it, and so does `grep`. The summary follows a blank line.
 */
export const compact: Formatter = (result, context) => {
  const lines = shownDiagnostics(result, context).map(line);
  const summary = prettySummary(result, context, plainPaint);
  return `${[...lines, ...(lines.length > 0 ? [''] : []), ...summary].join('\n')}\n`;
};

function line(diagnostic: Diagnostic): string {
  const { severity, message, help, ruleId } = diagnostic;
  const { file, range } = shownPlace(diagnostic);
  const template = templatePlace(diagnostic);
  const where = template === undefined ? '' : ` (${template.file}:${template.range.start.line})`;
  const { line: row, column } = range.start;
  return `${neutralise(file)}:${row}:${column}: ${severity}: ${neutralise(`${message} ${help}${where}`)} [${neutralise(ruleId)}]`;
}
