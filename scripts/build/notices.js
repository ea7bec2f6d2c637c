import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What `src/spec/generated.ts`, which is bundled, is made from (`scripts/generate.js`). */
const TABLE_SOURCE = 'node_modules/@aws-cdk/aws-service-spec';

/**
 * The text that the licences of the bundled libraries ask to be passed on.
 *
 * @param {string} root the repository
 * @param {string[]} inputs the bundled files, relative to the repository
 * @returns {string} one part per library, sorted by its name, and one for the table of resource types
 */
export function thirdPartyNotices(root, inputs) {
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined));
  const parts = [...folders].sort().map((folder) => notice(path.join(root, folder)));
  const intro = 'cfn-tx-lint contains the following libraries, each under its own licence.';
  const table = `The table of resource types is generated from the following package.\n\n${notice(path.join(root, TABLE_SOURCE))}`;
  return `${[intro, ...parts, table].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** `node_modules/@scope/name` of a file in it, however deep the package lies. */
function packageFolder(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function notice(folder) {
  const { name, version, license, repository } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  const source = typeof repository === 'string' ? repository : repository?.url;
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  if (!license && files.length === 0) throw new Error(`${name} has no licence: it cannot be bundled`);
  const texts = files.sort().map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})${source ? `\n${source}` : ''}`, ...texts].join('\n\n');
}
