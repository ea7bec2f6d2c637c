#!/usr/bin/env node
/**
 * Installs what only the tests need and is too heavy for everybody else (the AWS CDK, Mermaid, the AgentCore CLI, ...)
 * below test/real, as the lock files there say. Returns at once when that is already there.
 *
 *     node scripts/install-real-parts.js
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The folders of the parts, each with what is installed there, for a reader, and the options that it needs. */
const PARTS = [
  { folder: 'test/real', what: 'the AWS CDK and other parts', options: [] },
  {
    folder: 'test/real/agentcore-cli',
    what: 'the AgentCore CLI and the SDK',
    options: ['--ignore-scripts', '--legacy-peer-deps', '--omit=optional'],
  },
];

for (const { folder, what, options } of PARTS) {
  const directory = path.join(root, folder);
  const marker = path.join(directory, 'node_modules/.installed');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(directory, 'package-lock.json')))
    .digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) continue;
  process.stderr.write(`installing ${what} for the tests into ${folder}\n`);
  const { status, error } = spawnSync(
    'npm',
    ['ci', ...options, '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: directory,
      stdio: ['ignore', 2, 2], // nothing of it belongs on standard output
      shell: process.platform === 'win32', // npm is a batch file there
    },
  );
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(marker, wanted);
}
