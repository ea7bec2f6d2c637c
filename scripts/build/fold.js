import path from 'node:path';
import { build } from 'esbuild';

/**
 * Turns a build with splitting into the form that starts fastest: one CommonJS file, and others that are loaded when
 * they are needed.
 *
 * esbuild puts code that both the entry and a lazily imported chunk use into shared chunks, which every start then
 * has to open one by one. After folding, the entry holds that code and exports it, and the lazy chunks import it
 * from the entry. Each module still exists once. (So nothing may await at its top level.)
 *
 * CommonJS, because Node has its loader ready at every start, while the one for ES modules costs a short run a fifth
 * of its own time. esbuild splits ES modules only, hence the second pass.
 *
 * @param {import('esbuild').BuildResult<{ write: false, metafile: true }>} result a build with splitting
 * @param {string} entry the entry's output path as the metafile has it: `dist/cli.js`
 * @param {import('esbuild').BuildOptions} options how to print: target, minification
 * @returns {Promise<{ path: string, text: string }[]>} the outputs with the chunks folded away, as `.cjs` files
 */
export async function foldToCommonJs(result, entry, options) {
  const { outputs } = result.metafile;
  const chunks = staticImports(outputs, entry);

  const text = new Map(result.outputFiles.map((file) => [file.path, file.text]));
  const absolute = (output) => path.resolve(options.absWorkingDir, output);
  const entryFile = absolute(entry);
  const folded = new Map(chunks.map((chunk, index) => [absolute(chunk), exportsOf(outputs[chunk], index)]));
  /** A folded chunk that is also imported dynamically stays as a file that passes the entry's exports on. */
  const dynamic = new Set(
    Object.values(outputs).flatMap(({ imports }) =>
      imports.filter(({ kind }) => kind === 'dynamic-import').map((imported) => absolute(imported.path)),
    ),
  );
  const kept = [...text.keys()].filter((file) => !folded.has(file) || dynamic.has(file));

  const plugin = {
    name: 'fold',
    setup(api) {
      api.onResolve({ filter: /.*/ }, ({ path: wanted, importer, kind, resolveDir }) => {
        if (kind === 'entry-point') {
          return {
            path: wanted,
            namespace: folded.has(wanted) ? 'shim' : wanted === entryFile ? 'entry' : 'output',
          };
        }
        if (!wanted.startsWith('.')) return { path: wanted, external: true };
        const file = path.resolve(resolveDir, wanted);
        const inEntry = importer === entryFile || folded.has(importer);
        if (kind === 'dynamic-import') {
          return { path: commonJs(inEntry ? relative(entryFile, file) : wanted), external: true };
        }
        if (inEntry) return { path: file, namespace: 'output' };
        return folded.has(file)
          ? { path: file, namespace: 'shim' }
          : { path: commonJs(wanted), external: true };
      });
      api.onLoad({ filter: /.*/, namespace: 'output' }, ({ path: file }) => load(file, text.get(file)));
      api.onLoad({ filter: /.*/, namespace: 'entry' }, ({ path: file }) => {
        const lines = [...folded].map(([chunk, names]) => reexport(names, relative(file, chunk), false));
        return load(file, [text.get(file), ...lines].join('\n'));
      });
      api.onLoad({ filter: /.*/, namespace: 'shim' }, ({ path: file }) =>
        load(file, reexport(folded.get(file), 'fold:entry', true)),
      );
    },
  };
  const second = await build({
    ...options,
    entryPoints: kept.map((file) => ({
      in: file,
      out: relative(`${path.dirname(entryFile)}/x`, file).slice(2, -3),
    })),
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    splitting: false,
    metafile: false,
    define: { 'import.meta.url': '__fileUrl' },
    plugins: [plugin],
  });
  return second.outputFiles.map((file) => {
    const entryPath = JSON.stringify(commonJs(relative(file.path, entryFile)));
    const text = requireOwn(
      file.path === commonJs(entryFile) ? shareLate(file.text) : requireShared(file.text, entryPath),
    );
    // ES modules are strict without saying so.
    return { path: file.path, text: `"use strict";${withFileUrl(builtinsUncopied(text))}` };
  });
}

/** How esbuild exports the names of an ES module from a CommonJS file: getters, of which it makes a copy. */
const EXPORTED = /var (\w+)=\{\};__export\(\1,(\{[^{}]*\})\);module\.exports=__toCommonJS\(\1\);/;

/** What tells Node's loader of ES modules the names. */
const NAMED = /0&&\(module\.exports=\{[^{}]*\}\);\s*$/;

/**
 * Lets the entry export its own names only, and the hundreds that other files take from it when the first of them asks:
 * making a getter for each takes as long as reading a small template.
 */
function shareLate(text) {
  if (!EXPORTED.test(text) || !NAMED.test(text)) throw new Error('esbuild exports in another way');
  return text
    .replace(
      EXPORTED,
      'let __shared;module.exports={main,warmUp,shared(){return __shared||__export(__shared={},$2),__shared}};',
    )
    .replace(NAMED, '');
}

/** Takes from the entry, once, what it shares. */
function requireShared(text, entryPath) {
  const wanted = 'require("fold:entry")';
  if (!text.includes(wanted)) return text;
  return `const __entry=require(${entryPath}).shared();${text.replaceAll(wanted, '__entry')}`;
}

/** Loads the program's own parts without the loader for ES modules; what a user names is still imported. */
function requireOwn(text) {
  return text.replaceAll(/\bimport\(("\.[^"]+\.cjs")\)/g, 'Promise.resolve().then(()=>require($1))');
}

/** Takes a module of Node's as it is where esbuild copies it, name by name, to add a default export to it. */
function builtinsUncopied(text) {
  return text.replaceAll(
    /__toESM\((require\("node:[^"]+"\))(?:,1)?\)/g,
    (_, required) => `{__proto__:${required},default:${required}}`,
  );
}

/** CommonJS has a file's name where ES modules have its URL. */
function withFileUrl(text) {
  if (!/\b__fileUrl\b/.test(text)) return text;
  return `const __fileUrl=require("node:url").pathToFileURL(__filename).href;${text}`;
}

function commonJs(specifier) {
  return specifier.replace(/\.js$/, '.cjs');
}

/** The chunks that load together with an output. */
function staticImports(outputs, entry) {
  const found = new Set();
  const visit = (output) => {
    for (const imported of outputs[output].imports) {
      if (imported.kind !== 'import-statement' || imported.external || found.has(imported.path)) continue;
      found.add(imported.path);
      visit(imported.path);
    }
  };
  visit(entry);
  return [...found].sort();
}

/** A chunk's exports with the names that the entry gives them: short names of different chunks may be equal. */
function exportsOf(output, index) {
  return output.exports.map((name) => ({ name, alias: `c${index}_${name}` }));
}

function reexport(names, from, back) {
  const list = names.map(({ name, alias }) => (back ? `${alias} as ${name}` : `${name} as ${alias}`));
  return `export{${list.join(',')}}from${JSON.stringify(from)};`;
}

function load(file, contents) {
  return { contents, loader: 'js', resolveDir: path.dirname(file) };
}

/** A relative import specifier. */
function relative(from, to) {
  const specifier = path.relative(path.dirname(from), to).split(path.sep).join('/');
  return specifier.startsWith('.') ? specifier : `./${specifier}`;
}
