import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { noConnections } from './no-connections.js';
import { shortenLibraries } from './shorten.js';

/**
 * The command line as one CommonJS file that needs no other: with the parts that the package loads when it needs them,
 * and with the rules' pages that `explain` shows.
 *
 * @param {string} root the repository
 * @param {string} version what `--version` prints
 * @returns {Promise<{ text: string, inputs: string[] }>} the program, which runs as soon as it is loaded, and the files in it
 */
export async function standaloneBundle(root, version) {
  const yaml = path.dirname(fileURLToPath(import.meta.resolve('yaml/package.json')));
  const result = await build({
    absWorkingDir: root,
    stdin: { contents: 'import { main } from "./src/cli/main.ts"; main();', resolveDir: root },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    mainFields: ['module', 'main'],
    alias: { yaml: path.join(yaml, 'browser/dist/index.js') },
    define: { CFN_TX_LINT_VERSION: JSON.stringify(version) },
    external: ['aws-cdk-lib', 'constructs'],
    plugins: [embedPages(root), noConnections, shortenLibraries],
    write: false,
    metafile: true,
    logLevel: 'warning',
  });
  return { text: result.outputFiles[0].text, inputs: Object.keys(result.metafile.inputs) };
}

/** Puts the pages in the place of the module that reads them from the installed package. */
function embedPages(root) {
  return {
    name: 'embed-pages',
    setup(api) {
      api.onLoad({ filter: /[\\/]src[\\/]cli[\\/]rule-page\.ts$/ }, () => {
        const folder = path.join(root, 'rules');
        const pages = readdirSync(folder)
          .filter((file) => file.endsWith('.md'))
          .sort()
          .map((file) => [file.slice(0, -3), readFileSync(path.join(folder, file), 'utf8')]);
        return {
          loader: 'js',
          contents: `const pages = new Map(${JSON.stringify(pages)});
export function rulePage(rule) {
  const page = pages.get(rule);
  if (page === undefined) throw new Error('no page');
  return page;
}`,
        };
      });
    },
  };
}
