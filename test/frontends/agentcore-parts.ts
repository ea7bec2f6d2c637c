import { createRequire } from 'node:module';
import path from 'node:path';

/*
 * The published AgentCore CLI, its construct and the SDK of the control plane, as `scripts/install-real-parts.js` installs
 * them before the tests with real parts: two files of tests use them, side by side.
 */

const PARTS = path.join(import.meta.dirname, '..', 'real', 'agentcore-cli');

export const partsModules = path.join(PARTS, 'node_modules');

/** What the parts can require. */
export const partsRequire = createRequire(path.join(PARTS, 'package.json'));
