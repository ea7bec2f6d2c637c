import { COMMANDS, type Command, OPTION_NAMES, type OptionName } from '../options.js';
import { LIST_RULES, OPERANDS, optionsOf, type Proposal, spellings, valueProposal } from './proposals.js';

/** The completion script for bash 3.2 and later: macOS has no newer one. */
export function bash(): string {
  const values = OPTION_NAMES.flatMap(valueBranch);
  const options = COMMANDS.map(
    (command) =>
      `      ${command}) _cfn_tx_lint_propose "${optionsOf(command).flatMap(spellings).join(' ')}" "$current" ;;`,
  );
  const operands = COMMANDS.map((command) => `    ${command}) ${proposing(OPERANDS[command])} ;;`);
  return `# cfn-tx-lint completions for bash

_cfn_tx_lint_rules() {
  ${LIST_RULES}
}

# Words, what is typed of one, and what is to follow it instead of a space.
_cfn_tx_lint_propose() {
  COMPREPLY=($(compgen -W "$1" \${3:+-S "$3"} -- "$2"))
  [[ -z "$3" ]] || compopt -o nospace 2>/dev/null
}

_cfn_tx_lint() {
  # Readline splits words at "=": here they are put together again.
  local -a tokens=()
  local index last=-1 word joined="" command=lint option="" current
  for (( index = 1; index <= COMP_CWORD; index++ )); do
    word="\${COMP_WORDS[index]}"
    if (( last >= 0 )) && [[ "$word" == "=" || -n "$joined" ]]; then
      tokens[last]+="$word"
    else
      tokens[++last]="$word"
    fi
    joined=""
    [[ "$word" == "=" ]] && joined=yes
  done
  current="\${tokens[last]}"

  for (( index = 0; index < last; index++ )); do
    case "\${tokens[index]}" in
      -*) ;;
      ${COMMANDS.join('|')}) command="\${tokens[index]}"; break ;;
      *) break ;;
    esac
  done

  if [[ "$current" == --*=* ]]; then
    option="\${current%%=*}"
    current="\${current#*=}"
  elif (( last > 0 )); then
    option="\${tokens[last-1]}"
  fi

  # Where nothing is proposed, readline proposes files.
  COMPREPLY=()
  case "$option" in
${values.join('\n')}
  esac
  if [[ "$current" == -* ]]; then
    case "$command" in
${options.join('\n')}
    esac
    return
  fi
  if (( last == 0 )); then
    _cfn_tx_lint_propose "${COMMANDS.join(' ')}" "$current"
    local IFS=$'\\n'
    COMPREPLY+=($(compgen -f -- "$current"))
    compopt -o filenames 2>/dev/null
    return
  fi
  case "$command" in
${operands.join('\n')}
  esac
}
complete -o default -F _cfn_tx_lint cfn-tx-lint
`;
}

/** The branch of one option: what its value is, which for some depends on the command. */
function valueBranch(name: OptionName): string[] {
  const byCommand = new Map<Command, string>();
  for (const command of COMMANDS) {
    const proposal = valueProposal(name, command);
    if (proposal !== undefined && optionsOf(command).includes(name))
      byCommand.set(command, proposing(proposal));
  }
  const distinct = new Set(byCommand.values());
  if (distinct.size === 0) return [];
  const head = `    ${spellings(name).join('|')})`;
  if (distinct.size === 1) return [`${head} ${[...distinct][0]}; return ;;`];
  const branches = [...byCommand].map(([command, does]) => `        ${command}) ${does} ;;`);
  return [`${head}\n      case "$command" in\n${branches.join('\n')}\n      esac\n      return ;;`];
}

function proposing(proposal: Proposal): string {
  switch (proposal.kind) {
    case 'words':
    case 'rules':
      return `_cfn_tx_lint_propose "${list(proposal)}" "$current"`;
    case 'pair': {
      const key = `_cfn_tx_lint_propose "${list(proposal.key)}" "$current" =`;
      const value =
        proposal.value.kind === 'files'
          ? ':'
          : `_cfn_tx_lint_propose "${list(proposal.value)}" "\${current#*=}"`;
      return `if [[ "$current" == *=* ]]; then ${value}; else ${key}; fi`;
    }
    case 'files':
      return ':';
    case 'nothing':
      return 'compopt +o default 2>/dev/null';
  }
}

function list(proposal: Proposal): string {
  return proposal.kind === 'words' ? proposal.words.join(' ') : '$(_cfn_tx_lint_rules)';
}
