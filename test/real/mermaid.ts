import { createRequire } from 'node:module';

/** The file that pages load Mermaid from. */
export const MERMAID_SCRIPT = createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js');
