import {
  type Command,
  FACTS_FORMATS,
  FAIL_ON,
  FORMATS,
  GRAPH_FORMATS,
  IDENTITY_FORMATS,
  OPTION_NAMES,
  type OPTIONS,
  type OptionName,
  optionSpec,
  REPORTS,
  RULE_SEVERITIES,
  RULES_FORMATS,
  SHELLS,
} from '../options.js';

/** What a shell proposes at one place of the command line. */
export type Proposal =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** The ids of the rules, which the installed program lists. */
  | { readonly kind: 'rules' }
  | { readonly kind: 'files' }
  /** `KEY=VALUE` in one word. */
  | { readonly kind: 'pair'; readonly key: Simple; readonly value: Simple }
  /** A value that nobody can guess: a number, a name. */
  | { readonly kind: 'nothing' };

type Simple = Extract<Proposal, { kind: 'words' | 'rules' | 'files' }>;

/** The options that take a value. */
type ValueOption = {
  [Name in OptionName]: (typeof OPTIONS)[Name]['value'] extends string ? Name : never;
}[OptionName];

const files = { kind: 'files' } as const;
const nothing = { kind: 'nothing' } as const;
const words = (list: readonly string[]) => ({ kind: 'words', words: list }) as const;

const FORMATS_OF: Readonly<Partial<Record<Command, readonly string[]>>> = {
  lint: FORMATS,
  graph: GRAPH_FORMATS,
  identities: IDENTITY_FORMATS,
  rules: RULES_FORMATS,
  facts: FACTS_FORMATS,
};

const VALUES: Readonly<Record<ValueOption, Proposal | ((command: Command) => Proposal)>> = {
  format: (command) => words(FORMATS_OF[command] ?? []),
  output: files,
  report: { kind: 'pair', key: words(REPORTS), value: files },
  parameters: files,
  environment: nothing,
  context: files,
  rule: { kind: 'pair', key: { kind: 'rules' }, value: words(RULE_SEVERITIES) },
  config: files,
  'max-warnings': nothing,
  'fail-on': words(FAIL_ON),
  baseline: files,
  'stdin-filename': files,
};

/** What the value of an option is, beside a command that has it; undefined for an option without a value. */
export function valueProposal(name: OptionName, command: Command): Proposal | undefined {
  if (!(name in VALUES)) return undefined;
  const proposal = VALUES[name as ValueOption];
  return typeof proposal === 'function' ? proposal(command) : proposal;
}

/** What a command takes beside its options. */
export const OPERANDS: Readonly<Record<Command, Proposal>> = {
  lint: files,
  identities: files,
  graph: files,
  explain: { kind: 'rules' },
  rules: nothing,
  facts: nothing,
  lsp: nothing,
  init: nothing,
  completions: words(SHELLS),
};

/** The options of a command, in the order of its help. */
export function optionsOf(command: Command): OptionName[] {
  return OPTION_NAMES.filter((name) => optionSpec(name).commands.includes(command));
}

/** How an option is written: the short form first, where it has one. */
export function spellings(name: OptionName): string[] {
  const { short } = optionSpec(name);
  return short === undefined ? [`--${name}`] : [`-${short}`, `--${name}`];
}

/**
 * A shell command that prints the ids of the rules, one a line. It asks the installed program, so that later versions
 * count, and lets it load no code: nobody expects a repository's code to run when they press Tab.
 */
export const LIST_RULES = `cfn-tx-lint rules --no-code --format json 2>/dev/null | sed -n 's/^ *"id": "\\(.*\\)",*$/\\1/p'`;

/** A text in single quotes, as every shell here reads it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
