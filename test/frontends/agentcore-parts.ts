import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/*
 * The published AgentCore CLI, its construct and the SDK of the control plane. They are large, and two files of tests
 * use them: whoever runs these installs them.
 */

const PARTS = path.join(import.meta.dirname, '..', 'real', 'agentcore-cli');

export const partsModules = path.join(PARTS, 'node_modules');

/** What the parts can require. */
export const partsRequire = createRequire(path.join(PARTS, 'package.json'));

/** Installs the parts where they are not there yet: minutes. */
export function installParts(): void {
  if (existsSync(path.join(partsModules, '.package-lock.json'))) return;
  execFileSync(
    'npm',
    ['ci', '--ignore-scripts', '--legacy-peer-deps', '--omit=optional', '--no-audit', '--no-fund'],
    { cwd: PARTS, stdio: 'ignore' },
  );
}
