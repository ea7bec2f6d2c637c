import type { Severity } from '../lint/result.js';

/** The texts of one or several templates. */
export type Templates =
  | {
      /** The text of a template, YAML or JSON; its findings bear the name `template.yaml`. */
      readonly template: string;
      readonly files?: undefined;
    }
  | {
      /** Several templates by name: the names are what a `TemplateURL` refers to and what findings bear. */
      readonly files: Readonly<Record<string, string>>;
      readonly template?: undefined;
    };

export interface CaseSettings<Options> {
  /** What the case is about, for the test's name. */
  readonly name?: string;
  /** Parameter values, for all templates that are no nested stacks; under a file's name, for that file alone. */
  readonly parameters?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** Options of the rule, over its defaults. */
  readonly options?: Partial<Options>;
  /** Whether YAML is also linted as JSON, with the same findings expected; default true. */
  readonly json?: boolean;
}

export type ValidCase<Options = Readonly<Record<string, unknown>>> = Templates & CaseSettings<Options>;

/** What a finding must be; only what is named is compared. */
export interface ExpectedFinding<Key extends string = string> {
  /** Which of the rule's messages it is. */
  readonly messageKey?: Key;
  /** The message as a reader sees it, with the scenario at its end. */
  readonly message?: string | RegExp;
  readonly severity?: Severity;
  readonly file?: string;
  /** The logical id of the resource. */
  readonly resource?: string | null;
  /** Counts from 1. */
  readonly line?: number;
  /** The text that the finding covers, quotes included; of several lines the first. */
  readonly at?: string;
  /** The parameter values under which the fault holds; null when it always holds. */
  readonly scenario?: Readonly<Record<string, string>> | null;
  /** The fix that the finding offers; null for none. */
  readonly fix?: ExpectedFix | null;
}

export interface ExpectedFix {
  readonly title?: string;
  readonly safety?: 'safe' | 'unsafe';
  /** The whole text of the finding's template once this fix alone is made. */
  readonly output?: string;
}

export type InvalidCase<
  Key extends string = string,
  Options = Readonly<Record<string, unknown>>,
> = Templates &
  CaseSettings<Options> & {
    /** All findings of the rule, in the order of file and place; or only their number. */
    readonly findings: number | readonly ExpectedFinding<Key>[];
    /**
     * What the safe fixes make of the template, or of the templates that they change, by name. May be left out only
     * when no finding has a safe fix; null says so.
     */
    readonly output?: string | Readonly<Record<string, string>> | null;
  };

export interface Cases<Key extends string, Options> {
  /** Templates without a finding of the rule; a string is the text of one. */
  readonly valid: readonly (string | ValidCase<Options>)[];
  readonly invalid: readonly InvalidCase<Key, Options>[];
}

/** The name of a case's only template. */
export const TEMPLATE_NAME = 'template.yaml';

/** The texts of a case by name. */
export function textsOf({ template, files }: Templates): ReadonlyMap<string, string> {
  return template === undefined ? new Map(Object.entries(files)) : new Map([[TEMPLATE_NAME, template]]);
}

const CASE_KEYS = ['name', 'template', 'files', 'parameters', 'options', 'json'];
const INVALID_CASE_KEYS = [...CASE_KEYS, 'findings', 'output'];
const FINDING_KEYS = [
  'messageKey',
  'message',
  'severity',
  'file',
  'resource',
  'line',
  'at',
  'scenario',
  'fix',
];

/**
 * What is wrong with a case itself, for rules that are tested without a type checker: a misspelled key would compare
 * nothing and always pass.
 */
export function problemsOfCase(testCase: ValidCase | InvalidCase, kind: 'valid' | 'invalid'): string[] {
  const problems = unknownKeys(testCase, kind === 'valid' ? CASE_KEYS : INVALID_CASE_KEYS, 'the case');
  const { template, files } = testCase as { template?: unknown; files?: unknown };
  if ((template === undefined) === (files === undefined))
    problems.push('the case must have either template or files');
  if (kind === 'valid') return problems;
  const { findings } = testCase as { findings?: InvalidCase['findings'] };
  if (Array.isArray(findings)) {
    for (const [index, finding] of findings.entries()) {
      problems.push(...unknownKeys(finding, FINDING_KEYS, `findings[${index}]`));
    }
  }
  const expected = Array.isArray(findings) ? findings.length : findings;
  if (typeof expected !== 'number')
    problems.push('an invalid case must say its findings: a list, or their number');
  if (expected === 0) problems.push('an invalid case must have a finding; without one it is a valid case');
  return problems;
}

function unknownKeys(value: object, known: readonly string[], what: string): string[] {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  return unknown.map(
    (key) => `${what} has the key ${key}, which RuleTester does not know (${known.join(', ')})`,
  );
}
