import type { RuleSetting } from '../lint/options.js';
import type { Path } from '../source/types.js';
import type { FailOn } from './config.js';
import type { RawParameter } from './scalars.js';
import type { Problem } from './validate.js';

/** A configuration as written, once it is known to fit the schema. */
export interface RawConfig {
  readonly extends?: string | readonly string[];
  readonly files?: readonly string[];
  readonly context?: readonly string[];
  readonly ignore?: readonly string[];
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  readonly overrides?: readonly RawOverride[];
  readonly parameters?: Readonly<Record<string, RawParameter | RawValues>>;
  readonly environments?: Readonly<Record<string, RawEnvironment>>;
  readonly plugins?: readonly string[];
  readonly strict?: boolean;
  readonly failOn?: FailOn;
  readonly baseline?: string;
}

export interface RawOverride {
  readonly files: readonly string[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
}

export type RawValues = Readonly<Record<string, RawParameter>>;

/** A parameter file, or values for all templates and, by a template's path or glob, values and files for one. */
export type RawEnvironment = string | Readonly<Record<string, RawParameter | RawValues>>;

/** One file of a configuration: the one that was found or named, or one that it extends. */
export interface Layer {
  /** Absolute. */
  readonly file: string;
  /** What messages call it. */
  readonly name: string;
  /** Absolute: what its paths are relative to. */
  readonly directory: string;
  readonly raw: RawConfig;
  /** Where an entry stands: the file with line and column, where they are known. */
  place(path: Path, at: 'key' | 'value'): string;
  /** @throws UsageError that tells all problems with their places, when there are any */
  refuse(problems: readonly Problem[]): void;
}
