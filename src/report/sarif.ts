import type {
  CodeFlow,
  Invocation,
  Location,
  Log,
  LogicalLocation,
  Notification,
  PhysicalLocation,
  Region,
  Replacement,
  ReportingDescriptor,
  Result,
  Run,
  Fix as SarifFix,
} from 'sarif';
import { type Consequence, consequenceFacts } from '../lint/consequence.js';
import type {
  Diagnostic,
  FileResult,
  Fix,
  LintResult,
  Severity,
  SuppressedDiagnostic,
} from '../lint/result.js';
import { type GeneratedPlace, type ShownPlace, shownPlace, templatePlace } from '../lint/shown-place.js';
import { jsonText } from '../plain/json-text.js';
import { visible } from '../plain/visible.js';
import type { Range } from '../source/types.js';
import { fingerprints } from './fingerprint.js';
import type { FormatContext, Formatter, RuleInfo } from './format.js';
import { fileUri } from './uri.js';
import { shownDiagnostics } from './words.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
/** The name of our fingerprint; its number changes when what it is made of changes. */
const FINGERPRINT = 'cfnTxLintFinding/v1';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};
/** GitHub's names for the severity of a rule that is no security alert. */
const PROBLEM_SEVERITIES: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
};

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. */
export const sarif: Formatter = (result, context) => {
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: [run(result, context)] };
  return jsonText(log);
};

function run(result: LintResult, context: FormatContext): Run {
  const diagnostics = [...shownDiagnostics(result, context), ...result.suppressed];
  const rules = describedRules(diagnostics, context);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const prints = fingerprints(diagnostics, ({ file }) => fileUri(file, context).uri);
  // Either no result or every result tells whether it was suppressed (section 3.27.23).
  const tellSuppression = result.suppressed.length > 0;
  return {
    tool: {
      driver: {
        name: 'cfn-tx-lint',
        version: context.version,
        semanticVersion: context.version,
        rules,
      },
    },
    columnKind: 'utf16CodeUnits',
    properties: { summary: result.report.summary },
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the source tree.' } } },
    invocations: [invocation(result, context)],
    results: diagnostics.map((diagnostic, index) => ({
      ...finding(diagnostic, indexes.get(diagnostic.ruleId), context),
      partialFingerprints: { [FINGERPRINT]: prints[index] ?? '' },
      ...(tellSuppression ? { suppressions: suppressions(diagnostic) } : {}),
    })),
  };
}

/** All rules of the run; one that only a finding names is described as far as the finding does. */
function describedRules(diagnostics: readonly Diagnostic[], context: FormatContext): ReportingDescriptor[] {
  const rules = new Map(context.rules.map((rule) => [rule.id, describedRule(rule)]));
  for (const { ruleId, severity, url } of diagnostics) {
    if (!rules.has(ruleId)) {
      rules.set(ruleId, { id: ruleId, ...helpUri(url), defaultConfiguration: { level: LEVELS[severity] } });
    }
  }
  return [...rules.values()];
}

function describedRule({
  id,
  severity,
  summary,
  rationale,
  consequences,
  url,
}: RuleInfo): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: rationale },
    help: {
      text: `${summary}\n\n${rationale}\n\n${url}`,
      markdown: `${summary}\n\n${rationale}\n\n[Documentation of ${id}](${url})`,
    },
    ...helpUri(url),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['security', 'oauth2', 'token-exchange'],
      precision: 'high',
      'problem.severity': PROBLEM_SEVERITIES[severity],
      ...securitySeverity(consequences[0]),
    },
  };
}

function helpUri(url: string): { helpUri?: string } {
  return URL.canParse(url) ? { helpUri: new URL(url).href } : {};
}

function finding(diagnostic: Diagnostic, ruleIndex: number | undefined, context: FormatContext): Result {
  const { ruleId, severity, message, help, related, fix, source } = diagnostic;
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    kind: 'fail',
    level: LEVELS[severity],
    message: { text: `${messageText(message)}\n\n${messageText(help)}` },
    locations: [primaryLocation(diagnostic, context)],
    ...(related.length === 0 && source === null
      ? {}
      : { relatedLocations: relatedLocations(diagnostic, context) }),
    ...(related.length === 0 ? {} : { codeFlows: [codeFlow(diagnostic, context)] }),
    ...(fix === null ? {} : { fixes: [sarifFix(fix, context)] }),
    ...findingProperties(diagnostic),
  };
}

function findingProperties({ scenario, environments, consequence }: Diagnostic): Pick<Result, 'properties'> {
  if (scenario === null && environments === null && consequence === null) return {};
  return {
    properties: {
      ...(consequence === null ? {} : { consequence, ...securitySeverity(consequence) }),
      ...(scenario === null ? {} : { scenario }),
      ...(environments === null ? {} : { environments }),
    },
  };
}

/** GitHub sorts alerts by it. */
function securitySeverity(consequence: Consequence | undefined): { 'security-severity'?: string } {
  return consequence === undefined
    ? {}
    : { 'security-severity': consequenceFacts[consequence].securitySeverity.toFixed(1) };
}

