#!/usr/bin/env node
/**
 * Packs the extension for Visual Studio Code with its own tool.
 *
 *     node scripts/build-vscode.js FOLDER     writes FOLDER/cfn-tx-lint.vsix
 *
 * What it needs is installed into test/real by scripts/install-real-parts.js.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = path.join(root, 'editors/vscode');
const real = path.join(root, 'test/real/node_modules');
const [folder = 'dist'] = process.argv.slice(2);

const staging = mkdtempSync(path.join(tmpdir(), 'cfn-tx-lint-vscode-'));
try {
  cpSync(source, staging, { recursive: true });
  await build({
    entryPoints: [path.join(source, 'extension.mts')],
    outfile: path.join(staging, 'extension.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    nodePaths: [real],
    logLevel: 'warning',
  });
  mkdirSync(folder, { recursive: true });
  const target = path.resolve(folder, 'cfn-tx-lint.vsix');
  const vsce = path.join(real, '@vscode/vsce/vsce');
  const { status } = spawnSync(process.execPath, [vsce, 'package', '--no-dependencies', '--out', target], {
    cwd: staging,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
  console.log(target);
} finally {
  rmSync(staging, { recursive: true, force: true });
}
