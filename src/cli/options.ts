import { PICTURE_FORMATS } from '../picture/index.js';
import { FORMAT_NAMES } from '../report/index.js';

/** The subcommands; `lint` is meant when none is named. */
export const COMMANDS = [
  'lint',
  'identities',
  'graph',
  'explain',
  'rules',
  'facts',
  'lsp',
  'init',
  'completions',
] as const;
export type Command = (typeof COMMANDS)[number];

export const FORMATS = FORMAT_NAMES;
/** What `--report` takes: every format, and the Markdown of a job summary, which draws the graph as well. */
export const REPORTS = [...FORMAT_NAMES, 'job-summary'] as const;
export const GRAPH_FORMATS = PICTURE_FORMATS;
export { IDENTITY_FORMATS } from '../report/identity-formats.js';
export const FACTS_FORMATS = ['pretty', 'markdown', 'json'] as const;
export const RULES_FORMATS = ['pretty', 'json'] as const;
/** What `--fail-on` takes: the lowest severity that fails a run. */
export const FAIL_ON = ['error', 'warning', 'info', 'never'] as const;
/** What `--rule` sets. */
export const RULE_SEVERITIES = ['error', 'warning', 'info', 'off'] as const;
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** How an option is written. What it says in the help stands in help.ts, which a normal run does not load. */
export interface OptionSpec {
  readonly commands: readonly Command[];
  /** The name of its value in the help; undefined for an option without one. */
  readonly value: string | undefined;
  readonly short?: string;
  readonly repeatable?: true;
}

const everywhere: readonly Command[] = COMMANDS;
const onTemplates: readonly Command[] = ['lint', 'identities', 'graph'];

/** Every option, in the order of the help. */
export const OPTIONS = {
  format: { commands: [...onTemplates, 'rules', 'facts'], value: 'NAME', short: 'f' },
  output: { commands: onTemplates, value: 'FILE', short: 'o' },
  report: { commands: ['lint'], value: 'FORMAT=FILE', repeatable: true },
  parameters: { commands: onTemplates, value: 'FILE|Key=Value', repeatable: true },
  environment: { commands: onTemplates, value: 'NAME', repeatable: true },
  context: { commands: onTemplates, value: 'GLOB', repeatable: true },
  rule: { commands: onTemplates, value: 'ID=SEVERITY', repeatable: true },
  config: { commands: [...onTemplates, 'rules', 'lsp'], value: 'FILE', short: 'c' },
  'no-config': { commands: [...onTemplates, 'rules', 'lsp'], value: undefined },
  'no-code': { commands: everywhere, value: undefined },
  'max-warnings': { commands: ['lint'], value: 'N' },
  'fail-on': { commands: ['lint'], value: 'SEVERITY' },
  'allow-empty': { commands: ['lint', 'identities', 'graph'], value: undefined },
  strict: { commands: onTemplates, value: undefined },
  fix: { commands: ['lint'], value: undefined },
  'fix-dry-run': { commands: ['lint'], value: undefined },
  'fix-suggested': { commands: ['lint'], value: undefined },
  baseline: { commands: ['lint'], value: 'FILE' },
  'update-baseline': { commands: ['lint'], value: undefined },
  'report-unused-suppressions': { commands: ['lint'], value: undefined },
  'stdin-filename': { commands: ['lint'], value: 'NAME' },
  'list-files': { commands: ['lint'], value: undefined },
  'print-config': { commands: ['lint'], value: undefined },
  watch: { commands: ['lint'], value: undefined },
  stdio: { commands: ['lsp'], value: undefined },
  quiet: { commands: onTemplates, value: undefined, short: 'q' },
  stats: { commands: onTemplates, value: undefined },
  color: { commands: everywhere, value: undefined },
  'no-color': { commands: everywhere, value: undefined },
  help: { commands: everywhere, value: undefined, short: 'h' },
  version: { commands: everywhere, value: undefined, short: 'v' },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof OPTIONS;

export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];

/** The spec of an option without the narrow literal types. */
export function optionSpec(name: OptionName): OptionSpec {
  return OPTIONS[name];
}
