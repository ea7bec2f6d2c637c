import path from 'node:path';
import type { Diagnostic, LintResult, Related } from '../lint/result.js';
import { version } from '../version.js';
import type { ValidationReport, ViolatingResource, Violation } from './interfaces.js';

export interface ReportOptions {
  /** What `file` of the findings is relative to. */
  readonly cwd: string;
  readonly maxWarnings: number;
}

/** Puts the result of a run into the words of the CDK. */
export function validationReport(result: LintResult, options: ReportOptions): ValidationReport {
  const { diagnostics, summary } = result.report;
  const { verified, failed, unverified } = summary.tokenExchange;
  const failures = result.internalErrors.map(ruleFailure);
  return {
    success: summary.errors === 0 && failures.length === 0 && summary.warnings <= options.maxWarnings,
    pluginVersion: version,
    metadata: {
      tokenExchange: `${verified} verified, ${failed} failed, ${unverified} unverified`,
      ...(result.notes.length > 0 ? { notes: result.notes.join('\n') } : {}),
    },
    violations: [...failures, ...diagnostics.map((diagnostic) => violation(diagnostic, options.cwd))],
  };
}

function violation(diagnostic: Diagnostic, cwd: string): Violation {
  const { ruleId, severity, resource, file, range, help, url, related } = diagnostic;
  const place = placeOf({ file, range });
  const { source } = diagnostic;
  return {
    ruleName: ruleId,
    // The CDK shows the construct of a resource, and nothing else of a place.
    description: inConstructs(
      resource === null ? `${place}: ${diagnostic.message}` : diagnostic.message,
      related,
    ),
    fix: [inOptions(inConstructs(help, related)), ...linesOf(diagnostic), url].join('\n'),
    severity,
    ruleMetadata: {
      documentation: url,
      place,
      ...(source === null ? {} : { source: `${source.file}:${source.line}:${source.column}` }),
      ...(diagnostic.scenario === null ? {} : { scenario: scenarioText(diagnostic.scenario) }),
      ...(related.length === 0 ? {} : { related: related.map(relatedText).join('\n') }),
    },
    violatingResources: [violatingResource(diagnostic, cwd)],
  };
}

/** The lines that a suggested fix writes, below the construct that they belong to. */
function linesOf({ constructFix }: Diagnostic): string[] {
  if (constructFix === undefined) return [];
  const { title, constructPath, lines } = constructFix;
  return [`${title}, in ${constructPath}:`, ...lines.map((line) => `  ${line}`)];
}

function violatingResource({ resource, file, path: steps }: Diagnostic, cwd: string): ViolatingResource {
  const location = (resource === null ? steps : steps.slice(2)).join('.');
  return {
    resourceLogicalId: resource ?? '',
    templatePath: path.resolve(cwd, file),
    locations: location === '' ? [] : [location],
  };
}

/** A rule that threw: nobody can acknowledge that away, and the findings of the others are told beside it. */
function ruleFailure({ ruleId, message }: LintResult['internalErrors'][number]): Violation {
  return {
    ruleName: ruleId ?? 'cfn-tx-lint',
    description: `the rule ${ruleId} failed: ${message}`,
    fix: 'This is a fault of the rule, not of the template: tell its author.',
    severity: 'fatal',
    ruleMetadata: {},
    violatingResources: [{ resourceLogicalId: '', templatePath: '', locations: [] }],
  };
}

/** A sentence that names the constructs of the app instead of the templates that they are written to. */
function inConstructs(sentence: string, related: readonly Related[]): string {
  return related.reduce(
    (said, { resource, file, constructPath }) =>
      resource === null || constructPath === null
        ? said
        : said.replaceAll(`${resource} in ${file}`, () => constructPath),
    sentence,
  );
}

/** A sentence that names the options of the plugin instead of those of the command line. */
function inOptions(sentence: string): string {
  return sentence.replace(/--(context|parameters|strict)\b/g, 'the option $1');
}

function relatedText(related: Related): string {
  const { source, constructPath, resource } = related;
  const place = source === null ? placeOf(related) : `${source.file}:${source.line}:${source.column}`;
  const name = constructPath ?? resource;
  return `${place}${name === null ? '' : ` (${name})`}: ${related.message}`;
}

function placeOf({ file, range }: Pick<Diagnostic, 'file' | 'range'>): string {
  return `${file}:${range.start.line}:${range.start.column}`;
}

function scenarioText(scenario: Readonly<Record<string, string>>): string {
  return Object.entries(scenario)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}
