import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';
import { minifySync } from 'oxc-minify';

/**
 * Shortens the names in libraries, file by file: they are half of what the package ships. All names that one file of a
 * library takes from another stay.
 */
export const shortenLibraries = {
  name: 'shorten-libraries',
  setup(api) {
    api.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path: file }) => {
      const { code } = await transform(await readFile(file, 'utf8'), {
        sourcefile: file,
        target: 'node20',
        minify: true,
        legalComments: 'none',
      });
      return { contents: code, loader: 'js' };
    });
  },
};

/**
 * Shortens the names of variables in a finished file, and leaves nothing in it but ASCII, which V8 keeps in half the
 * space and reads without decoding. Those of functions and classes stay, and with them the stack traces
 * of bug reports; esbuild could only shorten all.
 *
 * @param {string} name of the file
 * @param {string} text a CommonJS module
 * @returns {string}
 */
export function shortenVariables(name, text) {
  if (!name.endsWith('.cjs')) return text;
  const { code, errors } = minifySync(name, text, {
    module: false,
    compress: false,
    mangle: { toplevel: true, keepNames: { function: true, class: true } },
    codegen: { removeWhitespace: true },
  });
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`);
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
