import { COMMAND_SUMMARIES, OPTION_SUMMARIES } from '../help.js';
import { COMMANDS, type Command, type OptionName, optionSpec } from '../options.js';
import { LIST_RULES, OPERANDS, optionsOf, type Proposal, quoted, valueProposal } from './proposals.js';

/** The completion script for fish. */
export function fish(): string {
  const pairs = new Map<string, string>();
  const rows = COMMANDS.flatMap((command) => [
    `complete -c cfn-tx-lint -n __fish_is_first_token -a ${command} -d ${quoted(COMMAND_SUMMARIES[command])}`,
    ...optionsOf(command).map((name) => option(name, command, pairs)),
    ...operand(command),
  ]);
  return `# cfn-tx-lint completions for fish

function __cfn_tx_lint_rules
    ${LIST_RULES}
end

# What is typed of the value of the option that is named.
function __cfn_tx_lint_typed
    string replace -- "--$argv[1]=" '' (commandline -ct)
end

${[...pairs.values()].join('\n\n')}

${rows.join('\n')}
`;
}

const OTHERS = COMMANDS.filter((command) => command !== 'lint').join(' ');

function beside(command: Command): string {
  return command === 'lint'
    ? `-n 'not __fish_seen_subcommand_from ${OTHERS}'`
    : `-n '__fish_seen_subcommand_from ${command}'`;
}

function option(name: OptionName, command: Command, pairs: Map<string, string>): string {
  const { short } = optionSpec(name);
  const parts = ['complete -c cfn-tx-lint', beside(command)];
  if (short !== undefined) parts.push(`-s ${short}`);
  parts.push(`-l ${name}`, `-d ${quoted(OPTION_SUMMARIES[name])}`);
  const proposal = valueProposal(name, command);
  if (proposal !== undefined) parts.push(value(proposal, name, pairs));
  return parts.join(' ');
}

function operand(command: Command): string[] {
  const proposal = OPERANDS[command];
  if (proposal.kind === 'files') return [];
  const proposed = proposal.kind === 'nothing' ? '' : ` -a ${quoted(list(proposal))}`;
  return [`complete -c cfn-tx-lint ${beside(command)} -f${proposed}`];
}

function value(proposal: Proposal, name: OptionName, pairs: Map<string, string>): string {
  switch (proposal.kind) {
    case 'files':
      return '-r -F';
    case 'nothing':
      return '-x';
    case 'words':
    case 'rules':
      return `-x -a ${quoted(list(proposal))}`;
    case 'pair': {
      const call = `__cfn_tx_lint_${name}`;
      pairs.set(call, pairFunction(call, name, proposal));
      return `-x -a '(${call})'`;
    }
  }
}

function pairFunction(
  call: string,
  name: OptionName,
  { key, value }: Extract<Proposal, { kind: 'pair' }>,
): string {
  const values =
    value.kind === 'files'
      ? '(__fish_complete_path (string replace -r "^[^=]*=" "" -- $typed))'
      : list(value);
  return `function ${call}
    set -l typed (__cfn_tx_lint_typed ${name})
    if string match -q '*=*' -- $typed
        set -l key (string replace -r '=.*' '' -- $typed)
        printf "$key=%s\\n" ${values}
    else
        printf '%s=\\n' ${list(key)}
    end
end`;
}

function list(proposal: Proposal): string {
  return proposal.kind === 'words' ? proposal.words.join(' ') : '(__cfn_tx_lint_rules)';
}
