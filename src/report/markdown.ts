import { visible } from '../plain/visible.js';

/** Everything that Markdown, HTML or GitHub's own syntax (mentions, emoji, mathematics, links) could read as markup. */
const MARKUP = /[\\`*_{}[\]()#+!|<>&~@$:"']|(?<=www)\./gi;

/** One line of literal text for a Markdown document or table cell. */
export function markdownText(text: string): string {
  return visible(text).replace(MARKUP, (character) => `&#${character.charCodeAt(0)};`);
}

/** One line of literal text in the font of code. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`;
}

/** A link whose text is literal; the text alone where the address is no web address. */
export function markdownLink(text: string, url: string): string {
  if (!URL.canParse(url) || !/^https?:/i.test(url)) return markdownText(text);
  const address = new URL(url).href.replace(/[()<>|\\`]/g, (character) => encodeURIComponent(character));
  return `[${markdownText(text)}](${address.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

/** A fenced block that its content cannot end: the fence is longer than any run of backticks in it. */
export function markdownFence(language: string, content: string): string {
  const runs = content.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${language}\n${content.replace(/\n$/, '')}\n${fence}`;
}
