import { describe, expect, it } from 'vitest';
import { completions } from '../../../src/cli/completions/index.js';
import { optionsOf, valueProposal } from '../../../src/cli/completions/proposals.js';
import { COMMANDS, OPTION_NAMES, optionSpec, SHELLS } from '../../../src/cli/options.js';

describe.each(SHELLS)('completions for %s', (shell) => {
  const script = completions(shell);

  it('know every option and command', () => {
    const options = OPTION_NAMES.filter(
      (name) => !script.includes(shell === 'fish' ? `-l ${name}` : `--${name}`),
    );
    expect(options).toEqual([]);
    expect(COMMANDS.filter((command) => !script.includes(command))).toEqual([]);
  });

  it('load no code of the repository in which somebody presses Tab', () => {
    expect(script).toContain('rules --no-code');
    expect(script.match(/cfn-tx-lint rules(?! --no-code)/g)).toBeNull();
  });
});

it.each(COMMANDS)('%s proposes something for each option that takes a value, and for no other', (command) => {
  for (const name of optionsOf(command)) {
    expect(valueProposal(name, command) === undefined, name).toBe(optionSpec(name).value === undefined);
  }
});

it('proposes the formats of the command that is typed', () => {
  const formats = COMMANDS.filter((command) => optionsOf(command).includes('format'));
  for (const command of formats) {
    const proposal = valueProposal('format', command);
    expect(proposal?.kind === 'words' && proposal.words.length > 0, command).toBe(true);
  }
});
