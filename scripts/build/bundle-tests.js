import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Makes a folder for bundles: below node_modules, so that what is not bundled is found. */
export function bundleFolder(name) {
  return mkdtempSync(path.join(root, 'node_modules', `.${name}-`));
}

/**
 * Bundles what tests are made of into one file that Node runs by itself.
 * @param {string} entry a file of the repository
 * @param {string} outfile in a folder of `bundleFolder`
 * @param {import('esbuild').Plugin[]} plugins
 */
export async function bundleTests(entry, outfile, plugins = []) {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    define: { CFN_TX_LINT_VERSION: '"0.0.0"' },
    logLevel: 'error',
    plugins,
  });
}
