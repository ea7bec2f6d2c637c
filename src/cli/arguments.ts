import { parseArgs } from 'node:util';
import type { FailOn } from '../config/config.js';
import { UsageError } from '../discover/usage-error.js';
import type { SeveritySetting } from '../lint/result.js';
import type { IdentityFormat } from '../report/identity-formats.js';
import type { FormatName } from '../report/index.js';
import {
  COMMANDS,
  type Command,
  FACTS_FORMATS,
  FAIL_ON,
  FORMATS,
  GRAPH_FORMATS,
  IDENTITY_FORMATS,
  OPTION_NAMES,
  type OptionName,
  optionSpec,
  REPORTS,
  RULE_SEVERITIES,
  RULES_FORMATS,
  SHELLS,
} from './options.js';

export type GraphFormat = (typeof GRAPH_FORMATS)[number];
export type ReportFormat = (typeof REPORTS)[number];
export type Shell = (typeof SHELLS)[number];

/** Which configuration the user asked for: a file, none, or the one that a search finds. */
export type ConfigChoice =
  | { readonly kind: 'search' }
  | { readonly kind: 'none' }
  | { readonly kind: 'file'; readonly file: string };

/** What the command puts on standard output: the report, the files of a run, or its configuration. */
export type Shown = 'report' | 'files' | 'config';

interface Common {
  /** What `--color` and `--no-color` say; undefined when neither is given. */
  readonly color: boolean | undefined;
}

/** What `lint` and `graph` have in common: which templates, and how they are read. */
interface OnTemplates extends Common {
  readonly files: readonly string[];
  readonly output: string | undefined;
  /** As written: `FILE`, `Key=Value`, `template.yaml:Key=Value`. */
  readonly parameters: readonly string[];
  /** Names of environments; empty for all that the configuration has. */
  readonly environments: readonly string[];
  readonly context: readonly string[];
  /** Rule id to severity; that the rules exist is checked once they are loaded. */
  readonly rules: ReadonlyMap<string, SeveritySetting>;
  readonly config: ConfigChoice;
  /** Whether neither a configuration in JavaScript nor a plugin is loaded. */
  readonly noCode: boolean;
  readonly strict: boolean;
  readonly quiet: boolean;
  readonly stats: boolean;
}

export interface LintInvocation extends OnTemplates {
  readonly command: 'lint';
  readonly format: FormatName | undefined;
  /** Reports to write beside the one that `format` and `output` speak of. */
  readonly reports: readonly { readonly format: ReportFormat; readonly file: string }[];
  readonly maxWarnings: number | undefined;
  /** The lowest severity that fails the run; undefined where the configuration is to say. */
  readonly failOn: FailOn | undefined;
  /** Whether a run that finds nothing to check ends well. */
  readonly allowEmpty: boolean;
  readonly reportUnusedSuppressions: boolean;
  readonly fix: 'no' | 'write' | 'dry-run';
  /** Whether fixes that may not be what was meant are applied as well. */
  readonly fixSuggested: boolean;
  /** The file of accepted findings that the command line names. */
  readonly baseline: string | undefined;
  readonly updateBaseline: boolean;
  readonly show: Shown;
  readonly stdinFilename: string | undefined;
  readonly watch: boolean;
}

export interface IdentitiesInvocation extends OnTemplates {
  readonly command: 'identities';
  readonly format: IdentityFormat | undefined;
  readonly allowEmpty: boolean;
}

export interface GraphInvocation extends OnTemplates {
  readonly command: 'graph';
  readonly format: GraphFormat | undefined;
  readonly allowEmpty: boolean;
}

export interface ExplainInvocation extends Common {
  readonly command: 'explain';
  readonly rule: string;
  readonly noCode: boolean;
}

export interface RulesInvocation extends Common {
  readonly command: 'rules';
  readonly format: (typeof RULES_FORMATS)[number];
  readonly config: ConfigChoice;
  readonly noCode: boolean;
}

