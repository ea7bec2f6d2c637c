import type { SeveritySetting } from './result.js';
import type { AnyRule } from './rule.js';

/** Parameter values given by the user. */
export interface ParameterAssignment {
  /** The template it is for, as a path or glob relative to the working directory; undefined for every template. */
  readonly template: string | undefined;
  readonly values: Readonly<Record<string, string>>;
  /** Where it was given, for messages: a file's name or the argument itself. */
  readonly origin: string;
}

export type RuleSetting = SeveritySetting | readonly [SeveritySetting, Readonly<Record<string, unknown>>];

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
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  readonly plugins?: readonly { readonly rules: readonly AnyRule[] }[];
  /** A token-exchange target that cannot be verified is an error instead of an info. */
  readonly strict?: boolean;
  readonly signal?: AbortSignal;
}
