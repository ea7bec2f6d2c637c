import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { completions } from '../../src/cli/completions.js';
import { OPTION_NAMES, SHELLS } from '../../src/cli/options.js';

/** What bash proposes for these words, the last of which is being typed. */
function proposed(...words: string[]): string[] {
  const script = [
    completions('bash'),
    // Outside of an interactive shell there is no completion to set options of.
    'compopt() { :; }',
    `cfn-tx-lint() { printf '{\\n  "rules": [\\n      "id": "invalid-grant-type",\\n      "id": "own-rule"\\n'; }`,
    `COMP_WORDS=(cfn-tx-lint ${words.map((word) => `'${word}'`).join(' ')})`,
    `COMP_CWORD=${words.length}`,
    '_cfn_tx_lint',
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join('\n');
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', script], {
    encoding: 'utf8',
    cwd: 'test/cli',
  });
  expect([stderr, status]).toEqual(['', 0]);
  return stdout.split('\n').filter((line) => line !== '');
}

describe('completions for bash', () => {
  it.each([
    [['gr'], ['graph']],
    [['--form'], ['--format']],
    [['--format', 's'], ['sarif']],
    [['graph', '--format', 's'], ['svg']],
    [['explain', 'inv'], ['invalid-grant-type']],
    [['--rule', 'own'], ['own-rule=']],
    [['--report', 'jo'], ['job-summary=']],
    [['completions', 'f'], ['fish']],
    [['graph', '--fi'], []],
    [['lint', 'help.t'], ['help.test.ts']],
    [['--max-warnings', ''], []],
  ])('after %j', (words, expected) => {
    expect(proposed(...words)).toEqual(expected);
  });
});

it.each(SHELLS)('completions for %s know every option', (shell) => {
  const script = completions(shell);
  const missing = OPTION_NAMES.filter(
    (name) => !script.includes(shell === 'fish' ? `-l ${name}` : `--${name}`),
  );
  expect(missing).toEqual([]);
});
