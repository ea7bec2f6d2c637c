import { readFileSync } from 'node:fs';
import path from 'node:path';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import { describedRule } from '../../src/lint/described-rule.js';
import type { Diagnostic } from '../../src/lint/result.js';
import type { AnyRule } from '../../src/lint/rule.js';
import type { RunResult } from '../../src/lint/run.js';
import { maskSecrets } from '../../src/mask/mask.js';
import { prettyFormatter } from '../../src/report/pretty.js';
import { type Example, exampleOf } from './examples.js';
import { excerpt } from './excerpt.js';
import { casesOf, type LintedFixture, lintFixture } from './fixture.js';

/** What is known of a rule from its fixtures alone. */
export interface Evidence {
  readonly failing: Showcase;
  readonly passing: Showcase;
  /** What `cfn-tx-lint` prints about the failing example. */
  readonly report: string;
  readonly fixes: FixKinds;
}

/** A fixture as a page shows it. */
export interface Showcase {
  /** The fixture's folder, relative to the repository, with `/` separators. */
  readonly folder: string;
  /** What the case changes from the valid base: a clause. */
  readonly about: string;
  readonly files: readonly {
    readonly name: string;
    readonly language: 'yaml' | 'json';
    readonly text: string;
  }[];
}

export interface FixKinds {
  readonly safe: boolean;
  readonly unsafe: boolean;
}

/**
 * Lints the fixtures of a rule, and takes from them what its page shows.
 * @param root the repository
 * @throws Error when an example is missing, fails in another way than the page says, or does not pass
 */
export async function evidenceOf(root: string, rule: AnyRule): Promise<Evidence> {
  const example = exampleOf(rule.id);
  const invalid = await lintAll(casesOf(root, rule.id, 'invalid'));
  const failing = await fixture(root, `${rule.id}/invalid/${example.fails}`);
  const passing = await fixture(
    root,
    example.passes.includes('/') ? example.passes : `${rule.id}/valid/${example.passes}`,
  );
  const names = example.show ?? namesIn(failing.result.report.diagnostics);
  expectExample(rule, failing, passing);
  return {
    failing: showcase(root, failing, names),
    passing: showcase(root, passing, names),
    report: await reportOf(failing),
    fixes: fixKinds(rule, invalid),
  };
}

async function fixture(root: string, name: string): Promise<LintedFixture> {
  try {
    return await lintFixture(path.join(root, 'fixtures', name));
  } catch (error) {
    throw new Error(`the fixture ${name}, which stands on a rule's page, cannot be linted`, { cause: error });
  }
}

async function lintAll(directories: readonly string[]): Promise<LintedFixture[]> {
  const linted: LintedFixture[] = [];
  for (const directory of directories) linted.push(await lintFixture(directory));
  return linted;
}

/** A page that shows another rule's finding, or none, would explain nothing. */
function expectExample(rule: AnyRule, failing: LintedFixture, passing: LintedFixture): void {
  const others = failing.result.report.diagnostics.filter(({ ruleId }) => ruleId !== rule.id);
  if (others.length > 0 || failing.result.report.diagnostics.length === 0) {
    const found = failing.result.report.diagnostics.map(({ ruleId }) => ruleId).join(', ') || 'nothing';
    throw new Error(
      `the failing example of ${rule.id}, ${failing.directory}, must have findings of it alone: ${found}`,
    );
  }
  if (passing.result.report.diagnostics.length > 0) {
    throw new Error(`the passing example of ${rule.id}, ${passing.directory}, has findings`);
  }
}

/** The resources that findings speak of, and the parameters that they depend on. */
function namesIn(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.flatMap(({ resource, related, scenario }) => [
    ...(resource === null ? [] : [resource]),
    ...related.flatMap((place) => place.resource ?? []),
    ...Object.keys(scenario ?? {}),
  ]);
}

function showcase(root: string, linted: LintedFixture, names: Example['show'] & {}): Showcase {
  return {
    folder: path.relative(root, linted.directory).split(path.sep).join('/'),
    about: linted.about,
    files: linted.templates.map((name) => ({
      name,
      language: name.endsWith('.json') ? 'json' : 'yaml',
      text: excerpt(readFileSync(path.join(linted.directory, name), 'utf8'), names),
    })),
  };
}

/** The report as the program prints it into a pipe: no colours, 80 columns. */
async function reportOf({ directory, result }: LintedFixture): Promise<string> {
  return prettyFormatter(undefined)(result, {
    version: '',
    rules: builtInRules.map((rule) => describedRule(rule, ruleUrl(rule.id))),
    maskedText: (file) => maskSecrets(readFileSync(path.join(directory, file), 'utf8')),
    maskedCode: () => undefined,
    cwd: directory,
    color: false,
    width: 80,
    hyperlinks: false,
    quiet: false,
    maxWarnings: undefined,
  });
}

function fixKinds(rule: AnyRule, linted: readonly { readonly result: RunResult }[]): FixKinds {
  const kinds = new Set(
    linted
      .flatMap(({ result }) => result.report.diagnostics)
      .flatMap(({ ruleId, fix }) => (ruleId === rule.id && fix !== null ? [fix.safety] : [])),
  );
  return { safe: kinds.has('safe'), unsafe: kinds.has('unsafe') };
}
