import type { Shell } from './arguments.js';
import { COMMAND_SUMMARIES, OPTION_SUMMARIES } from './help.js';
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
  REPORTS,
  RULES_FORMATS,
  SHELLS,
} from './options.js';

/** A script that makes a shell complete commands, options, their values, rule ids and files. */
export function completions(shell: Shell): string {
  switch (shell) {
    case 'bash':
      return bash();
    case 'zsh':
      return zsh();
    case 'fish':
      return fish();
  }
}

/** The rule ids come from the installed program itself, so that plugins and later versions count. */
const RULE_IDS = `cfn-tx-lint rules --format json 2>/dev/null | sed -n 's/^ *"id": "\\(.*\\)",*$/\\1/p'`;

const FORMATS_BY_COMMAND: Readonly<Partial<Record<Command, readonly string[]>>> = {
  lint: FORMATS,
  graph: GRAPH_FORMATS,
  identities: IDENTITY_FORMATS,
  rules: RULES_FORMATS,
  facts: FACTS_FORMATS,
};

function optionsOf(command: Command): OptionName[] {
  return OPTION_NAMES.filter((name) => optionSpec(name).commands.includes(command));
}

function spellings(name: OptionName): string[] {
  const { short } = optionSpec(name);
  return short === undefined ? [`--${name}`] : [`-${short}`, `--${name}`];
}

/** Options whose value is neither a file nor a word of a list: nothing is proposed. */
const FREE: readonly OptionName[] = ['max-warnings', 'stdin-filename'];

function bash(): string {
  const files = OPTION_NAMES.filter((name) => optionSpec(name).file).flatMap(spellings);
  const free = FREE.flatMap(spellings);
  const formats = Object.entries(FORMATS_BY_COMMAND).map(
    ([command, words]) => `        ${command}) words="${words.join(' ')}" ;;`,
  );
  const options = COMMANDS.map(
    (command) => `      ${command}) words="${optionsOf(command).flatMap(spellings).join(' ')}" ;;`,
  );
  return `# cfn-tx-lint completions for bash
_cfn_tx_lint() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command=lint word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      ${COMMANDS.join('|')}) command="$word"; break ;;
    esac
  done
  COMPREPLY=()
  case "$previous" in
    ${spellings('format').join('|')})
      case "$command" in
${formats.join('\n')}
      esac
      COMPREPLY=($(compgen -W "$words" -- "$current")); return ;;
    --rule)
      COMPREPLY=($(compgen -W "$(${RULE_IDS})" -S = -- "$current")); compopt -o nospace; return ;;
    --report)
      COMPREPLY=($(compgen -W "${REPORTS.join(' ')}" -S = -- "$current")); compopt -o nospace; return ;;
    ${files.join('|')}) compopt -o default; return ;;
    ${free.join('|')}) return ;;
    explain) COMPREPLY=($(compgen -W "$(${RULE_IDS})" -- "$current")); return ;;
    completions) COMPREPLY=($(compgen -W "${SHELLS.join(' ')}" -- "$current")); return ;;
  esac
  if [[ "$current" == -* ]]; then
    case "$command" in
${options.join('\n')}
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W "${COMMANDS.join(' ')}" -- "$current"))
  fi
  if [[ "$command" == lint || "$command" == graph ]]; then
    COMPREPLY+=($(compgen -f -- "$current"))
    compopt -o filenames
  fi
}
complete -F _cfn_tx_lint cfn-tx-lint
`;
}

function zsh(): string {
  const branches = COMMANDS.map((command) => {
    const specs = optionsOf(command).map((name) => `      ${zshOption(name, command)}`);
    const operand: Readonly<Record<Command, string>> = {
      identities: "'*:template:_files'",
      lint: "'*:template:_files'",
      graph: "'*:template:_files'",
      explain: `'1:rule:($(${RULE_IDS.replaceAll("'", `'\\''`)}))'`,
      rules: "'*: :'",
      lsp: "'*: :'",
      facts: "'*: :'",
      init: "'*: :'",
      completions: `'1:shell:(${SHELLS.join(' ')})'`,
    };
    return `    ${command}) _arguments -s -S \\\n${[...specs, `      ${operand[command]}`].join(' \\\n')} ;;`;
  });
  const commands = COMMANDS.map((command) => `    ${quoted(`${command}:${COMMAND_SUMMARIES[command]}`)}`);
  return `#compdef cfn-tx-lint
# cfn-tx-lint completions for zsh
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
if [ "$funcstack[1]" = "_cfn_tx_lint" ]; then
  _cfn_tx_lint "$@"
else
  compdef _cfn_tx_lint cfn-tx-lint
fi
`;
}

function zshOption(name: OptionName, command: Command): string {
  const { short, value, file, repeatable } = optionSpec(name);
  const words =
    name === 'format' ? `:(${(FORMATS_BY_COMMAND[command] ?? []).join(' ')})` : file ? ':_files' : ':';
  const assigned = name === 'rule' ? `$(${RULE_IDS})` : name === 'report' ? REPORTS.join(' ') : undefined;
  const proposed = assigned === undefined ? words : `:{compadd -S= -- ${assigned}}`;
  const text = `[${OPTION_SUMMARIES[name].replace(/[[\]:]/g, '\\$&')}]${value === undefined ? '' : `:${value.replaceAll(':', '\\:')}${proposed}`}`;
  const star = repeatable ? '*' : '';
  if (short === undefined || repeatable) return quoted(`${star}--${name}${text}`);
  return `'(-${short} --${name})'{-${short},--${name}}${quoted(text)}`;
}

function fish(): string {
  const seen = (command: Command) => `'__fish_seen_subcommand_from ${command}'`;
  const others = COMMANDS.filter((command) => command !== 'lint').join(' ');
  const lint = `'not __fish_seen_subcommand_from ${others}'`;
  const rows = COMMANDS.map(
    (command) =>
      `complete -c cfn-tx-lint -n __fish_is_first_token -a ${command} -d ${quoted(COMMAND_SUMMARIES[command])}`,
  );
  for (const command of COMMANDS) {
    for (const name of optionsOf(command)) {
      const { short, value, file } = optionSpec(name);
      const parts = ['complete -c cfn-tx-lint -n', command === 'lint' ? lint : seen(command)];
      if (short !== undefined) parts.push(`-s ${short}`);
      parts.push(`-l ${name}`, `-d ${quoted(OPTION_SUMMARIES[name])}`);
      if (value !== undefined) parts.push(file ? '-r -F' : '-x');
      if (name === 'format') parts.push(`-a ${quoted((FORMATS_BY_COMMAND[command] ?? []).join(' '))}`);
      if (name === 'rule') parts.push(`-a ${quoted(`(${RULE_IDS})=`)}`);
      if (name === 'report') parts.push(`-a ${quoted(REPORTS.map((format) => `${format}=`).join(' '))}`);
      rows.push(parts.join(' '));
    }
  }
  rows.push(`complete -c cfn-tx-lint -n ${seen('explain')} -f -a ${quoted(`(${RULE_IDS})`)}`);
  rows.push(`complete -c cfn-tx-lint -n ${seen('completions')} -f -a ${quoted(SHELLS.join(' '))}`);
  return `# cfn-tx-lint completions for fish\n${rows.join('\n')}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