export interface LspInvocation extends Common {
  readonly command: 'lsp';
  readonly config: ConfigChoice;
  readonly noCode: boolean;
}

export interface FactsInvocation extends Common {
  readonly command: 'facts';
  readonly format: (typeof FACTS_FORMATS)[number];
}

export interface InitInvocation extends Common {
  readonly command: 'init';
}

export interface CompletionsInvocation extends Common {
  readonly command: 'completions';
  readonly shell: Shell;
}

export interface HelpInvocation extends Common {
  readonly command: 'help';
  readonly topic: Command;
}

export interface VersionInvocation extends Common {
  readonly command: 'version';
}

/** What the command line asks for. */
export type Invocation =
  | LintInvocation
  | IdentitiesInvocation
  | GraphInvocation
  | ExplainInvocation
  | RulesInvocation
  | LspInvocation
  | FactsInvocation
  | InitInvocation
  | CompletionsInvocation
  | HelpInvocation
  | VersionInvocation;

/**
 * Reads the command line.
 *
 * @param argv the arguments after the program's name
 * @throws UsageError, with a suggestion where one is near: an unknown option, command, format or severity; an option
 *   without its value, with one it does not take, or beside a command that does not have it
 */
export async function parseArguments(argv: readonly string[]): Promise<Invocation> {
  const { options, positionals } = await tokenize(argv);
  const [first, second] = positionals;
  const named = COMMANDS.find((command) => command === first);
  const command = named ?? 'lint';
  let operands = named === undefined ? positionals : positionals.slice(1);

  const color = options.lastOf('color', 'no-color');
  const common: Common = { color: color === undefined ? undefined : color === 'color' };
  if (first === 'help' && positionals.length <= 2) {
    const topic = second === undefined ? 'lint' : await member(second, COMMANDS, `unknown command ${second}`);
    return { ...common, command: 'help', topic };
  }
  if (first === 'version' && second === undefined) return { ...common, command: 'version' };
  if (options.has('help')) return { ...common, command: 'help', topic: command };
  if (options.has('version')) return { ...common, command: 'version' };
  for (const option of options.names()) {
    if (!optionSpec(option).commands.includes(command)) {
      throw new UsageError(`${command} does not take the option --${option}`);
    }
  }

  switch (command) {
    case 'lint': {
      if (options.has('fix') && options.has('fix-dry-run')) {
        throw new UsageError('--fix writes what --fix-dry-run only shows: give one of them');
      }
      const fix = fixMode(options);
      // Who names standard input means it.
      if (options.has('stdin-filename') && operands.length === 0) operands = ['-'];
      if (operands.includes('-') && (fix === 'write' || options.has('watch'))) {
        throw new UsageError(`--${fix === 'write' ? 'fix' : 'watch'} does not go with standard input`);
      }
      if (options.has('watch') && fix !== 'no') throw new UsageError('--watch does not go with a fix');
      if (options.has('update-baseline') && (options.has('watch') || fix !== 'no')) {
        throw new UsageError(`--update-baseline does not go with ${fix === 'no' ? '--watch' : 'a fix'}`);
      }
      return {
        ...common,
        ...(await onTemplates(options, operands)),
        command,
        format: await oneOf(options, 'format', FORMATS),
        reports: await moreReports(options.values('report')),
        maxWarnings: wholeNumber(options, 'max-warnings'),
        failOn: await oneOf(options, 'fail-on', FAIL_ON),
        allowEmpty: options.has('allow-empty'),
        reportUnusedSuppressions: options.has('report-unused-suppressions'),
        fix,
        fixSuggested: options.has('fix-suggested'),
        baseline: options.value('baseline'),
        updateBaseline: options.has('update-baseline'),
        show: shown(options),
        stdinFilename: options.value('stdin-filename'),
        watch: options.has('watch'),
      };
    }
    case 'graph':
      return {
        ...common,
        ...(await onTemplates(options, operands)),
        command,
        format: await oneOf(options, 'format', GRAPH_FORMATS),
        allowEmpty: options.has('allow-empty'),
      };
    case 'identities':
      return {
        ...common,
        ...(await onTemplates(options, operands)),
        command,
        format: await oneOf(options, 'format', IDENTITY_FORMATS),
        allowEmpty: options.has('allow-empty'),
      };
    case 'explain':
      return {
        ...common,
        command,
        rule: single(operands, 'explain needs the id of one rule'),
        noCode: options.has('no-code'),
      };
    case 'rules':
      if (operands.length > 0) throw new UsageError(`rules takes no operand, and got ${operands.join(' ')}`);
      return {
        ...common,
        command,
        format: (await oneOf(options, 'format', RULES_FORMATS)) ?? 'pretty',
        config: configChoice(options),
        noCode: options.has('no-code'),
      };
    case 'lsp':
      if (operands.length > 0) throw new UsageError(`lsp takes no operand, and got ${operands.join(' ')}`);
      return { ...common, command, config: configChoice(options), noCode: options.has('no-code') };
    case 'facts':
      if (operands.length > 0) throw new UsageError(`facts takes no operand, and got ${operands.join(' ')}`);
      return {
        ...common,
        command,
        format: (await oneOf(options, 'format', FACTS_FORMATS)) ?? 'pretty',
      };
    case 'init':
      if (operands.length > 0) throw new UsageError(`init takes no operand, and got ${operands.join(' ')}`);
      return { ...common, command };
    case 'completions': {
      const shell = single(operands, `completions needs the name of one shell: ${SHELLS.join(', ')}`);
      return { ...common, command, shell: await member(shell, SHELLS, `unknown shell ${shell}`) };
    }
  }
}

