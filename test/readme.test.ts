import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  MAX_ALLOWED_VALUES,
  MAX_ALTERNATIVES,
  MAX_CONDITION_NESTING,
  MAX_DEPTH,
  MAX_TEXT_LENGTH,
} from '../src/evaluate/limits.js';
import { MAX_INSTANCES, MAX_NESTED_STACKS } from '../src/graph/nested-stacks.js';
import {
  MAX_ALIASED_VALUES,
  MAX_DOCUMENTS,
  MAX_FILE_BYTES,
  MAX_NESTING_DEPTH,
  MAX_YAML_TOKENS,
} from '../src/source/limits.js';
import { MAX_LOOP_ENTRIES, MAX_LOOP_VALUES } from '../src/template/loops.js';
import { runProgram } from './run-program.js';

/* The README shows what the program really prints. UPDATE_README=1 writes it anew. */

const root = path.join(import.meta.dirname, '..');
const file = path.join(root, 'README.md');
const readme = readFileSync(file, 'utf8');
const BLOCK = /(<!-- output: cfn-tx-lint (.+) \(in (.+)\) -->\n```\n)([\s\S]*?)(```)/g;

async function output(args: string, directory: string): Promise<string> {
  const all = [...args.split(' '), '--no-color', '--no-config'];
  return (await runProgram(path.join(root, directory), all)).stdout;
}

describe('README', () => {
  it('shows the real output of its runs', async () => {
    const blocks = [...readme.matchAll(BLOCK)];
    expect(blocks.length).toBeGreaterThan(0);
    let real = readme;
    for (const [block, head = '', args = '', directory = '', , end] of blocks) {
      const printed = await output(args, directory);
      real = real.replace(block, () => `${head}${printed}${end}`);
    }
    if (process.env.UPDATE_README === '1') writeFileSync(file, real);
    else expect(readme).toBe(real);
  });

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\(((?!https?:)[^)#]+)\)/g)].map(([, link]) => link as string);
    expect(links.filter((link) => !existsSync(path.join(root, link)))).toEqual([]);
  });

  it('states the limits that the code has', () => {
    for (const [words, limit] of [
      ['MiB', MAX_FILE_BYTES / 1024 / 1024],
      ['levels', MAX_NESTING_DEPTH],
      ['aliases', MAX_ALIASED_VALUES],
      ['documents', MAX_DOCUMENTS],
      ['alternatives', MAX_ALTERNATIVES],
      ['steps', MAX_DEPTH],
      ['nested stacks', MAX_NESTED_STACKS],
      ['deployments', MAX_INSTANCES],
      ['tokens', MAX_YAML_TOKENS],
      ['hops', MAX_DEPTH],
      ['operators', MAX_CONDITION_NESTING],
      ['parameter allows', MAX_ALLOWED_VALUES],
      ['characters', MAX_TEXT_LENGTH],
      ['loops', MAX_LOOP_ENTRIES],
      ['values in these entries', MAX_LOOP_VALUES],
    ] as const) {
      const row = readme.split('\n').find((line) => line.startsWith('|') && line.includes(words));
      expect(row, words).toContain(` ${limit.toLocaleString('en')} `);
    }
  });
});
