import { describe, expect, it } from 'vitest';
import { help } from '../../src/cli/help.js';
import { COMMANDS, OPTION_NAMES, optionSpec } from '../../src/cli/options.js';

describe.each(COMMANDS)('the help of %s', (command) => {
  const lines = help(command).split('\n');

  it('lists its options and no others', () => {
    const listed = lines.flatMap((line) => /^ {2}(?:-\w, | {4})--([\w-]+)/.exec(line)?.[1] ?? []);
    expect(listed).toEqual(OPTION_NAMES.filter((name) => optionSpec(name).commands.includes(command)));
  });

  it('fits into 100 columns', () => {
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });
});
