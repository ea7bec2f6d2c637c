import { build } from 'esbuild';

const ENTRY = `
  import { builtInRules } from './rules/index.js';
  import { publishedSchema } from './src/config/published-schema.js';
  export default publishedSchema(builtInRules);
`;

/**
 * The text of the configuration's JSON Schema, with the rules as they stand in the sources.
 *
 * @param {string} root the repository
 * @returns {Promise<string>}
 */
export async function configSchema(root) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    logLevel: 'warning',
  });
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`;
  const { default: schema } = await import(url);
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
