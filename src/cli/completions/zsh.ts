import { COMMAND_SUMMARIES, OPTION_SUMMARIES } from '../help.js';
import { COMMANDS, type Command, type OptionName, optionSpec } from '../options.js';
import { LIST_RULES, OPERANDS, optionsOf, type Proposal, quoted, valueProposal } from './proposals.js';

/** The completion script for zsh: to be sourced, or put on `fpath` as `_cfn-tx-lint`. */
export function zsh(): string {
  const pairs = new Map<string, string>();
  const branches = COMMANDS.map((command) => {
    const specs = optionsOf(command).map((name) => option(name, command, pairs));
    const operand = `'*:${operandWord(command)}:${action(OPERANDS[command])}'`;
    return `    ${command}) _arguments -s -S \\\n${[...specs, operand].map((spec) => `      ${spec}`).join(' \\\n')} ;;`;
  });
  const commands = COMMANDS.map((command) => `    ${quoted(`${command}:${COMMAND_SUMMARIES[command]}`)}`);
  return `#compdef cfn-tx-lint
# cfn-tx-lint completions for zsh

_cfn_tx_lint_rules() {
  local -a ids=(\${(f)"$(${LIST_RULES})"})
  compadd "$@" -- $ids
}

${[...pairs].map(([name, body]) => `${name}() {\n${body}\n}`).join('\n\n')}

_cfn_tx_lint() {
  local command=lint
  local -a commands=(
${commands.join('\n')}
  )
  if (( CURRENT == 2 )) && [[ "$words[2]" != -* ]]; then
    _describe -t commands command commands
    _files
    return
  fi
  if [[ "$words[2]" == (${COMMANDS.join('|')}) ]]; then
    command="$words[2]"
    shift words
    (( CURRENT-- ))
  fi
  case "$command" in
${branches.join('\n')}
  esac
}

if [ "$funcstack[1]" = "_cfn-tx-lint" ]; then
  _cfn_tx_lint "$@"
else
  compdef _cfn_tx_lint cfn-tx-lint
fi
`;
}

function operandWord(command: Command): string {
  const { kind } = OPERANDS[command];
  return kind === 'rules' ? 'rule' : kind === 'files' ? 'template' : kind === 'words' ? 'shell' : ' ';
}

/** One option as `_arguments` reads it; a value of two parts needs a function, which goes into `pairs`. */
function option(name: OptionName, command: Command, pairs: Map<string, string>): string {
  const { short, value, repeatable } = optionSpec(name);
  const proposal = valueProposal(name, command);
  const text = `[${OPTION_SUMMARIES[name].replace(/[[\]:\\]/g, '\\$&')}]`;
  const argument =
    proposal === undefined ? '' : `:${(value ?? '').replaceAll(':', '\\:')}:${action(proposal, name, pairs)}`;
  const [inWord, joined] = proposal === undefined ? ['', ''] : ['+', '='];
  if (short === undefined) return quoted(`${repeatable ? '*' : ''}--${name}${joined}${text}${argument}`);
  return `'(-${short} --${name})'{-${short}${inWord},--${name}${joined}}${quoted(`${text}${argument}`)}`;
}

function action(proposal: Proposal, name?: OptionName, pairs?: Map<string, string>): string {
  switch (proposal.kind) {
    case 'words':
      return `(${proposal.words.join(' ')})`;
    case 'rules':
      return '_cfn_tx_lint_rules';
    case 'files':
      return '_files';
    case 'nothing':
      return ' ';
    case 'pair': {
      const call = `_cfn_tx_lint_${name}`;
      pairs?.set(
        call,
        `  if compset -P 1 '*='; then\n    ${adding(proposal.value)}\n  else\n    ${adding(proposal.key, '-S =')}\n  fi`,
      );
      return call;
    }
  }
}

function adding(proposal: Proposal, suffix = ''): string {
  if (proposal.kind === 'files') return '_files';
  if (proposal.kind === 'rules') return `_cfn_tx_lint_rules ${suffix}`.trimEnd();
  return ['compadd', suffix, '--', ...(proposal.kind === 'words' ? proposal.words : [])]
    .filter((word) => word !== '')
    .join(' ');
}
