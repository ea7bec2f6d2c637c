import type { Diagnostic, Severity } from '../lint/result.js';
import { fingerprints } from './fingerprint.js';
import type { Formatter } from './format.js';
import { jsonText } from './json-text.js';
import { escapeControls } from './neutralise.js';
import { nameInProject } from './uri.js';
import { shownDiagnostics } from './words.js';

/** GitLab knows info, minor, major, critical and blocker. */
const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' };

/**
 * GitLab's code quality report: a list of issues in the format of Code Climate.
 *
 * See https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
 */
export const gitlab: Formatter = (result, context) => {
  const diagnostics = shownDiagnostics(result, context);
  const path = ({ file }: Diagnostic) => nameInProject(file, context);
  const prints = fingerprints(diagnostics, path);
  return jsonText(
    diagnostics.map((diagnostic, index) => ({
      type: 'issue',
      check_name: diagnostic.ruleId,
      description: escapeControls(diagnostic.message),
      content: { body: `${escapeControls(diagnostic.help)}\n\n${diagnostic.url}` },
      categories: ['Security'],
      severity: SEVERITIES[diagnostic.severity],
      fingerprint: prints[index],
      location: {
        path: path(diagnostic),
        lines: { begin: diagnostic.range.start.line, end: lastLine(diagnostic) },
      },
    })),
  );
};

/** The last line that the range touches: one that ends at the start of a line does not reach into it. */
function lastLine({ range: { start, end } }: Diagnostic): number {
  return end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
}
