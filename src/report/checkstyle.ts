import type { Diagnostic } from '../lint/result.js';
import { type ShownPlace, shownPlace, templatePlace } from '../lint/shown-place.js';
import type { Formatter } from './format.js';
import { heldBackCounts, incompleteRun, shownDiagnostics } from './words.js';
import { element, xmlDocument } from './xml.js';

/** The version of the format that readers look for: that of Checkstyle 4, which all of them take. */
const VERSION = '4.3';

/**
 * Checkstyle's XML, which Jenkins, reviewdog and others read: a `file` for each file with findings, an `error` for each
 * finding, whatever its severity. Severities are those of Checkstyle, which has the same three.
 *
 * See https://github.com/checkstyle/checkstyle/blob/master/src/main/java/com/puppycrawl/tools/checkstyle/XMLLogger.java.
 */
export const checkstyle: Formatter = (result, context) => {
  const byFile = new Map<string, string[]>();
  const add = (file: string, lines: readonly string[]): void => {
    byFile.set(file, [...(byFile.get(file) ?? []), ...lines]);
  };
  for (const diagnostic of shownDiagnostics(result, context)) {
    const place = shownPlace(diagnostic);
    add(place.file, finding(diagnostic, place));
  }
  for (const { path, status, reason } of result.report.files) {
    if (status === 'failed' && !byFile.has(path))
      add(path, element('error', { line: 1, severity: 'error', message: reason ?? 'unreadable' }, []));
  }
  const incomplete = incompleteRun(result);
  if (incomplete !== undefined)
    add('cfn-tx-lint', element('error', { line: 1, severity: 'error', message: incomplete }, []));
  const files = [...byFile].flatMap(([name, lines]) => element('file', { name }, lines));
  const lines = element('checkstyle', { version: VERSION }, files);
  return xmlDocument(lines, heldBackCounts(result.report.summary));
};

function finding(diagnostic: Diagnostic, { range }: ShownPlace): string[] {
  const { severity, message, help, ruleId } = diagnostic;
  const template = templatePlace(diagnostic);
  const where = template === undefined ? '' : ` (${template.file}:${template.range.start.line})`;
  return element(
    'error',
    {
      line: range.start.line,
      column: range.start.column,
      severity,
      message: `${message} ${help}${where}`,
      source: `cfn-tx-lint.${ruleId}`,
    },
    [],
  );
}
