import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** Makes a directory with these files (a value that is no string is written as JSON); gone after the test. */
export function temporaryDirectory(files: Readonly<Record<string, unknown>> = {}): string {
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'cfn-tx-lint-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return directory;
}
