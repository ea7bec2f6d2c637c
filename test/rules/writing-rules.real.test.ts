import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/*
 * What docs/writing-rules.md shows is put into a folder of its own, with the built package installed, and run: the files
 * as they stand there, the commands with the output that stands below them.
 */

const root = path.join(import.meta.dirname, '..', '..');
const page = readFileSync(path.join(root, 'docs', 'writing-rules.md'), 'utf8');

/** Fenced blocks whose language is followed by `file=name`. */
const files = [...page.matchAll(/^```\w+ file=(?<name>\S+)\n(?<text>.*?)^```$/gms)].map(({ groups }) => ({
  name: groups?.name ?? '',
  text: groups?.text ?? '',
}));

/** Blocks of a command after `$ ` and what it prints, which may be left out. */
const commands = [...page.matchAll(/^```console\n\$ (?<command>.*?)\n(?<output>.*?)^```$/gms)].map(
  ({ groups }): [string, string] => [groups?.command ?? '', groups?.output ?? ''],
);

let project: string;

beforeAll(() => {
  if (!existsSync(path.join(root, 'dist', 'testing.js')))
    run('node', [path.join(root, 'scripts', 'build.js')]);
  project = mkdtempSync(path.join(tmpdir(), 'writing-rules-'));
  mkdirSync(path.join(project, 'node_modules'));
  symlinkSync(root, path.join(project, 'node_modules', 'cfn-tx-lint'), 'junction');
  writeFileSync(path.join(project, 'package.json'), '{ "private": true }\n');
  for (const { name, text } of files) writeFileSync(path.join(project, name), text);
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

function run(command: string, args: readonly string[]) {
  const { NODE_OPTIONS: _, GITHUB_ACTIONS: __, FORCE_COLOR: ___, ...env } = process.env;
  const program = path.join(root, 'bin', 'cfn-tx-lint.js');
  const all = command === 'npx' ? [program, ...args.slice(1)] : args;
  return spawnSync(process.execPath, all, { cwd: project, encoding: 'utf8', env });
}

describe('docs/writing-rules.md', () => {
  it('shows rules, their tests, a configuration, a template, and what to type', () => {
    expect(files.map(({ name }) => name)).toEqual([
      'team-rules.mjs',
      'cfn-tx-lint.config.yaml',
      'gateway.yaml',
      'team-rules.test.mjs',
      'provider-rules.mjs',
      'provider-rules.test.mjs',
    ]);
    expect(commands.map(([command]) => command)).toEqual(['npx cfn-tx-lint gateway.yaml', 'node --test']);
  });

  it.each(commands)('%s', (command, output) => {
    const [program = '', ...args] = command.split(' ');
    const { stdout, stderr, status } = run(program, args);
    if (output === '') expect({ stdout, status }).toMatchObject({ status: 0 });
    else expect({ stdout, stderr }).toEqual({ stdout: output, stderr: '' });
  });

  it('has rules that fit their types', () => {
    const rules = files.map(({ name }) => name).filter((name) => name.endsWith('-rules.mjs'));
    const paths = {
      'cfn-tx-lint': [path.join(root, 'src', 'index.ts')],
      'cfn-tx-lint/testing': [path.join(root, 'src', 'testing', 'index.ts')],
    };
    const compilerOptions = {
      ...{
        allowJs: true,
        checkJs: true,
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        resolveJsonModule: true,
      },
      ...{ module: 'nodenext', target: 'es2023', types: ['node'], paths },
      typeRoots: [path.join(root, 'node_modules', '@types')],
    };
    writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: rules }));
    const { stdout, status } = run('node', [
      path.join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
      '-p',
      '.',
    ]);
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  });

  it('speaks of files of this repository that are there', () => {
    const links = [...page.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, target = '']) => target);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(existsSync(path.join(root, 'docs', link)), link).toBe(true);
  });
});