function primaryLocation(diagnostic: Diagnostic, context: FormatContext): Location {
  const { resource, constructPath, path } = diagnostic;
  const logicalLocations: LogicalLocation[] = [];
  if (resource !== null) {
    logicalLocations.push({
      name: resource,
      // What is no template has no such section.
      fullyQualifiedName: path[0] === 'Resources' ? `Resources/${resource}` : resource,
      kind: 'resource',
    });
  }
  if (constructPath !== null) logicalLocations.push(construct(constructPath));
  return {
    physicalLocation: physicalLocation(shownPlace(diagnostic), context),
    ...(logicalLocations.length === 0 ? {} : { logicalLocations }),
  };
}

function construct(path: string): LogicalLocation {
  return { name: path.slice(path.lastIndexOf('/') + 1), fullyQualifiedName: path, kind: 'construct' };
}

/** The template, where the finding points at the user's own code, and the places that explain it. */
function relatedLocations(diagnostic: Diagnostic, context: FormatContext): Location[] {
  const template = templatePlace(diagnostic);
  return [
    ...(template === undefined ? [] : [templateLocation(template, context)]),
    ...explainingLocations(diagnostic, context),
  ].map((location, index) => ({ id: index + 1, ...location }));
}

function templateLocation(template: GeneratedPlace, context: FormatContext): Location {
  return {
    message: { text: `in ${template.within}` },
    physicalLocation: physicalLocation(template, context),
  };
}

function explainingLocations({ related }: Diagnostic, context: FormatContext): Location[] {
  return related.map((place) => {
    const { message, resource, constructPath } = place;
    const logicalLocations: LogicalLocation[] = [
      ...(resource === null ? [] : [{ name: resource, kind: 'resource' }]),
      ...(constructPath === null ? [] : [construct(constructPath)]),
    ];
    return {
      message: { text: messageText(message) },
      physicalLocation: physicalLocation(shownPlace(place), context),
      ...(logicalLocations.length === 0 ? {} : { logicalLocations }),
    };
  });
}

/** The way from the finding along every place that explains it. */
function codeFlow(diagnostic: Diagnostic, context: FormatContext): CodeFlow {
  const first: Location = {
    physicalLocation: physicalLocation(shownPlace(diagnostic), context),
    message: { text: messageText(diagnostic.message) },
  };
  const hops = explainingLocations(diagnostic, context);
  return { threadFlows: [{ locations: [first, ...hops].map((location) => ({ location })) }] };
}

function physicalLocation({ file, range, isPoint }: ShownPlace, context: FormatContext): PhysicalLocation {
  const { line: startLine, column: startColumn } = range.start;
  return {
    artifactLocation: artifactLocation(file, context),
    region: isPoint ? { startLine, startColumn } : region(range),
  };
}

function artifactLocation(file: string, context: FormatContext): { uri: string; uriBaseId?: string } {
  const { uri, relative } = fileUri(file, context);
  return relative ? { uri, uriBaseId: '%SRCROOT%' } : { uri };
}

function region({ start, end }: Range): Region {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function sarifFix({ title, safety, edits }: Fix, context: FormatContext): SarifFix {
  const replacements = new Map<string, Replacement[]>();
  for (const { file, range, text } of edits) {
    const ofFile = replacements.get(file) ?? [];
    ofFile.push({ deletedRegion: region(range), insertedContent: { text } });
    replacements.set(file, ofFile);
  }
  const artifactChanges = [...replacements].map(([file, ofFile]) => ({
    artifactLocation: artifactLocation(file, context),
    replacements: ofFile,
  }));
  return { description: { text: messageText(title) }, artifactChanges, properties: { safety } };
}

function suppressions(diagnostic: Diagnostic | SuppressedDiagnostic): Result['suppressions'] {
  if (!('suppression' in diagnostic)) return [];
  const { kind, justification } = diagnostic.suppression;
  // Comments and metadata both stand in the template.
  return [
    {
      kind: kind === 'configuration' ? 'external' : 'inSource',
      ...(justification === null ? {} : { justification }),
    },
  ];
}

function invocation(result: LintResult, context: FormatContext): Invocation {
  const notifications: Notification[] = [
    ...result.internalErrors.map(
      ({ ruleId, message }): Notification => ({
        level: 'error',
        message: { text: messageText(message) },
        ...(ruleId === null ? {} : { associatedRule: { id: ruleId } }),
      }),
    ),
    ...result.report.files
      .filter(({ status }) => status !== 'checked')
      .map((file): Notification => fileNotification(file, context)),
  ];
  return {
    executionSuccessful: result.internalErrors.length === 0,
    toolExecutionNotifications: notifications,
  };
}

function fileNotification({ path, status, reason }: FileResult, context: FormatContext): Notification {
  return {
    level: status === 'failed' ? 'error' : 'note',
    message: {
      text: messageText(`The file was ${status === 'failed' ? 'not read' : 'skipped'}: ${reason ?? ''}`),
    },
    locations: [{ physicalLocation: { artifactLocation: artifactLocation(path, context) } }],
  };
}

/** Literal text: in a SARIF message `[text](target)` is a link (section 3.11.6), wherever the text came from. */
function messageText(text: string): string {
  return visible(text).replaceAll('](', '] (');
}