async function onTemplates(
  options: GivenOptions,
  files: readonly string[],
): Promise<Omit<OnTemplates, keyof Common>> {
  return {
    files,
    output: options.value('output'),
    parameters: options.values('parameters'),
    environments: [...new Set(options.values('environment'))],
    context: options.values('context'),
    rules: await ruleSeverities(options.values('rule')),
    config: configChoice(options),
    noCode: options.has('no-code'),
    strict: options.has('strict'),
    quiet: options.has('quiet'),
    stats: options.has('stats'),
  };
}

/** `--fix-suggested` alone writes, as `--fix` does. */
function fixMode(options: GivenOptions): LintInvocation['fix'] {
  if (options.has('fix-dry-run')) return 'dry-run';
  return options.has('fix') || options.has('fix-suggested') ? 'write' : 'no';
}

function shown(options: GivenOptions): Shown {
  if (options.has('list-files') && options.has('print-config')) {
    throw new UsageError('--list-files and --print-config print different things: give one of them');
  }
  return options.has('list-files') ? 'files' : options.has('print-config') ? 'config' : 'report';
}

function configChoice(options: GivenOptions): ConfigChoice {
  if (options.lastOf('config', 'no-config') === 'no-config') return { kind: 'none' };
  const file = options.value('config');
  return file === undefined ? { kind: 'search' } : { kind: 'file', file };
}

async function ruleSeverities(settings: readonly string[]): Promise<ReadonlyMap<string, SeveritySetting>> {
  const severities = new Map<string, SeveritySetting>();
  for (const setting of settings) {
    const at = setting.indexOf('=');
    if (at <= 0) throw new UsageError(`--rule takes ID=SEVERITY, and got ${setting}`);
    const severity = setting.slice(at + 1);
    severities.set(
      setting.slice(0, at),
      await member(severity, RULE_SEVERITIES, `unknown severity in --rule ${setting}`),
    );
  }
  return severities;
}

async function moreReports(given: readonly string[]): Promise<LintInvocation['reports']> {
  return Promise.all(
    given.map(async (report) => {
      const at = report.indexOf('=');
      const file = report.slice(at + 1);
      if (at <= 0 || file === '') throw new UsageError(`--report takes FORMAT=FILE, and got ${report}`);
      const format = await member(report.slice(0, at), REPORTS, `unknown format in --report ${report}`);
      return { format, file };
    }),
  );
}

