#!/usr/bin/env node
/**
 * Installs what only the tests need and is too heavy for everybody else (the AWS CDK, Mermaid, ...) into
 * test/real/node_modules, as test/real/package-lock.json says. Returns at once when that is already there.
 *
 *     node scripts/install-real-parts.js
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const directory = fileURLToPath(new URL('../test/real', import.meta.url));
const marker = path.join(directory, 'node_modules/.installed');
const wanted = createHash('sha256')
  .update(readFileSync(path.join(directory, 'package-lock.json')))
  .digest('hex');

if (!existsSync(marker) || readFileSync(marker, 'utf8') !== wanted) {
  process.stderr.write('installing the AWS CDK and other parts for the tests into test/real\n');
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: directory,
    stdio: ['ignore', 2, 2], // nothing of it belongs on standard output
    shell: process.platform === 'win32', // npm is a batch file there
  });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(marker, wanted);
}
