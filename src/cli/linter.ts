import type { ConfigurableRule, Plugin } from '../config/config.js';
import type { Picture } from '../graph/picture.js';
import type { LintOptions } from '../lint/options.js';
import type { LintResult } from '../lint/result.js';
import type { RuleInfo } from '../report/format.js';
import type { GraphFormat } from './arguments.js';

/** What the command line asks of a run beside the options of the library. */
export interface RunOptions extends LintOptions {
  /** The template on standard input, and the name that its findings bear. */
  readonly stdin?: { readonly text: string; readonly name: string };
  /** Texts that stand in for those on disk, by the name that a file's findings bear: fixes are tried so. */
  readonly overlay?: ReadonlyMap<string, string>;
  /** Called as templates are done, often enough for a progress line. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The counts of a run that `--stats` prints, by their names, when the linter keeps any. */
export type RunCounts = Readonly<Record<string, number>>;

export type RunResult = LintResult & { readonly counts?: RunCounts };

/** A rule as `rules`, `--rule` and the configuration's check speak of it. */
export type CatalogueRule = RuleInfo & ConfigurableRule;

/** What the command line drives. Given from outside, so that its tests need no templates. */
export interface Linter {
  run(options: RunOptions): Promise<RunResult>;
  /** The rules that come with the program, in the order of the catalogue, and those of plugins after them. */
  rules(plugins?: readonly Plugin[]): Promise<readonly CatalogueRule[]>;
  /** The token-exchange graph of the same options, and the run that it comes from. */
  picture(options: RunOptions): Promise<{ readonly picture: Picture; readonly result: RunResult }>;
  draw(picture: Picture, format: GraphFormat): Promise<string>;
}
