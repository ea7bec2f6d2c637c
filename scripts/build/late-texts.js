import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What a rule says to people, as the formatter leaves it: a name and a literal that is all of its value. A run without
 * findings needs nothing of it. (A message's key, which a report names, has no space in it.)
 */
const PROSE =
  /(?<=[{,]\s+)(summary|rationale|remedy|message|help):\s+('(?:[^'\\]|\\.)* (?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)* (?:[^"\\]|\\.)*")(?=,|\s+\})/g;

/** Where the bundles find the texts, below dist/. */
const FILE = 'chunks/texts.cjs';

/** Stands in the bundles for the loading of that file until their own places are known. */
const LOADING = '__loadTexts()';

/**
 * Takes the prose of the rules out of the bundles into a file that is loaded when somebody asks for the first of it. In
 * the bundles, getters stand in its place. The sources hold it as plain properties.
 *
 * @param {string} root the repository
 * @returns {{
 *   plugin: import('esbuild').Plugin,
 *   finish(files: [name: string, content: string][]): [name: string, content: string][],
 * }} the plugin of the build, and what completes its files, named below dist/
 */
export function lateTexts(root) {
  const directory = path.join(root, 'rules');
  /** @type {string[]} */
  const texts = [];
  // All rules in the order of their names, ahead of the build: it loads them in no order, and a build is reproducible.
  const rules = new Map(
    readdirSync(directory)
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => [path.join(directory, name), withoutProse(path.join(directory, name), texts)]),
  );
  const plugin = {
    name: 'late-texts',
    setup(api) {
      api.onLoad({ filter: /[\\/]rules[\\/][^\\/]+\.ts$/ }, ({ path: file }) => {
        const contents = rules.get(file);
        return contents === undefined ? undefined : { contents, loader: 'ts' };
      });
      api.onResolve({ filter: /^late-texts$/ }, () => ({ path: 'late-texts', namespace: 'late-texts' }));
      api.onLoad({ filter: /.*/, namespace: 'late-texts' }, () => ({
        contents: `let texts;export const lateText=(n)=>(texts??=${LOADING})[n];`,
      }));
    },
  };
  const finish = (files) => [
    ...files.map(([name, content]) => {
      const way = path.posix.relative(path.posix.dirname(name), FILE);
      const specifier = way.startsWith('.') ? way : `./${way}`;
      return [name, content.replaceAll(LOADING, `require(${JSON.stringify(specifier)})`)];
    }),
    [FILE, `"use strict";module.exports=[${texts.join(',')}];\n`],
  ];
  return { plugin, finish };
}

/** A rule's source with getters for its prose, whose literals go to the end of `texts`. */
function withoutProse(file, texts) {
  const source = readFileSync(file, 'utf8');
  const written = source.replaceAll(PROSE, (_all, name, text) => {
    texts.push(text);
    return `get ${name}() { return lateText(${texts.length - 1}); }`;
  });
  // At the end: whoever reads a line's number in a stack trace finds the line.
  return written === source ? source : `${written}\nimport { lateText } from 'late-texts';\n`;
}
