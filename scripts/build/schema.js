import { build } from 'esbuild';

const CONFIGURATION = `
  import { builtInRules } from './rules/index.js';
  import { publishedSchema } from './src/config/published-schema.js';
  export default publishedSchema(builtInRules);
`;

const REPORT = `
  import { reportSchema } from './src/report/report-schema.js';
  export default reportSchema();
`;

/**
 * The text of the configuration's JSON Schema, with the rules as they stand in the sources.
 *
 * @param {string} root the repository
 * @returns {Promise<string>}
 */
export function configSchema(root) {
  return printed(root, CONFIGURATION);
}

/**
 * The text of the JSON report's JSON Schema.
 *
 * @param {string} root the repository
 * @returns {Promise<string>}
 */
export function reportSchema(root) {
  return printed(root, REPORT);
}

/** The default export of a module, as JSON. */
async function printed(root, contents) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: root, loader: 'ts' },
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
