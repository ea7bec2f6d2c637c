import { wrap } from '../report/display-width.js';
import type { Paint } from '../report/paint.js';

/**
 * Shows Markdown in a terminal: enough of it for the pages of our own rules, which a library for all of Markdown
 * would be ten times the size for. Headings, paragraphs, lists, quotes, fenced code, tables as they are, and in a
 * line `code`, **bold**, *emphasis* and [links](address).
 *
 * @param width the columns to break prose at
 */
export function renderMarkdown(markdown: string, paint: Paint, width: number): string {
  const blocks = markdown
    .replace(/\r\n/g, '\n')
    .split(/(^```[^\n]*\n.*?^```[^\n]*$)/ms)
    .flatMap((part) => (part.startsWith('```') ? [code(part, paint)] : prose(part, paint, width)));
  return `${blocks.join('\n\n')}\n`;
}

function code(fenced: string, paint: Paint): string {
  const lines = fenced.split('\n').slice(1, -1);
  return lines.map((line) => (line === '' ? '' : `    ${paint.related(line)}`)).join('\n');
}

function prose(text: string, paint: Paint, width: number): string[] {
  return text
    .replace(/<!--.*?-->/gs, '')
    .split(/\n{2,}/)
    .map((block) => block.replace(/^\n+|\n+$/g, ''))
    .filter((block) => block.trim() !== '')
    .map((block) => renderBlock(block, paint, width));
}

function renderBlock(block: string, paint: Paint, width: number): string {
  const lines = block.split('\n');
  const [first = ''] = lines;
  const heading = /^#{1,6} +(?<title>.*)$/.exec(first)?.groups?.title;
  if (heading !== undefined) {
    const rest = lines.slice(1).join('\n');
    const title = paint.strong(inline(heading, (text) => text));
    return rest === '' ? title : `${title}\n\n${renderBlock(rest, paint, width)}`;
  }
  if (first.startsWith('|')) return lines.map((line) => inline(line, paint.related)).join('\n');
  return items(lines)
    .map((item) => renderItem(item, paint, width))
    .join('\n');
}

/** Joins the lines that belong to one list item, quote or paragraph. */
function items(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const previous = joined.at(-1);
    if (previous === undefined || /^\s*(?:[-*+]|\d+\.) /.test(line)) joined.push(line);
    else joined[joined.length - 1] = `${previous} ${line.trim().replace(/^> ?/, '')}`;
  }
  return joined;
}

function renderItem(item: string, paint: Paint, width: number): string {
  const {
    indent = '',
    bullet = '',
    text = item,
  } = /^(?<indent>\s*)(?<bullet>(?:[-*+]|\d+\.|>) +)?(?<text>.*)$/s.exec(item)?.groups ?? {};
  const mark = bullet.trim() === '>' ? '  ' : bullet;
  const hang = ' '.repeat(indent.length + mark.length);
  const lines = wrap(outsideCode(text, spellLinks), width - hang.length);
  // Broken first and painted after, so that the codes of colours count for no columns.
  const painted = inline(lines.join('\n'), paint.related, paint.strong).split('\n');
  return painted.map((line, index) => (index === 0 ? indent + mark : hang) + line).join('\n');
}

function inline(
  text: string,
  paintCode: (text: string) => string,
  paintBold: (text: string) => string = (bold) => bold,
): string {
  const paintRest = (part: string) =>
    part
      .replace(/\*\*([^*]+)\*\*/g, (_, bold: string) => paintBold(bold))
      .replace(/(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])/g, '$1');
  return outsideCode(
    text,
    (part) => paintRest(spellLinks(part)),
    (code) => paintCode(code.slice(1, -1)),
  );
}

/** A link as its text and its address; one to a file of the repository, which is not here, as its text alone. */
function spellLinks(text: string): string {
  return text.replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, label: string, address: string) =>
    /^https?:/.test(address) ? `${label} (${address})` : label,
  );
}

function outsideCode(
  text: string,
  change: (text: string) => string,
  changeCode: (code: string) => string = (code) => code,
): string {
  const parts = text.split(/(`[^`]+`)/);
  return parts.map((part) => (part.startsWith('`') ? changeCode(part) : change(part))).join('');
}
