import type { ParameterAssignment, RuleOverride, RuleSetting } from '../lint/options.js';
import type { Severity } from '../lint/result.js';
import type { AnyRule } from '../lint/rule.js';
import type { ParameterSource } from './parameters.js';

/** A configuration, ready for a run: its globs and names are relative to the working directory. */
export interface Config {
  /** The file it comes from, absolute. */
  readonly file: string;
  /** All files that it is merged from, absolute: what it extends first, itself last. */
  readonly mergedFrom: readonly string[];
  readonly files: readonly string[] | undefined;
  readonly context: readonly string[];
  readonly ignore: readonly string[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly overrides: readonly RuleOverride[];
  readonly parameters: readonly ParameterAssignment[];
  readonly environments: readonly ConfiguredEnvironment[];
  readonly plugins: readonly Plugin[];
  readonly strict: boolean | undefined;
  readonly failOn: FailOn | undefined;
  /** The absolute file of accepted findings. */
  readonly baseline: string | undefined;
  /** Where each part was written, by key path: `rules.invalid-grant-type`, `context[0]`, `strict`. */
  readonly origins: Readonly<Record<string, string>>;
}

/** The lowest severity that fails a run. */
export type FailOn = Severity | 'never';

/** One of the sets of parameter values that a run checks side by side. */
export interface ConfiguredEnvironment {
  readonly name: string;
  readonly values: ParameterSource;
}

export interface Plugin {
  /** As the configuration names it. */
  readonly name: string;
  readonly rules: readonly AnyRule[];
}

/** A rule as far as a configuration speaks of it. */
export interface ConfigurableRule {
  readonly id: string;
  readonly formerIds?: readonly string[] | undefined;
  /** The JSON Schema of its options; undefined when it has none. */
  readonly options?: { readonly schema: Readonly<Record<string, unknown>> } | undefined;
}
