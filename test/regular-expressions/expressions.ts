import { readFileSync } from 'node:fs';
import path from 'node:path';
import glob from 'fast-glob';
import { parseAst } from 'vitest/node';

/*
 * The regular expressions of the program, found by their syntax: literals, and what `RegExp` is called with.
 */

const ROOT = path.join(import.meta.dirname, '..', '..');

/** A regular expression as it is written, and the files that write it. */
export interface Expression {
  readonly source: string;
  readonly files: readonly string[];
  /** Of a literal. One that is put together when the program runs has none. */
  readonly literal: { readonly pattern: string; readonly flags: string } | undefined;
}

/** Every regular expression of the program, each once, in the order of their sources. */
export function expressionsOfProgram(): readonly Expression[] {
  const found = new Map<string, { files: Set<string>; literal: Expression['literal'] }>();
  for (const file of glob.sync(['src/**/*.ts', 'rules/*.ts'], { cwd: ROOT }).sort()) {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    // The script of the page is compiled from src/picture/page, which is looked at itself.
    if (file === 'src/picture/page/generated.ts') continue;
    for (const { source, literal } of expressionsIn(text)) {
      const known = found.get(source) ?? { files: new Set(), literal };
      found.set(source, known);
      known.files.add(file);
    }
  }
  return [...found]
    .map(([source, { files, literal }]) => ({ source, literal, files: [...files] }))
    .sort((a, b) => (a.source < b.source ? -1 : 1));
}

/** The regular expressions of a module in TypeScript. */
export function expressionsIn(text: string): readonly Omit<Expression, 'files'>[] {
  const found: Omit<Expression, 'files'>[] = [];
  const queue: unknown[] = [parseAst(text, { lang: 'ts' })];
  for (const node of queue) {
    if (typeof node !== 'object' || node === null) continue;
    if (isLiteral(node)) {
      const { pattern, flags } = node.regex;
      found.push({ source: `/${pattern}/${flags}`, literal: node.regex });
    } else if (isConstruction(node)) {
      const source = text.slice(node.start, node.end).replace(/\s+/g, ' ');
      found.push({ source, literal: undefined });
    }
    queue.push(...Object.values(node));
  }
  return found;
}

function isLiteral(node: object): node is { regex: { pattern: string; flags: string } } {
  return 'regex' in node && typeof node.regex === 'object' && node.regex !== null;
}

function isConstruction(node: object): node is { start: number; end: number } {
  if (!('type' in node) || (node.type !== 'NewExpression' && node.type !== 'CallExpression')) return false;
  return (
    'callee' in node &&
    typeof node.callee === 'object' &&
    node.callee !== null &&
    'name' in node.callee &&
    node.callee.name === 'RegExp'
  );
}
