import type { ConfigurableRule, Plugin } from '../config/config.js';
import type { RunOptions, RunResult } from '../lint/run.js';
import type { Picture } from '../picture/picture.js';
import type { RuleInfo } from '../report/format.js';
import type { GraphFormat } from './arguments.js';

export type { RunOptions, RunResult };

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
