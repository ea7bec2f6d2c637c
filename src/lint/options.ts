import type { BaselineEntry, SeveritySetting } from './result.js';
import type { AnyRule } from './rule.js';

/** Parameter values given by the user. */
export interface ParameterAssignment {
  /** The template it is for, as a path or glob relative to the working directory; undefined for every template. */
  readonly template: string | undefined;
  readonly values: Readonly<Record<string, string>>;
  /** Where it was given, for messages: a file's name or the argument itself. */
  readonly origin: string;
  /** Where each of the values stands, by parameter; left out where `origin` says enough. */
  readonly places?: Readonly<Record<string, string>>;
  /**
   * Of two values for one parameter of one template the one of higher precedence counts; default 0. Of the same
   * precedence, what is given for one template counts before what is given for all.
   */
  readonly precedence?: number;
  /**
   * Whether what is given for one template may not differ from what is given for all with the same precedence, either:
   * on the command line nobody means both.
   */
  readonly strict?: boolean;
}

/** The parameter values of one environment of a run. */
export interface Environment {
  readonly name: string;
  readonly parameters: readonly ParameterAssignment[];
}

export type RuleSetting = SeveritySetting | readonly [SeveritySetting, Readonly<Record<string, unknown>>];

/** Settings of rules for some files. */
export interface RuleOverride {
  /** Paths, directories and globs relative to the working directory. */
  readonly files: readonly string[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Where it was given, for messages. */
  readonly origin: string;
}

/** The accepted findings of a run. */
export interface BaselineOptions {
  readonly entries: readonly BaselineEntry[];
  /** Whether every finding of the run is accepted, to be written down. */
  readonly acceptsAll: boolean;
}

/** What a run is asked to do; every part may be left out. */
export interface LintOptions {
  /** The working directory; default `process.cwd()`. */
  readonly cwd?: string;
  /** Files, directories, globs. Left out together with `texts`: `cdk.out/`, else every template below `cwd`. */
  readonly files?: readonly string[];
  /** Templates in memory, each with the name that its findings bear. */
  readonly texts?: readonly { readonly name: string; readonly text: string }[];
  /** Globs of templates that resolve references and are themselves not reported on. */
  readonly context?: readonly string[];
  /** Globs that a search leaves out. */
  readonly ignore?: readonly string[];
  readonly parameters?: readonly ParameterAssignment[];
  /** Sets of parameter values that are checked side by side, each together with `parameters`. */
  readonly environments?: readonly Environment[];
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** Settings of rules for some files, the later ones before the earlier ones, all of them before `rules`. */
  readonly overrides?: readonly RuleOverride[];
  /** Findings that are counted and not reported. */
  readonly baseline?: BaselineOptions;
  readonly plugins?: readonly { readonly rules: readonly AnyRule[] }[];
  /** A token-exchange target that cannot be verified is an error instead of an info. */
  readonly strict?: boolean;
  /** A suppression that silences nothing is a finding. */
  readonly reportUnusedSuppressions?: boolean;
  readonly signal?: AbortSignal;
}
