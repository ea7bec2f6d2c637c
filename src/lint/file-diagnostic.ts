import type { Range } from '../source/types.js';
import { type Catalogue, ruleThatReports } from './catalogue.js';
import type { Diagnostic, Severity } from './result.js';
import type { RunReports } from './rule.js';
import type { RuleSettings } from './settings.js';
import { fill } from './wording.js';

/** The first character of a file: for what has no place in it. */
export const FILE_START: Range = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

/** What a finding says that the run itself reports about the text of a file. */
export interface FileProblem<Key extends string> {
  readonly message: Key;
  readonly data: Readonly<Record<string, string>>;
  readonly file: string;
  /** Left out of what is about the file as a whole. */
  readonly range?: Range | undefined;
  /** The logical id of the resource that it stands on; null elsewhere. */
  readonly resource?: string | null;
}

/** Makes findings about the texts of files: they have no path, no scenario and no fix. */
export class FileDiagnoser {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly settings: RuleSettings,
  ) {}

  diagnose<Subject extends keyof RunReports>(
    subject: Subject,
    problem: FileProblem<RunReports[Subject]>,
  ): Diagnostic {
    const rule = ruleThatReports(subject, this.catalogue.rules);
    const { message, data, file, range = FILE_START, resource = null } = problem;
    const words = rule.messages[message];
    return {
      ruleId: rule.id,
      messageKey: message,
      data,
      severity: this.settings.severityIn(file, rule).severity as Severity,
      consequence: words.consequence,
      message: fill(words.message, data),
      help: fill(words.help, data),
      url: this.catalogue.url(rule.id),
      file,
      range,
      resource,
      constructPath: null,
      path: [],
      scenario: null,
      environments: null,
      source: null,
      related: [],
      fix: null,
    };
  }
}
