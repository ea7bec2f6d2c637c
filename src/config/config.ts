import type { ParameterAssignment, RuleSetting } from '../lint/options.js';
import type { AnyRule } from '../lint/rule.js';

/** A configuration, ready for a run: its globs and names are relative to the working directory. */
export interface Config {
  /** The file it comes from, absolute. */
  readonly file: string;
  readonly files: readonly string[] | undefined;
  readonly context: readonly string[];
  readonly ignore: readonly string[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly parameters: readonly ParameterAssignment[];
  readonly plugins: readonly Plugin[];
  readonly strict: boolean | undefined;
  /** Remarks for standard error, one line each. */
  readonly notes: readonly string[];
}

export interface Plugin {
  /** As the configuration names it. */
  readonly name: string;
  readonly rules: readonly AnyRule[];
}

/** A rule as far as a configuration speaks of it. */
export interface ConfigurableRule {
  readonly id: string;
  /** The JSON Schema of its options; undefined when it has none. */
  readonly options?: { readonly schema: Readonly<Record<string, unknown>> } | undefined;
}
