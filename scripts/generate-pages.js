/**
 * The pages in rules/, built by scripts/pages/ from the rules' metadata and fixtures. Those modules are TypeScript,
 * as the rules are, so they are bundled first: no earlier build is needed, and none can be out of date.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @returns {Promise<Map<string, string>>} path relative to the repository to content
 */
export async function generatePages() {
  const directory = mkdtempSync(path.join(tmpdir(), 'cfn-tx-lint-pages-'));
  try {
    const outfile = path.join(directory, 'pages.mjs');
    await build({
      absWorkingDir: root,
      entryPoints: ['scripts/pages/pages.ts'],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      mainFields: ['module', 'main'],
      // CommonJS libraries call `require`, which an ES module has not got by itself.
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
      logLevel: 'warning',
    });
    const { pages } = await import(pathToFileURL(outfile).href);
    return await pages(root);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
