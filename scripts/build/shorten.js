import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';

/**
 * Shortens the local names in libraries, file by file: they are half of what the package ships. Our own names stay,
 * and with them the stack traces of bug reports; so do all names that one file of a library takes from another.
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
