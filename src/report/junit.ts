import type { Diagnostic, FileResult, LintResult } from '../lint/result.js';
import { type ShownPlace, shownPlace, templatePlace } from '../lint/shown-place.js';
import { gather } from '../plain/gather.js';
import type { Formatter } from './format.js';
import { heldBackCounts, shownDiagnostics } from './words.js';
import { element, xmlDocument, xmlText } from './xml.js';

/** A test case with what it counts as. */
interface Case {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped';
  readonly lines: readonly string[];
}

/**
 * JUnit XML in the form that Jenkins and GitLab read: a suite for each file, a test case for each finding.
 *
 * Errors and warnings are failures, as in the JUnit reports of other linters, and their type tells the severity; an
 * info is a case that passes and says so in its output. A clean file is one case that passes, so that every file that
 * was checked can be seen.
 */
export const junit: Formatter = (result, context) => {
  const byFile = groupByFile(shownDiagnostics(result, context));
  const files = new Map(result.report.files.map((file) => [file.path, file]));
  const names = [...new Set([...files.keys(), ...byFile.keys()])];
  const suppressed = groupByFile(result.suppressed);
  const suites = names.map((name) =>
    suite(
      name,
      casesOf(name, byFile.get(name) ?? [], files.get(name), cleanName(result, suppressed.get(name) ?? [])),
    ),
  );
  if (result.internalErrors.length > 0) suites.push(suite('cfn-tx-lint', internalErrors(result)));

  const cases = suites.flatMap((one) => one.cases);
  const lines = element(
    'testsuites',
    { name: 'cfn-tx-lint', ...counts(cases), time: 0 },
    suites.flatMap((one) => one.lines),
  );
  return xmlDocument(lines, heldBackCounts(result.report.summary));
};

function suite(name: string, cases: readonly Case[]): { cases: readonly Case[]; lines: string[] } {
  const attributes = { name, ...counts(cases), skipped: number(cases, 'skipped'), time: 0 };
  return {
    cases,
    lines: element(
      'testsuite',
      attributes,
      cases.flatMap(({ lines }) => lines),
    ),
  };
}

function counts(cases: readonly Case[]): { tests: number; failures: number; errors: number } {
  return { tests: cases.length, failures: number(cases, 'failure'), errors: number(cases, 'error') };
}

function number(cases: readonly Case[], kind: Case['kind']): number {
  return cases.filter((one) => one.kind === kind).length;
}

/** What the case of a file is called that has nothing to report. Which file a finding of the baseline was in is not known. */
function cleanName({ report }: LintResult, suppressed: readonly Diagnostic[]): string {
  if (suppressed.length > 0) return 'no findings that are not suppressed';
  return report.summary.baseline > 0 ? 'no findings that are not in the baseline' : 'no findings';
}

function casesOf(
  path: string,
  diagnostics: readonly Diagnostic[],
  file: FileResult | undefined,
  clean: string,
): Case[] {
  if (diagnostics.length > 0) return diagnostics.map(findingCase);
  if (file?.status === 'skipped') {
    return [testCase('skipped', path, 'skipped', element('skipped', { message: file.reason ?? '' }, []))];
  }
  if (file?.status === 'failed') {
    return [
      testCase(
        'unreadable',
        path,
        'error',
        element('error', { message: file.reason ?? '', type: 'error' }, []),
      ),
    ];
  }
  return [testCase(clean, path, 'passed', [])];
}

function findingCase(diagnostic: Diagnostic): Case {
  const { ruleId, severity, file, resource, message } = diagnostic;
  const { start } = shownPlace(diagnostic).range;
  const place = `${start.line}:${start.column}`;
  const name = `${ruleId}${resource === null ? '' : ` in ${resource}`} at ${place}`;
  const text = story(diagnostic).map(xmlText);
  if (severity === 'info') return testCase(name, file, 'passed', element('system-out', {}, text));
  return testCase(name, file, 'failure', element('failure', { message, type: severity }, text));
}

function story(diagnostic: Diagnostic): string[] {
  const { message, help, url, related } = diagnostic;
  const template = templatePlace(diagnostic);
  return [
    `${position(shownPlace(diagnostic))} ${message}`,
    ...(template === undefined ? [] : [`${position(template)} in ${template.within}`]),
    ...related.map((place) => `${position(shownPlace(place))} ${place.message}`),
    `help: ${help}`,
    url,
  ];
}

function position({ file, range }: ShownPlace): string {
  return `${file}:${range.start.line}:${range.start.column}`;
}

function internalErrors({ internalErrors: faults }: LintResult): Case[] {
  return faults.map(({ ruleId, message }) =>
    testCase(
      ruleId ?? 'cfn-tx-lint',
      'cfn-tx-lint',
      'error',
      element('error', { message, type: 'error' }, []),
    ),
  );
}

function testCase(name: string, classname: string, kind: Case['kind'], children: readonly string[]): Case {
  return { kind, lines: element('testcase', { name, classname, time: 0 }, children) };
}

function groupByFile(diagnostics: readonly Diagnostic[]): Map<string, Diagnostic[]> {
  const byFile = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    gather(byFile, diagnostic.file, diagnostic);
  }
  return byFile;
}
