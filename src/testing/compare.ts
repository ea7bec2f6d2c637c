import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../lint/result.js';
import type { ExpectedFinding, InvalidCase } from './cases.js';
import { fail } from './failure.js';
import { afterFix } from './fixes.js';

/**
 * Holds findings against what a case expects.
 * @throws AssertionError that shows all findings when their number differs, else the first one that differs
 */
export function expectFindings(
  found: readonly Diagnostic[],
  expected: InvalidCase['findings'],
  texts: ReadonlyMap<string, string>,
): void {
  const wanted = typeof expected === 'number' ? expected : expected.length;
  if (found.length !== wanted) {
    const seen = found.length === 0 ? 'found none' : `found ${found.length}:\n${described(found, texts)}`;
    fail(
      `expected ${wanted === 0 ? 'no finding' : `${wanted} finding${wanted === 1 ? '' : 's'}`}, and ${seen}`,
    );
  }
  for (const finding of found) expectWords(finding);
  if (typeof expected === 'number') return;
  for (const [index, expectation] of expected.entries()) {
    const finding = found[index];
    if (finding !== undefined) expectFinding(finding, expectation, `findings[${index}]`, texts);
  }
}

/** What of a finding is the same in YAML and in JSON, to be compared without regard to the order of places. */
export function essence(found: readonly Diagnostic[]): unknown[] {
  return found
    .map(({ messageKey, severity, message, file, resource, path, scenario }) => ({
      messageKey,
      severity,
      message,
      file,
      resource,
      path: path.join('/'),
      scenario,
    }))
    .map((finding) => [JSON.stringify(finding), finding] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, finding]) => finding);
}

/** One line for each finding, as a failed test shows them. */
export function described(found: readonly Diagnostic[], texts: ReadonlyMap<string, string>): string {
  return found
    .map((diagnostic) => {
      const { messageKey, file, range, severity, resource, message } = diagnostic;
      const place = `${file}:${range.start.line}:${range.start.column}`;
      const at = coveredText(diagnostic, texts);
      return `  ${place}  ${severity}  ${messageKey}  in ${resource ?? 'the file'}  at ${at}\n    ${message}`;
    })
    .join('\n');
}

/** A message with a placeholder that the rule gave no data for. */
function expectWords({ messageKey, message, help }: Diagnostic): void {
  const [open] = /\{[A-Za-z]\w*\}/.exec(`${message} ${help}`) ?? [];
  if (open !== undefined) fail(`the report of the message ${messageKey} has no data for ${open}`);
}

function expectFinding(
  found: Diagnostic,
  expected: ExpectedFinding,
  name: string,
  texts: ReadonlyMap<string, string>,
): void {
  for (const { key, actual, expected: wanted } of differences(found, expected, texts)) {
    fail(
      `${name}.${key}: expected ${shown(wanted)}, and found ${shown(actual)} in\n${described([found], texts)}`,
      {
        actual,
        expected: wanted,
      },
    );
  }
}

interface Difference {
  readonly key: string;
  readonly actual: unknown;
  readonly expected: unknown;
}

/** Where a finding is not what an expectation says, in the order of the expectation's keys. */
function* differences(
  diagnostic: Diagnostic,
  expected: ExpectedFinding,
  texts: ReadonlyMap<string, string>,
): Iterable<Difference> {
  const actual: Readonly<Record<Exclude<keyof ExpectedFinding, 'message' | 'fix'>, unknown>> = {
    messageKey: diagnostic.messageKey,
    severity: diagnostic.severity,
    file: diagnostic.file,
    resource: diagnostic.resource,
    line: diagnostic.range.start.line,
    at: coveredText(diagnostic, texts),
    scenario: diagnostic.scenario,
  };
  yield* unequal(actual, expected);
  const { message, fix } = expected;
  const fits = message instanceof RegExp ? message.test(diagnostic.message) : message === diagnostic.message;
  if (message !== undefined && !fits) yield { key: 'message', actual: diagnostic.message, expected: message };
  if (fix === undefined) return;
  if (fix === null || diagnostic.fix === null) {
    if (fix !== diagnostic.fix) yield { key: 'fix', actual: diagnostic.fix?.title ?? null, expected: fix };
    return;
  }
  const { title, safety } = diagnostic.fix;
  const output =
    fix.output === undefined
      ? undefined
      : afterFix(diagnostic.fix, diagnostic.file, texts.get(diagnostic.file) ?? '');
  for (const { key: part, ...rest } of unequal({ title, safety, output }, fix))
    yield { key: `fix.${part}`, ...rest };
}

/** The keys that an expectation has and whose values are others; a key without a value compares nothing. */
function* unequal(actual: Readonly<Record<string, unknown>>, expected: object): Iterable<Difference> {
  const wanted = new Map(Object.entries(expected));
  for (const [key, value] of Object.entries(actual)) {
    const should = wanted.get(key);
    if (should !== undefined && !isDeepStrictEqual(value, should))
      yield { key, actual: value, expected: should };
  }
}

/** The text that a finding covers: on its first line, when it goes over several. */
function coveredText(
  { file, range: { start, end } }: Diagnostic,
  texts: ReadonlyMap<string, string>,
): string {
  const lines = (texts.get(file) ?? '').replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const line = lines[start.line - 1] ?? '';
  return line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined);
}

function shown(value: unknown): string {
  return value instanceof RegExp ? String(value) : JSON.stringify(value);
}
