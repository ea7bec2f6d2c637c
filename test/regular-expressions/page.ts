import type { Expression } from './expressions.js';

/** The page that lists all regular expressions with why each is linear. */
export function pageOf(
  expressions: readonly Expression[],
  reasons: Readonly<Record<string, string | undefined>>,
): string {
  const argued = expressions.filter(({ source }) => reasons[source] !== undefined);
  const proved = expressions.filter(({ source }) => reasons[source] === undefined);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    '# Regular expressions',
    '',
    'Every regular expression of the program takes time that grows with the text and not faster. Written by',
    '`npx vitest run test/regular-expressions -u`, and held by that test: an expression without a proof or a reason',
    'fails it. `npm run regular-expressions` asks [recheck](https://makenowjust-labs.github.io/recheck/) for proofs of',
    'new ones.',
    '',
    '## With a reason',
    '',
    'What `recheck` cannot prove: it does not look behind, tries repetitions with a count one by one, and does not know',
    'which texts an expression meets.',
    '',
    row(['expression', 'in', 'why it is linear']),
    row(['---', '---', '---']),
    ...argued.map(({ source, files }) => row([code(source), filesOf(files), reasons[source] ?? ''])),
    '',
    '## With a proof',
    '',
    row(['expression', 'in']),
    row(['---', '---']),
    ...proved.map(({ source, files }) => row([code(source), filesOf(files)])),
    '',
  ].join('\n');
}

function filesOf(files: readonly string[]): string {
  return files.map((file) => `\`${file}\``).join(', ');
}

/** As code in a cell, with what does not show as its code point. */
function code(source: string): string {
  const shown = source
    .replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
    .replaceAll('|', '\\|');
  return source.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``;
}
