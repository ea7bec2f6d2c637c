import type {
  ConsumerRow,
  Diagnostic,
  Fix,
  NotInView,
  OutcomeCounts,
  Related,
  Report,
  ResourceName,
  SourcePosition,
  Summary,
} from '../lint/result.js';
import { jsonText } from '../plain/json-text.js';
import type { Range } from '../source/types.js';
import type { Formatter } from './format.js';

/**
 * The report as JSON. Its keys, their order and their meaning are a public contract: every object is built anew here,
 * so that nothing that another module adds to its own types becomes part of it by accident.
 */
export const json: Formatter = ({ report }) => jsonText(reportObject(report));

/** A finding as the report has it, without what the program keeps to itself. */
export type ReportedDiagnostic = Omit<Diagnostic, 'messageKey' | 'data' | 'constructFix'>;

/** The report as programs get it. */
export interface PrintedReport extends Omit<Report, 'diagnostics'> {
  /** Sorted by file, position, rule. */
  readonly diagnostics: readonly ReportedDiagnostic[];
}

/** What of a report is public. */
export function reportObject(report: Report): PrintedReport {
  return {
    version: report.version,
    files: report.files.map(({ path, status, reason }) => ({ path, status, reason })),
    diagnostics: report.diagnostics.map(diagnosticObject),
    consumers: report.consumers.map(consumerObject),
    notInView: report.notInView.map(notInViewObject),
    summary: summaryObject(report.summary),
  };
}

function summaryObject(summary: Summary): Summary {
  const { errors, warnings, infos, files, suppressed, baseline, notInView, environments } = summary;
  return {
    errors,
    warnings,
    infos,
    files,
    suppressed,
    baseline,
    notInView,
    tokenExchange: countsObject(summary.tokenExchange),
    environments:
      environments === null
        ? null
        : Object.fromEntries(
            Object.entries(environments).map(([name, counts]) => [name, countsObject(counts)]),
          ),
  };
}

function countsObject({ verified, failed, unverified }: OutcomeCounts): OutcomeCounts {
  return { verified, failed, unverified };
}

/** A row of `consumers`, as `cfn-tx-lint identities --format json` prints it, too. */
export function consumerObject(row: ConsumerRow): ConsumerRow {
  return {
    file: row.file,
    resource: row.resource,
    constructPath: row.constructPath,
    kind: row.kind,
    outcome: row.outcome,
    calledAs: row.calledAs,
    grant: row.grant,
    provider: nameObject(row.provider),
    gateway: nameObject(row.gateway),
    identityProvider: row.identityProvider,
    scenario: row.scenario,
    environments: row.environments,
    rules: row.rules,
  };
}

function nameObject(name: ResourceName | null): ResourceName | null {
  return name === null ? null : { file: name.file, resource: name.resource };
}

function notInViewObject({ file, resource, reference, reason }: NotInView): NotInView {
  return { file, resource, reference, reason };
}

function diagnosticObject(diagnostic: Diagnostic): ReportedDiagnostic {
  return {
    ruleId: diagnostic.ruleId,
    severity: diagnostic.severity,
    consequence: diagnostic.consequence,
    message: diagnostic.message,
    help: diagnostic.help,
    url: diagnostic.url,
    file: diagnostic.file,
    range: rangeObject(diagnostic.range),
    resource: diagnostic.resource,
    constructPath: diagnostic.constructPath,
    path: diagnostic.path,
    scenario: diagnostic.scenario,
    environments: diagnostic.environments,
    source: sourceObject(diagnostic.source),
    related: diagnostic.related.map(relatedObject),
    fix: diagnostic.fix === null ? null : fixObject(diagnostic.fix),
  };
}

function relatedObject({ message, file, range, resource, constructPath, source }: Related): Related {
  return { message, file, range: rangeObject(range), resource, constructPath, source: sourceObject(source) };
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
