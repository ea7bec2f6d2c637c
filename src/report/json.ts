import type { Diagnostic, Fix, Related, Report, SourcePosition } from '../lint/result.js';
import type { Range } from '../source/types.js';
import type { Formatter } from './format.js';
import { jsonText } from './json-text.js';

/**
 * The report as JSON. Its keys, their order and their meaning are a public contract: every object is built anew here,
 * so that nothing that another module adds to its own types becomes part of it by accident.
 */
export const json: Formatter = ({ report }) => jsonText(reportObject(report));

type ReportedDiagnostic = Omit<Diagnostic, 'messageKey'>;

function reportObject(report: Report): Omit<Report, 'diagnostics'> & { diagnostics: ReportedDiagnostic[] } {
  const { errors, warnings, infos, files, tokenExchange } = report.summary;
  const { verified, failed, unverified } = tokenExchange;
  return {
    version: report.version,
    files: report.files.map(({ path, status, reason }) => ({ path, status, reason })),
    diagnostics: report.diagnostics.map(diagnosticObject),
    summary: { errors, warnings, infos, files, tokenExchange: { verified, failed, unverified } },
  };
}

function diagnosticObject(diagnostic: Diagnostic): ReportedDiagnostic {
  return {
    ruleId: diagnostic.ruleId,
    severity: diagnostic.severity,
    message: diagnostic.message,
    help: diagnostic.help,
    url: diagnostic.url,
    file: diagnostic.file,
    range: rangeObject(diagnostic.range),
    resource: diagnostic.resource,
    constructPath: diagnostic.constructPath,
    path: diagnostic.path,
    scenario: diagnostic.scenario,
    source: sourceObject(diagnostic.source),
    related: diagnostic.related.map(relatedObject),
    fix: diagnostic.fix === null ? null : fixObject(diagnostic.fix),
  };
}

function relatedObject({ message, file, range, resource, constructPath, source }: Related): Related {
  return {
    message,
    file,
    range: rangeObject(range),
    resource,
    constructPath,
    source: sourceObject(source),
  };
}

function sourceObject(source: SourcePosition | null): SourcePosition | null {
  return source === null ? null : { file: source.file, line: source.line, column: source.column };
}

function fixObject({ title, safety, edits }: Fix): Fix {
  return {
    title,
    safety,
    edits: edits.map(({ file, range, text }) => ({ file, range: rangeObject(range), text })),
  };
}

function rangeObject({ start, end }: Range): Range {
  return {
    start: { line: start.line, column: start.column },
    end: { line: end.line, column: end.column },
  };
}
