import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { foldToCommonJs } from './fold.js';

/** Packages that are CommonJS and cannot be split: a bundle each, for the command line and the libraries alike. */
const SHARED = ['fast-glob'];
const SHARED_PREFIX = 'shared:';

/** The entry points of package.json's `exports`, by the name of their bundle. */
const libraries = { index: 'src/index.ts', cdk: 'src/cdk/index.ts', testing: 'src/testing/index.ts' };

/**
 * Bundles the command line: `cli.cjs` and the parts it loads when it needs them, below `chunks/`.
 *
 * @param {string} root the repository
 * @param {string} version what `--version` prints
 * @returns {Promise<Bundle>}
 */
export function bundleProgram(root, version) {
  return bundle(root, version, { cli: 'src/cli/main.ts' }, 'dist/cli.js');
}

/**
 * Bundles what programs import. Apart from the command line, so that code shared with it does not become a chunk of
 * its own that every start of the command line would have to load.
 *
 * @param {string} root the repository
 * @param {string} version
 * @returns {Promise<Bundle>}
 */
export function bundleLibraries(root, version) {
  return bundle(root, version, libraries);
}

/**
 * Bundles the packages that the other two bundles share.
 *
 * @param {string} root the repository
 * @returns {Promise<Bundle>}
 */
export async function bundleShared(root) {
  const result = await build({
    ...printing,
    absWorkingDir: root,
    entryPoints: Object.fromEntries(SHARED.map((name) => [`chunks/${name}`, name])),
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    metafile: true,
  });
  return finished(root, result.outputFiles, result.metafile);
}

/** Leaves the imports of shared packages to the place where it is known which file they stand in. */
const leaveShared = {
  name: 'leave-shared',
  setup(api) {
    const filter = new RegExp(`^(?:${SHARED.join('|')})$`);
    api.onResolve({ filter }, ({ path: name }) => ({ path: SHARED_PREFIX + name, external: true }));
  },
};

/**
 * @typedef {object} Bundle
 * @property {[name: string, content: string][]} files paths below dist/ and what they hold
 * @property {string[]} inputs the bundled files, relative to the repository
 */

const printing = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  outdir: 'dist',
  // Identifiers keep their names: a stack trace in a bug report must be readable.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  write: false,
  logLevel: 'warning',
};

async function bundle(root, version, entries, folded) {
  const present = Object.entries(entries).filter(([, file]) => existsSync(path.join(root, file)));
  if (present.length === 0) return { files: [], inputs: [] };
  const result = await build({
    ...printing,
    absWorkingDir: root,
    entryPoints: Object.fromEntries(present),
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    // A package's ES module build starts faster and can be stripped of what is not used.
    mainFields: ['module', 'main'],
    alias: { yaml: yamlModules() },
    define: { CFN_TX_LINT_VERSION: JSON.stringify(version) },
    // Optional peers stay imports of the program that has them.
    external: ['aws-cdk-lib', 'constructs'],
    plugins: [leaveShared],
    metafile: true,
  });
  const outputs = folded
    ? await foldToCommonJs(result, folded, { ...printing, absWorkingDir: root })
    : result.outputFiles;
  return finished(root, outputs, result.metafile);
}

function finished(root, outputs, metafile) {
  const files = outputs.map(({ path: file, text }) => {
    const name = path.relative(path.join(root, 'dist'), file).split(path.sep).join('/');
    const linked = withShared(text, name.startsWith('chunks/') ? './' : './chunks/');
    return [name, name.endsWith('.cjs') ? linked : withRequire(linked)];
  });
  return { files, inputs: Object.keys(metafile.inputs) };
}

function withShared(text, folder) {
  return SHARED.reduce(
    (all, name) =>
      all.replaceAll(JSON.stringify(SHARED_PREFIX + name), JSON.stringify(`${folder}${name}.cjs`)),
    text,
  );
}

/** `yaml` gives Node its CommonJS build, which cannot be split or stripped; the ES modules beside it do the same. */
function yamlModules() {
  const manifest = fileURLToPath(import.meta.resolve('yaml/package.json'));
  return path.join(path.dirname(manifest), 'browser/dist/index.js');
}

/** CommonJS libraries call `require('fs')`, which an ES module has not got by itself. */
function withRequire(text) {
  if (!/\btypeof require\b/.test(text)) return text;
  return `import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);${text}`;
}
