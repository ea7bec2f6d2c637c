import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../config/temporary.js';
import { runProgram } from '../run-program.js';

/* The files and calls of docs/environments.md, as they are written there. */

const document = readFileSync(path.join(import.meta.dirname, '../../docs/environments.md'), 'utf8');

/** File to its text: what follows the name of a file and a colon. */
const files = Object.fromEntries(
  [...document.matchAll(/^`([\w./-]+)`:\n\n```\w+\n([\s\S]*?)```$/gm)].map(([, name = '', text = '']) => [
    name,
    text,
  ]),
);

/** Each call with what it is said to print. */
const calls = [...document.matchAll(/^```console\n\$ cfn-tx-lint ?(.*)\n([\s\S]*?)```$/gm)].map(
  ([, args = '', printed = '']) => [args, printed] as const,
);

describe('docs/environments.md', () => {
  it('has files and calls', () => {
    expect(Object.keys(files)).toHaveLength(5);
    expect(calls.length).toBeGreaterThan(2);
  });

  it.each(calls)('tells what is printed: cfn-tx-lint %s', async (args, printed) => {
    const cwd = temporaryDirectory({ '.git/HEAD': '', ...files });
    const environment = args.includes('--parameters') ? ['--no-config'] : [];
    const { stdout, stderr } = await runProgram(cwd, [
      ...args.split(' ').filter((arg) => arg !== ''),
      ...environment,
    ]);
    expect(stdout + stderr).toContain(printed);
  });

  it('says where the finding says that it holds', async () => {
    const cwd = temporaryDirectory({ '.git/HEAD': '', ...files });
    const { stdout } = await runProgram(cwd, []);
    expect(stdout.replace(/\s+/g, ' ')).toContain(', in the environment prod.');
  });
});
