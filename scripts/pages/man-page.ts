import { COMMAND_SUMMARIES, OPERANDS, OPTION_SUMMARIES } from '../../src/cli/help.js';
import { COMMANDS, OPTION_NAMES, type OptionName, optionSpec } from '../../src/cli/options.js';
import { FORMAT_NAMES } from '../../src/report/index.js';

const EXIT_STATUS: readonly (readonly [string, string])[] = [
  ['0', 'Nothing that fails the run.'],
  ['1', 'Findings that fail it, by --fail-on or --max-warnings.'],
  [
    '2',
    'The call is wrong, or a directory, a pattern or nothing was named and nothing was there to be checked.',
  ],
  ['3', 'A fault of the program itself.'],
];

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['NO_COLOR', 'Any value: no colours.'],
  ['FORCE_COLOR', 'Colours even where the output is no terminal; 0 for none.'],
  ['GITHUB_ACTIONS', 'Where it is true, the format is github unless another is given.'],
];

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['cfn-tx-lint', 'Check the cloud assembly of a CDK app, or every template below the working directory.'],
  [
    'cfn-tx-lint gateway.yaml --context \\(aqstacks/**/*.yaml\\(aq',
    'Check one template; the others only resolve references.',
  ],
  ['cfn-tx-lint gateway.yaml --parameters prod.json', 'Check it with the parameter values of production.'],
  ['cfn-tx-lint --fix-dry-run', 'Show what the safe fixes would change.'],
  ['cfn-tx-lint identities --format markdown', 'Say who calls which tool as whom.'],
  ['cfn-tx-lint explain token-exchange-without-config', 'Show the page of a rule.'],
];

/**
 * The manual page, `cfn-tx-lint(1)`, from the tables that the help is made of.
 *
 * @returns roff for the macros of man(7)
 */
export function manPage(): string {
  return `${[
    '.\\" Generated from src/cli/help.ts by npm run generate. Do not edit.',
    '.TH CFN\\-TX\\-LINT 1 "" "cfn\\-tx\\-lint" "User Commands"',
    // Neither hyphenated nor stretched: options and file names are to be copied.
    '.nh',
    '.ad l',
    '.SH NAME',
    `cfn\\-tx\\-lint \\- ${roff(COMMAND_SUMMARIES.lint)}`,
    '.SH SYNOPSIS',
    ...COMMANDS.flatMap((command, index) => [...(index === 0 ? [] : ['.br']), synopsis(command)]),
    '.SH DESCRIPTION',
    ...paragraphs(
      'A gateway target of Amazon Bedrock AgentCore that asks for the grant TOKEN_EXCHANGE calls its tool as the user. If provider, gateway, role or identity provider are not set up for that, the deployment can succeed and every call fail, or run as a shared account. cfn-tx-lint follows the references between the resources, across templates, and says what is wrong before it is deployed.',
      'Each consumer that asks for the exchange ends as verified, failed or unverified, and the summary says how many of each.',
      'Without a file it checks the cloud assembly of the working directory (output of cdk.json, else cdk.out), or every template below it that .gitignore does not exclude. - reads one template from standard input.',
    ),
    '.SH COMMANDS',
    ...COMMANDS.flatMap((command) => entry(`.B ${roff(command)}`, sentence(COMMAND_SUMMARIES[command]))),
    '.SH OPTIONS',
    ...OPTION_NAMES.flatMap((name) => entry(optionHead(name), optionText(name))),
    '.SH EXIT STATUS',
    ...EXIT_STATUS.flatMap(([status, meaning]) => entry(`.B ${status}`, meaning)),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([name, meaning]) => entry(`.B ${roff(name)}`, meaning)),
    '.SH FILES',
    ...entry(
      '.I cfn\\-tx\\-lint.config.json, .yaml, .yml, .js, .mjs',
      'The configuration, found from the working directory upwards; or the key cfn-tx-lint in package.json.',
    ),
    '.SH EXAMPLES',
    ...EXAMPLES.flatMap(([call, does]) => entry(`.B ${call.replaceAll('-', '\\-')}`, does)),
    '.SH SEE ALSO',
    'https://github.com/cfn\\-tx\\-lint/cfn\\-tx\\-lint',
  ].join('\n')}\n`;
}

function synopsis(command: (typeof COMMANDS)[number]): string {
  const name = command === 'lint' ? 'cfn-tx-lint' : `cfn-tx-lint ${command}`;
  return `.B ${roff(name)}\n${roff(OPERANDS[command])}`.trimEnd();
}

function optionHead(name: OptionName): string {
  const { short, value } = optionSpec(name);
  const spelled = `${short === undefined ? '' : `\\fB\\-${short}\\fR, `}\\fB\\-\\-${roff(name)}\\fR`;
  return value === undefined ? spelled : `${spelled} \\fI${roff(value)}\\fR`;
}

function optionText(name: OptionName): string {
  const { commands, repeatable } = optionSpec(name);
  const parts = [sentence(OPTION_SUMMARIES[name])];
  if (name === 'format') parts.push(`For a report: ${FORMAT_NAMES.join(', ')}.`);
  if (repeatable) parts.push('It may be given several times.');
  if (commands.length < COMMANDS.length && !(commands.length === 1 && commands[0] === 'lint')) {
    parts.push(`Commands: ${commands.join(', ')}.`);
  }
  return parts.join(' ');
}

/** A tagged paragraph. */
function entry(head: string, text: string): string[] {
  return ['.TP', head, roff(text)];
}

function paragraphs(...texts: readonly string[]): string[] {
  return texts.flatMap((text, index) => [...(index === 0 ? [] : ['.PP']), roff(text)]);
}

/** A text that roff prints as it is: a hyphen stays one, and no line is taken for a request. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/, '\\&');
}

function sentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`;
}
