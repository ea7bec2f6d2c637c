import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { expectAsShown, PAGES, readPage, writeFiles } from './deploying-pages.js';

const made: string[] = [];
afterAll(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true });
});

describe.each(PAGES.filter((name) => !name.startsWith('cdk-')))('docs/deploying/%s', (name) => {
  const page = readPage(name);
  const cwd = mkdtempSync(path.join(tmpdir(), 'deploying-'));
  made.push(cwd);
  writeFiles(page, cwd);

  it.each(page.sessions)('prints what it shows: %s', async (session) => {
    await expectAsShown(name, session, cwd);
  });
});
