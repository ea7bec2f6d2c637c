import type { Range } from '../source/types.js';
import type { Diagnostic, Severity } from './result.js';
import type { AnyRule, MessageTemplate } from './rule.js';
import { fill } from './wording.js';

/** What a finding says that the run itself reports about the text of a file. */
export interface FileProblem {
  readonly rule: AnyRule;
  readonly severity: Severity;
  readonly url: string;
  /** The key of one of the rule's messages. */
  readonly message: string;
  readonly data: Readonly<Record<string, string>>;
  readonly file: string;
  readonly range: Range;
  /** The logical id of the resource that it stands on; null elsewhere. */
  readonly resource?: string | null;
}

/** A finding about the text of a file: it has no path, no scenario and no fix. */
export function fileDiagnostic(problem: FileProblem): Diagnostic {
  const { rule, severity, url, message, data, file, range, resource = null } = problem;
  const words = rule.messages[message] as MessageTemplate;
  return {
    ruleId: rule.id,
    messageKey: message,
    data,
    severity,
    consequence: words.consequence,
    message: fill(words.message, data),
    help: fill(words.help, data),
    url,
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
