import { wrap } from '../report/display-width.js';
import {
  COMMANDS,
  type Command,
  FACTS_FORMATS,
  FORMATS,
  GRAPH_FORMATS,
  IDENTITY_FORMATS,
  OPTION_NAMES,
  type OptionName,
  optionSpec,
  SHELLS,
} from './options.js';

/** What each option does, in the help and in shell completions: a phrase without a full stop. */
export const OPTION_SUMMARIES: Readonly<Record<OptionName, string>> = {
  format: 'the form of the report',
  output: 'write the report to a file; a summary still goes to standard error',
  report: 'write one more report, in a format of its own, to a file',
  parameters: 'values of template parameters: a file, or one pair; template.yaml:Key=Value for one template',
  environment: 'check only this environment of the configuration',
  context: 'templates that serve to resolve references and are not reported on',
  rule: 'set the severity of a rule: error, warning, info or off',
  config: 'use this configuration',
  'no-config': 'use no configuration',
  'no-code': 'load no configuration in JavaScript and no plugin: for branches of strangers',
  'max-warnings': 'fail on more warnings than this',
  'fail-on': 'fail on findings of this severity and worse: error (the default), warning, info or never',
  'allow-empty': 'end with 0 where nothing was found to check',
  'report-unused-suppressions': 'warn about a suppression that silences nothing',
  strict: 'make what cannot be verified an error',
  fix: 'write the fixes that are safe',
  'fix-dry-run': 'print the fixes that are safe as a unified diff, and write nothing',
  'fix-suggested':
    'write the suggested fixes too, which may not be what was meant; with --fix-dry-run, print both',
  baseline: 'do not report the findings that this file holds: only new ones',
  'update-baseline': 'write the findings of this run to the baseline',
  'stdin-filename': 'the name of the template on standard input',
  'list-files': 'print what would be read, and why the rest would not',
  'print-config': 'print the configuration as it is merged, and where each part comes from',
  watch: 'lint again whenever a file changes',
  stdio: 'speak over standard input and output, as the server always does: editors say so',
  quiet: 'tell errors only',
  stats: 'print times, counts and suppressions that silence nothing',
  color: 'use colours',
  'no-color': 'use no colours',
  help: 'show this help',
  version: 'show the version',
};

/** What each command does, in the help and in shell completions. */
export const COMMAND_SUMMARIES: Readonly<Record<Command, string>> = {
  lint: 'find what is wrong with OAuth2 token exchange in CloudFormation templates',
  identities: 'say who calls whom as whom, a row for each way in which a tool is called',
  graph: 'draw who calls which tool as whom, through which provider, and what fails',
  explain: 'show the page of a rule',
  rules: 'list the rules',
  lsp: 'serve the language server protocol to an editor',
  facts: 'list what the rules believe of AWS and of identity providers, with sources',
  init: 'look at the repository, and write a configuration, a hook and a workflow',
  completions: 'print a completion script for a shell',
};

/** What each command takes behind its name. */
export const OPERANDS: Readonly<Record<Command, string>> = {
  lint: '[options] [file | directory | glob | -] ...',
  identities: '[options] [file | directory | glob] ...',
  graph: '[options] [file | directory | glob] ...',
  explain: 'RULE',
  rules: '[options]',
  lsp: '[options]',
  facts: '[options]',
  init: '',
  completions: SHELLS.join(' | '),
};

const WITHOUT_A_FILE =
  'Without a file: cdk.out/ if there is one, else every template below the working directory that .gitignore does not exclude.';

const DETAILS: Readonly<Record<Command, readonly string[]>> = {
  lint: [
    `${WITHOUT_A_FILE} - reads one template from standard input.`,
    `Formats: ${FORMATS.join(', ')}. The default is pretty, and github in a GitHub workflow. --report also takes job-summary: Markdown with the findings and the graph.`,
    'Exit status: 0 nothing that fails the run, 1 findings that fail it or too many warnings, 2 the call is wrong or nothing was there to be checked, 3 a fault of the program.',
  ],
  identities: [
    WITHOUT_A_FILE,
    `Formats: ${IDENTITY_FORMATS.join(', ')}. The default follows from the name of --output, else pretty.`,
    'Findings fail nothing. Exit status: 0, 2 the call is wrong or nothing was there to be checked, 3 a fault of the program.',
  ],
  graph: [
    WITHOUT_A_FILE,
    `Formats: ${GRAPH_FORMATS.join(', ')}. The default follows from the name of --output, else mermaid.`,
    'html is one page for reviewers, with filters, search and details; docs/graph.md says how to read it.',
    'Findings are drawn and fail nothing. Exit status: 0, 2 the call is wrong, 3 a fault of the program.',
  ],
  explain: ['cfn-tx-lint rules lists the ids.'],
  rules: ['Formats: pretty, json. The default is pretty.'],
  lsp: [
    'It checks the folders that the editor has open, as their configuration says. docs/editors.md sets editors up.',
  ],
  facts: [`Formats: ${FACTS_FORMATS.join(', ')}. The default is pretty.`],
  init: ['It writes over nothing, and says what it did.'],
  completions: [
    'bash: source <(cfn-tx-lint completions bash)',
    'zsh: cfn-tx-lint completions zsh > "${fpath[1]}/_cfn-tx-lint"',
    'fish: cfn-tx-lint completions fish | source',
  ],
};

const WIDTH = 100;
const INDENT = 2;

/** The help of one command; `lint` stands for the whole program. */
export function help(topic: Command): string {
  const name = topic === 'lint' ? '' : ` ${topic}`;
  const rows = [`Usage: cfn-tx-lint${name} ${OPERANDS[topic]}`];
  if (topic === 'lint') {
    const others = COMMANDS.filter((command) => command !== 'lint');
    rows.push(...others.map((command) => `       cfn-tx-lint ${command} ${OPERANDS[command]}`));
  }
  rows.push('', ...paragraph(`${capitalised(COMMAND_SUMMARIES[topic])}.`), '', 'Options:');
  rows.push(...optionRows(topic), '');
  rows.push(...DETAILS[topic].flatMap((detail) => paragraph(detail)));
  return `${rows.join('\n')}\n`;
}

function optionRows(topic: Command): string[] {
  const shown = OPTION_NAMES.filter((name) => optionSpec(name).commands.includes(topic));
  const heads = shown.map((name) => [name, head(name)] as const);
  const column = Math.max(...heads.map(([, text]) => text.length)) + INDENT + 2;
  return heads.flatMap(([name, text]) => {
    const repeatable = optionSpec(name).repeatable ? ' (repeatable)' : '';
    const [first = '', ...rest] = wrap(`${OPTION_SUMMARIES[name]}${repeatable}`, WIDTH - column);
    const start = `${' '.repeat(INDENT)}${text}`.padEnd(column);
    return [`${start}${first}`, ...rest.map((line) => ' '.repeat(column) + line)];
  });
}

function head(name: OptionName): string {
  const { short, value } = optionSpec(name);
  const before = short === undefined ? '    ' : `-${short}, `;
  return `${before}--${name}${value === undefined ? '' : ` ${value}`}`;
}

function paragraph(text: string): string[] {
  return wrap(text, WIDTH);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
