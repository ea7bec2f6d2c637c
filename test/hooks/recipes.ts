import { readFileSync } from 'node:fs';

/** The address that recipes name; tests put a clone in its place. */
export const REPOSITORY = 'https://github.com/cfn-tx-lint/cfn-tx-lint';

/**
 * The fenced blocks of a page, so that tests run what readers copy.
 *
 * @param page below `docs/`, as `hooks.md`
 */
export function recipes(page: string): readonly { readonly language: string; readonly text: string }[] {
  const markdown = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
}

/** The one block that matches. */
export function recipe(page: string, wanted: RegExp): string {
  const found = recipes(page).filter(({ text }) => wanted.test(text));
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(`docs/${page} has ${found.length} blocks that match ${wanted}`);
  }
  return only.text;
}
