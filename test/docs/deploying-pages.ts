import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { runProgram } from '../run-program.js';

const directory = path.join(import.meta.dirname, '../../docs/deploying');

/** The pages, by their names. */
export const PAGES = readdirSync(directory).filter((name) => name.endsWith('.md') && name !== 'README.md');

/** A page of the documentation: the files that it shows, and what it runs on them. */
export interface Page {
  readonly files: ReadonlyMap<string, string>;
  /** What stands in each block of the console: commands behind `$`, and below them what they print. */
  readonly sessions: readonly string[];
}

/** Reads a page: files stand behind `<!-- file: NAME -->`, a session behind `<!-- run -->`. */
export function readPage(name: string): Page {
  const text = readFileSync(path.join(directory, name), 'utf8');
  const blocks = [...text.matchAll(/<!-- (file: (\S+)|run) -->\n```\w+\n([\s\S]*?)```\n/g)];
  return {
    files: new Map(
      blocks.flatMap(([, , file, content = '']) => (file === undefined ? [] : [[file, content]])),
    ),
    sessions: blocks.flatMap(([, , file, content = '']) => (file === undefined ? [content] : [])),
  };
}

/** Writes the files of a page. */
export function writeFiles(page: Page, to: string): void {
  for (const [name, content] of page.files) {
    const file = path.join(to, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Runs the commands of a session that call the program; others are the tests' own business. */
async function played(session: string, cwd: string): Promise<string> {
  const commands = session.split('\n').filter((line) => line.startsWith('$ '));
  const printed: string[] = [];
  for (const command of commands) {
    const [, args] = /^\$ npx cfn-tx-lint ?(.*)$/.exec(command) ?? [];
    if (args === undefined) continue;
    const { stdout, stderr } = await runProgram(
      cwd,
      args.split(' ').filter((arg) => arg !== ''),
    );
    printed.push(`${stdout}${stderr}`);
  }
  return `${commands.join('\n')}\n${printed.join('')}`;
}

/**
 * Holds a page to what its session prints. With `UPDATE_PAGES=1` in the environment the page is written anew instead,
 * for a change of the words of the report.
 */
export async function expectAsShown(name: string, session: string, cwd: string): Promise<void> {
  const printed = await played(session, cwd);
  if (process.env.UPDATE_PAGES === '1') {
    const file = path.join(directory, name);
    const block = (text: string): string => `\`\`\`console\n${text}\`\`\``;
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(block(session), () => block(printed)),
    );
  } else expect(printed).toBe(session);
}
