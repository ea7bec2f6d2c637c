import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../config/temporary.js';

const root = path.join(import.meta.dirname, '../..');

describe('the extension for Visual Studio Code', () => {
  it('is packed by the real tool, with the bundle and nothing else', () => {
    const folder = temporaryDirectory();
    const script = path.join(root, 'scripts/build-vscode.js');
    const { status, stderr } = spawnSync(process.execPath, [script, folder], { cwd: root, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    const vsix = path.join(folder, 'cfn-tx-lint.vsix');
    expect(existsSync(vsix)).toBe(true);
    const vsce = path.join(root, 'test/real/node_modules/@vscode/vsce/vsce');
    // The tool's own look into a package that it made.
    const listed = spawnSync('python3', ['-m', 'zipfile', '-l', vsix], { encoding: 'utf8' }).stdout;
    for (const file of ['extension/extension.js', 'extension/package.json', 'extension/readme.md'])
      expect(listed).toContain(file);
    expect(listed).not.toContain('.mts ');
    expect(existsSync(vsce)).toBe(true);
  });
});
