import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { completions } from '../../../src/cli/completions/index.js';
import { SHELLS } from '../../../src/cli/options.js';

/*
 * Real shells at a real terminal: what is typed, with Tab as it is, and what then stands on the command line. A shell that
 * is not installed fails its tests with the name of the program.
 */

const TYPED: readonly (readonly [string, string])[] = [
  ['ide\t', 'identities'],
  ['--allow\t', '--allow-empty'],
  ['--fail-on n\t', '--fail-on never'],
  ['-f rd\t', '-f rdjson'],
  ['--format=rd\t', '--format=rdjson'],
  ['graph --format s\t', 'graph --format svg'],
  ['--rule invalid-g\ti\t', '--rule invalid-grant-type=info'],
  ['--rule=invalid-g\te\t', '--rule=invalid-grant-type=error'],
  ['--report sar\tone\t', '--report sarif=one\\ stack.yaml'],
  ['explain cogn\t', 'explain cognito-client-cannot-exchange'],
  ['completions z\t', 'completions zsh'],
  ['lint one\t', 'lint one\\ stack.yaml'],
  ['--output one\t', '--output one\\ stack.yaml'],
];

/** How each shell is started without its user's files, and what is typed to set it up. */
const STARTED: Readonly<
  Record<(typeof SHELLS)[number], { argv: readonly string[]; setUp: readonly string[] }>
> = {
  bash: { argv: ['bash', '--norc', '-i'], setUp: ['source <(cfn-tx-lint completions bash)'] },
  zsh: {
    argv: ['zsh', '-f', '-i'],
    setUp: ['PS1="$ "; fpath=("$FUNCTIONS" $fpath); autoload -Uz compinit; compinit -D -u'],
  },
  fish: { argv: ['fish', '--no-config', '-i'], setUp: ['cfn-tx-lint completions fish | source'] },
};

const folder = mkdtempSync(path.join(tmpdir(), 'cfn-tx-lint-shells-'));
const bin = path.join(folder, 'bin');
const functions = path.join(folder, 'functions');
const project = path.join(folder, 'project');

beforeAll(() => {
  for (const made of [bin, functions, project]) mkdirSync(made);
  const program = path.resolve('bin/cfn-tx-lint.js');
  writeFileSync(path.join(bin, 'cfn-tx-lint'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(path.join(bin, 'cfn-tx-lint'), 0o755);
  writeFileSync(path.join(functions, '_cfn-tx-lint'), completions('zsh'));
  writeFileSync(path.join(project, 'one stack.yaml'), '');
});

describe.each(SHELLS)('Tab in %s', (shell) => {
  let lines: readonly string[] = [];

  beforeAll(() => {
    const task = {
      ...STARTED[shell],
      typed: TYPED.map(([keys, expected]) => ({
        keys: `cfn-tx-lint ${keys}`,
        shows: shown(expected).source,
      })),
    };
    const { stdout, stderr, status, error } = spawnSync(
      'python3',
      [path.resolve('test/cli/completions/type.py')],
      {
        cwd: project,
        encoding: 'utf8',
        input: JSON.stringify(task),
        env: {
          ...process.env,
          PATH: `${bin}${path.delimiter}${process.env.PATH}`,
          FUNCTIONS: functions,
          HOME: folder,
          PS1: '$ ',
          TERM: 'dumb',
          COLUMNS: '150',
        },
      },
    );
    expect({ error, stderr, status }).toEqual({ error: undefined, stderr: '', status: 0 });
    lines = JSON.parse(stdout);
  }, 300_000);

  it.each(TYPED)('after %j', (typed, expected) => {
    const line = lines[TYPED.findIndex(([keys]) => keys === typed)] ?? '';
    expect(line).toMatch(shown(expected));
  });
});

/** The line that ends with these words; zsh leaves a second space behind a word that it completed. */
function shown(words: string): RegExp {
  return new RegExp(`cfn-tx-lint ${escaped(words).replaceAll(' ', ' +')} *$`);
}

function escaped(text: string): string {
  return text.replace(/[\\.*+?()|[\]{}^$]/g, '\\$&');
}
