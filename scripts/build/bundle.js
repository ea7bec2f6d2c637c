import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { foldToCommonJs } from './fold.js';
import { lateTexts } from './late-texts.js';
import { noConnections } from './no-connections.js';
import { shortenLibraries, shortenVariables } from './shorten.js';

/** What every start of the command line loads. */
const PROGRAM = { cli: 'src/cli/main.ts' };

/** The entry points of package.json's `exports`, by the name of their file in dist/. */
const LIBRARIES = { index: 'src/index.ts', cdk: 'src/cdk/index.ts', testing: 'src/testing/index.ts' };

const printing = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  outdir: 'dist',
  // `shortenVariables` shortens identifiers, and leaves functions their names.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  write: false,
  logLevel: 'warning',
};

/**
 * @typedef {object} Bundle
 * @property {[name: string, content: string][]} files paths below dist/ and what they hold
 * @property {string[]} inputs the bundled files, relative to the repository
 */

/**
 * Bundles the command line, which is `cli.cjs` and the parts it loads when it needs them, and what programs import.
 * Each module is in it once: the libraries take from `cli.cjs` what the command line has of it.
 *
 * @param {string} root the repository
 * @param {string} version what `--version` prints
 * @returns {Promise<Bundle>}
 */
export async function bundle(root, version) {
  const prose = lateTexts(root);
  const result = await build({
    ...printing,
    absWorkingDir: root,
    entryPoints: { ...PROGRAM, ...LIBRARIES },
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    // A package's ES module build starts faster and can be stripped of what is not used.
    mainFields: ['module', 'main'],
    alias: { yaml: yamlModules() },
    define: { CFN_TX_LINT_VERSION: JSON.stringify(version) },
    // Optional peers stay imports of the program that has them.
    external: ['aws-cdk-lib', 'constructs'],
    plugins: [noConnections, shortenLibraries, prose.plugin],
    metafile: true,
  });
  const outputs = await foldToCommonJs(result, 'dist/cli.js', { ...printing, absWorkingDir: root });
  const files = outputs.map(({ path: file, text }) => [
    path.relative(path.join(root, 'dist'), file).split(path.sep).join('/'),
    text,
  ]);
  const finished = prose.finish(files).map(([name, text]) => [name, shortenVariables(name, text)]);
  const named = finished.map(([name, text]) => [name, name === 'cli.cjs' ? withHash(text) : text]);
  const modules = Object.keys(LIBRARIES).map((name) => [
    `${name}.js`,
    moduleOf(name, result.metafile.outputs[`dist/${name}.js`].exports),
  ]);
  return { files: [...named, ...modules], inputs: Object.keys(result.metafile.inputs) };
}

/** The command line with a hash of itself, by which `bin/cfn-tx-lint.js` knows what it has kept of it. */
function withHash(text) {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return text.replace('"use strict";', `"use strict";/*${hash}*/`);
}

/** The ES module that programs import, as the declarations say; Node finds the names in the CommonJS file by itself. */
function moduleOf(name, names) {
  return `export{${names.join(',')}}from"./${name}.cjs";\n`;
}

/** `yaml` gives Node its CommonJS build, which cannot be split or stripped; the ES modules beside it do the same. */
function yamlModules() {
  const manifest = fileURLToPath(import.meta.resolve('yaml/package.json'));
  return path.join(path.dirname(manifest), 'browser/dist/index.js');
}
