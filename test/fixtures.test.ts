import { readFileSync } from 'node:fs';
import path from 'node:path';
import glob from 'fast-glob';
import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../rules/index.js';
import { readParameters } from '../src/config/parameters.js';
import type { Diagnostic, Report } from '../src/lint/result.js';
import { run } from '../src/lint/run.js';

/*
 * Every fixture is a small project with what a run in it must find, written from the contract of the rules.
 */

interface Expectation {
  readonly about: string;
  readonly options?: {
    readonly files?: string[];
    readonly context?: string[];
    readonly parameters?: string[];
    readonly rules?: Record<string, never>;
    readonly strict?: boolean;
  };
  /** Whether `findings` holds those of every rule; else only those of the rule whose fixture it is. */
  readonly everyRule?: boolean;
  readonly findings: readonly ExpectedFinding[];
  readonly tokenExchange?: Report['summary']['tokenExchange'];
}

interface ExpectedFinding {
  readonly ruleId: string;
  readonly messageKey: string;
  readonly severity: string;
  readonly file: string;
  readonly resource: string | null;
  readonly line?: number;
  readonly at?: string;
  readonly scenario?: Record<string, string> | null;
  readonly constructPath?: string;
}

const root = path.join(import.meta.dirname, '..', 'fixtures');
const cases = glob
  .sync('**/expected.json', { cwd: root, dot: true, ignore: [] })
  .map((file) => path.dirname(file))
  .sort();

describe('fixtures', () => {
  for (const name of cases) {
    it(name, async () => {
      const cwd = path.join(root, name);
      const expected = JSON.parse(readFileSync(path.join(cwd, 'expected.json'), 'utf8')) as Expectation;
      const { options = {} } = expected;
      const { report, internalErrors } = await run(
        {
          cwd,
          files: options.files ?? ['.'],
          ignore: ['expected.json'],
          context: options.context ?? [],
          parameters: (await readParameters(options.parameters ?? [], cwd)).assignments(undefined),
          rules: options.rules ?? {},
          strict: options.strict ?? false,
        },
        { rules: builtInRules, url: ruleUrl },
      );
      expect(internalErrors).toEqual([]);
      const own = ownRule(name);
      const looked =
        own === undefined || expected.everyRule
          ? report.diagnostics
          : report.diagnostics.filter(({ ruleId }) => ruleId === own);
      const found = looked.map((diagnostic, index) => shape(diagnostic, expected.findings[index], cwd));
      expect(found).toEqual(expected.findings);
      if (expected.tokenExchange) expect(report.summary.tokenExchange).toEqual(expected.tokenExchange);
      for (const diagnostic of report.diagnostics) expect(unfilled(diagnostic)).toEqual([]);
    });
  }
});

/** The rule whose fixture a project is; undefined for the larger projects, which are held against every rule. */
function ownRule(name: string): string | undefined {
  const [folder] = name.split('/');
  return builtInRules.find(({ id }) => id === folder)?.id;
}

/** A diagnostic in the words of an expectation: only what the expectation speaks of. */
function shape(diagnostic: Diagnostic, wanted: ExpectedFinding | undefined, cwd: string): ExpectedFinding {
  const { ruleId, messageKey, severity, file, resource, range, scenario, constructPath } = diagnostic;
  return {
    ruleId,
    messageKey,
    severity,
    file,
    resource,
    ...(wanted?.line !== undefined && { line: range.start.line }),
    ...(wanted?.at !== undefined && { at: firstLine(diagnostic, cwd) }),
    ...((scenario !== null || wanted?.scenario === null) && { scenario }),
    ...((wanted?.constructPath !== undefined || constructPath !== null) &&
      constructPath !== null && { constructPath }),
  };
}

function firstLine({ file, range }: Diagnostic, cwd: string): string {
  const line =
    readFileSync(path.join(cwd, file), 'utf8')
      .replace(/^\uFEFF/, '')
      .split(/\r\n|\r|\n/)[range.start.line - 1] ?? '';
  return line.slice(
    range.start.column - 1,
    range.end.line === range.start.line ? range.end.column - 1 : undefined,
  );
}

/** Placeholders that a rule gave no data for, and words of its own that pass for a secret and are masked. */
function unfilled({ message, help }: Diagnostic): string[] {
  return [message, help].flatMap((text) => text.match(/\{[a-z]\w*\}|\*{3}/g) ?? []);
}
