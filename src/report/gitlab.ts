import type { Diagnostic, Severity } from '../lint/result.js';
import { shownPlace, templatePlace } from '../lint/shown-place.js';
import { jsonText } from '../plain/json-text.js';
import { visible } from '../plain/visible.js';
import type { Range } from '../source/types.js';
import { fingerprints } from './fingerprint.js';
import type { FormatContext, Formatter } from './format.js';
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
      description: visible(diagnostic.message),
      content: { body: body(diagnostic, context) },
      categories: ['Security'],
      severity: SEVERITIES[diagnostic.severity],
      fingerprint: prints[index],
      location: location(diagnostic, context),
    })),
  );
};

function body(diagnostic: Diagnostic, context: FormatContext): string {
  const template = templatePlace(diagnostic);
  const where =
    template === undefined
      ? []
      : [`In ${template.within} ${nameInProject(template.file, context)}:${template.range.start.line}`];
  return [visible(diagnostic.help), ...where.map((one) => visible(one)), diagnostic.url].join('\n\n');
}

function location(diagnostic: Diagnostic, context: FormatContext): object {
  const { file, range } = shownPlace(diagnostic);
  const lines = { begin: range.start.line, end: lastLine(range) };
  return { path: nameInProject(file, context), lines };
}

/** The last line that the range touches: one that ends at the start of a line does not reach into it. */
function lastLine({ start, end }: Range): number {
  return end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
}
