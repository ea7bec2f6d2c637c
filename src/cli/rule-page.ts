import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageDirectory } from './package-files.js';

/**
 * The Markdown page of a built-in rule. An executable without Node has no files beside it: its build puts a module in
 * the place of this one that holds the pages (`scripts/build/standalone-bundle.js`).
 *
 * @throws if the installation has no page for the rule
 */
export function rulePage(rule: string): string {
  return readFileSync(path.join(packageDirectory(), 'rules', `${rule}.md`), 'utf8');
}
