import type { Diagnostic, LintResult, Severity } from '../lint/result.js';
import { type ShownPlace, shownPlace, templatePlace } from '../lint/shown-place.js';
import type { FormatContext, Formatter } from './format.js';
import { neutralise } from './neutralise.js';
import { nameInProject } from './uri.js';
import {
  count,
  environmentRows,
  findingCounts,
  heldBackCounts,
  incompleteRun,
  shownDiagnostics,
  tokenExchangeCounts,
  tooManyWarnings,
} from './words.js';

type Command = 'error' | 'warning' | 'notice';

const COMMANDS: Readonly<Record<Severity, Command>> = { error: 'error', warning: 'warning', info: 'notice' };

/** GitHub shows this many annotations of each kind from one step and drops the others without a word. */
const ANNOTATIONS_PER_KIND = 10;

/**
 * Workflow commands that become annotations on GitHub: errors first, so that no limit lets warnings hide them.
 * What is past the limit follows as a plain list in a group, and a notice tells how many there are.
 */
export const github: Formatter = (result, context) => {
  const diagnostics = shownDiagnostics(result, context);
  const { annotated, rest } = withinLimits(diagnostics);
  const lines = annotated.map((diagnostic) => annotation(diagnostic, context));
  if (rest.length > 0) {
    const title = `${count(rest.length, 'more finding')} without an annotation, because of GitHub's limit`;
    lines.push(
      `::group::${data(title)}`,
      ...rest.map((diagnostic) => plainLine(diagnostic, context)),
      '::endgroup::',
      command('notice', { title: 'cfn-tx-lint' }, `${title}: they are listed in the log of this step.`),
    );
  }
  lines.push(...summaryLines(result, context));
  return `${lines.join('\n')}\n`;
};

function withinLimits(diagnostics: readonly Diagnostic[]): { annotated: Diagnostic[]; rest: Diagnostic[] } {
  const bySeverity = (severity: Severity) =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity);
  const [errors, warnings, infos] = [bySeverity('error'), bySeverity('warning'), bySeverity('info')];
  const overflows = [errors, warnings, infos].some((kind) => kind.length > ANNOTATIONS_PER_KIND);
  // The notice about the rest takes the place of one info.
  const notices = overflows ? ANNOTATIONS_PER_KIND - 1 : ANNOTATIONS_PER_KIND;
  return {
    annotated: [
      ...errors.slice(0, ANNOTATIONS_PER_KIND),
      ...warnings.slice(0, ANNOTATIONS_PER_KIND),
      ...infos.slice(0, notices),
    ],
    rest: [
      ...errors.slice(ANNOTATIONS_PER_KIND),
      ...warnings.slice(ANNOTATIONS_PER_KIND),
      ...infos.slice(notices),
    ],
  };
}

function annotation(diagnostic: Diagnostic, context: FormatContext): string {
  const { ruleId, severity, message, help, url, related } = diagnostic;
  const { file, range, isPoint } = shownPlace(diagnostic);
  const template = templatePlace(diagnostic);
  // The runner drops the columns of a range of several lines. The end column is exclusive, like ours.
  const oneLine = range.start.line === range.end.line;
  const hasEnd = oneLine && !isPoint;
  const properties = {
    file: neutralise(nameInProject(file, context)),
    line: range.start.line,
    col: oneLine ? range.start.column : undefined,
    endLine: range.end.line,
    endColumn: hasEnd ? range.end.column : undefined,
    title: neutralise(ruleId),
  };
  const story = [
    ...(template === undefined ? [] : [`${position(template, context)} in ${template.within}`]),
    ...related.map((place) => `${position(shownPlace(place), context)} ${neutralise(place.message)}`),
  ];
  const text = [neutralise(message), `help: ${neutralise(help)}`, ...story, neutralise(url)].join('\n');
  return command(COMMANDS[severity], properties, text);
}

function plainLine(diagnostic: Diagnostic, context: FormatContext): string {
  const { severity, ruleId, message } = diagnostic;
  return `${severity} ${position(shownPlace(diagnostic), context)} ${neutralise(ruleId)}: ${neutralise(message)}`;
}

function position({ file, range }: ShownPlace, context: FormatContext): string {
  return `${neutralise(nameInProject(file, context))}:${range.start.line}:${range.start.column}`;
}

function summaryLines(result: LintResult, context: FormatContext): string[] {
  const { summary } = result.report;
  const counts = findingCounts(summary, context.quiet);
  return [
    `${counts === '' ? 'no findings' : counts} in ${count(summary.files, 'file')}`,
    tooManyWarnings(summary, context),
    incompleteRun(result),
    heldBackCounts(summary),
    tokenExchangeCounts(summary),
    ...environmentRows(summary).map((row) => `  ${row}`),
  ].filter((line) => line !== undefined);
}

function command(
  name: Command,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const list = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${name} ${list.join(',')}::${data(message)}`;
}

/** The escapes of a command's message: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
