import { thirdPartyNotices } from './notices.js';
import { BUN_VERSION } from './standalone-platforms.js';

/** What Bun's page on its licence asks to be told (https://bun.com/docs/project/license). */
const RUNTIME = `Bun ${BUN_VERSION} (MIT)
https://github.com/oven-sh/bun/tree/bun-v${BUN_VERSION}

The executables hold the runtime of Bun, unchanged, as its packages on the npm registry bring it. Bun is MIT-licensed, and links
libraries under licences of their own, which https://github.com/oven-sh/bun/blob/bun-v${BUN_VERSION}/LICENSE.md lists. Among them is
JavaScriptCore, of WebKit, under the LGPL 2 (https://github.com/oven-sh/WebKit).

You may change JavaScriptCore and link it anew: build Bun with your change, as that page says, and give it to
\`npm run build:standalone -- --bun path/to/bun\`, which makes the executable of it and of the sources of this program.`;

/**
 * The text that the licences of what an executable holds ask to be passed on.
 *
 * @param {string} root the repository
 * @param {string[]} inputs the bundled files, relative to the repository
 * @returns {string}
 */
export function standaloneNotices(root, inputs) {
  return `${thirdPartyNotices(root, inputs)}\n${'-'.repeat(80)}\n\n${RUNTIME}\n`;
}