function wholeNumber(options: GivenOptions, name: OptionName): number | undefined {
  const value = options.value(name);
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`--${name} takes a whole number, and got ${value}`);
  return Number(value);
}

async function oneOf<T extends string>(
  options: GivenOptions,
  name: OptionName,
  known: readonly T[],
): Promise<T | undefined> {
  const value = options.value(name);
  return value === undefined ? undefined : member(value, known, `unknown ${name} ${value}`);
}

async function member<T extends string>(value: string, known: readonly T[], complaint: string): Promise<T> {
  const found = known.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  const { unknown } = await import('./suggest.js');
  throw await unknown(complaint, value, known);
}

function single(operands: readonly string[], complaint: string): string {
  const [operand, ...more] = operands;
  if (operand === undefined || more.length > 0) throw new UsageError(complaint);
  return operand;
}

/** The options as given, in order. */
class GivenOptions {
  private readonly given: readonly { readonly name: OptionName; readonly value: string | undefined }[];

  constructor(given: readonly { readonly name: OptionName; readonly value: string | undefined }[]) {
    this.given = given;
  }

  names(): readonly OptionName[] {
    return this.given.map(({ name }) => name);
  }

  has(name: OptionName): boolean {
    return this.given.some((option) => option.name === name);
  }

  values(name: OptionName): readonly string[] {
    return this.given.flatMap((option) =>
      option.name === name && option.value !== undefined ? [option.value] : [],
    );
  }

  /** The value given last, as is usual where an option is repeated. */
  value(name: OptionName): string | undefined {
    return this.values(name).at(-1);
  }

  /** Which of options that exclude each other comes last. */
  lastOf(...names: readonly OptionName[]): OptionName | undefined {
    return this.given.findLast(({ name }) => names.includes(name))?.name;
  }
}

/** Splits the arguments into options and operands; everything after `--` is an operand. */
async function tokenize(
  argv: readonly string[],
): Promise<{ options: GivenOptions; positionals: readonly string[] }> {
  // Most calls name files and nothing else, and Node loads its parser at the first use.
  if (!argv.some((argument) => argument.startsWith('-'))) {
    return { options: new GivenOptions([]), positionals: argv };
  }
  const { tokens } = parseArgs({
    args: [...argv],
    options: parserOptions(),
    // Its own errors know no suggestions, so unknown options pass and are refused here.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given: { name: OptionName; value: string | undefined }[] = [];
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    // Half of all programs call it -V.
    const written = token.name === 'V' ? 'version' : token.name;
    const name = OPTION_NAMES.find((option) => option === written);
    if (name === undefined) throw await unknownOption(token.rawName);
    if (optionSpec(name).value === undefined) {
      if (token.value !== undefined) throw new UsageError(`--${name} takes no value`);
    } else if (token.value === undefined || (!token.inlineValue && /^-./.test(token.value))) {
      throw new UsageError(`--${name} needs a value: --${name} ${optionSpec(name).value}`);
    }
    given.push({ name, value: token.value });
  }
  return { options: new GivenOptions(given), positionals };
}

/** The options as Node's parser is told of them. */
function parserOptions() {
  return Object.fromEntries(
    OPTION_NAMES.map((name) => {
      const { value, short } = optionSpec(name);
      const type = value === undefined ? ('boolean' as const) : ('string' as const);
      return [name, { type, multiple: true, ...(short && { short }) }];
    }),
  );
}

async function unknownOption(rawName: string): Promise<UsageError> {
  const { unknown } = await import('./suggest.js');
  return unknown(
    `unknown option ${rawName}`,
    rawName.replace(/^-+/, ''),
    OPTION_NAMES,
    (name) => `--${name}`,
  );
}
