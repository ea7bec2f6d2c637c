import type { Consequence } from '../lint/consequence.js';
import type { LintResult, Severity } from '../lint/result.js';

/** What a report tells about a rule. */
export interface RuleInfo {
  readonly id: string;
  /** The severity the rule has when nobody sets another. */
  readonly severity: Severity;
  /** One sentence: what the rule finds. */
  readonly summary: string;
  /** Why it matters: a paragraph of plain text. */
  readonly rationale: string;
  /** What its messages say happens, the worst for security first; empty where they claim nothing. */
  readonly consequences: readonly Consequence[];
  /** The page of the rule. */
  readonly url: string;
}

export interface FormatContext {
  readonly version: string;
  readonly rules: readonly RuleInfo[];
  /** The text of a reported file with its secrets masked at equal length; undefined when it cannot be shown. */
  readonly maskedText: (file: string) => string | undefined;
  /** The same of a file of the user's code, which a cloud assembly names; undefined outside of the project. */
  readonly maskedCode: (file: string) => string | undefined;
  /** The working directory as an absolute path: file names of the result are relative to it. */
  readonly cwd: string;
  /**
   * The folder that the file names of a CI service start from, as an absolute path (`GITHUB_WORKSPACE`,
   * `CI_PROJECT_DIR`); left out where that is the working directory. Used by github, gitlab and sarif.
   */
  readonly root?: string;
  readonly color: boolean;
  /** Columns of the terminal; 80 where there is none. */
  readonly width: number;
  /** Whether the terminal shows hyperlinks (OSC 8). */
  readonly hyperlinks: boolean;
  /** Whether to say how the page of a rule is shown: to people whose terminal shows no hyperlinks. */
  readonly explainHint?: boolean;
  /** Only errors. */
  readonly quiet: boolean;
  /** The severities whose findings fail the run are errors, and warnings past this number. */
  readonly maxWarnings: number | undefined;
}

/** A report of a run, as the whole text that goes to standard output or a file, ending in a line feed unless empty. */
export type Formatter = (result: LintResult, context: FormatContext) => string;
