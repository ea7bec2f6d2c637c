import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import { type DiscoverRequest, discover } from '../../src/discover/discover.js';

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/**
 * Makes a directory of its own with these files, which is gone after the test.
 *
 * @param files relative path to content; an object is written as JSON; a path that ends in `/` is an empty directory
 */
export function tree(files: Readonly<Record<string, string | object>>): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'discover-')));
  made.push(root);
  add(root, files);
  return root;
}

export function add(root: string, files: Readonly<Record<string, string | object>>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    if (name.endsWith('/')) {
      mkdirSync(file, { recursive: true });
      continue;
    }
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
}

export function find(cwd: string, files: readonly string[] = [], more: Partial<DiscoverRequest> = {}) {
  return discover({ cwd, files, context: [], ignore: [], ...more });
}

/** Only the names, for tests about what is found. */
export async function names(
  cwd: string,
  files: readonly string[] = [],
  more: Partial<DiscoverRequest> = {},
): Promise<readonly string[]> {
  const discovery = await find(cwd, files, more);
  return discovery.files.map(({ name }) => name);
}
