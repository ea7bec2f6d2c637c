import { visible } from '../plain/visible.js';

/** A template's own text on one line that is safe to show: white space becomes a space, what does not show its code point. */
export function plainText(text: string): string {
  return visible(text.replace(/[\t\n\r]+/g, ' '));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for the content or a quoted attribute of XML and HTML. Unsafe characters are written as by `plainText`, and `##[command]` is no command for GitHub's log. */
export function escapeMarkup(text: string): string {
  return plainText(text)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
    .replace(/(##)\[/g, '$1&#91;');
}

/** From here on, scripts and signs are about as wide as high. */
const FIRST_WIDE = 0x2e80;

/**
 * The width of one character as a share of the font's size, as in the widest of the usual sans-serif fonts in bold: the
 * reader's font is not known, and text that ends early looks better than text that runs over its box.
 */
function measure(character: string): number {
  if (/[ijl|!.,:;'`()[\]{}tfrI-]/.test(character)) return 0.43;
  if (/[mwMW@%]/.test(character)) return 1;
  if (/[A-Z&]/.test(character)) return 0.77;
  return (character.codePointAt(0) ?? 0) >= FIRST_WIDE ? 1.05 : 0.66;
}

/** The widths of the characters that were measured: a picture has few different ones, and many of each. */
const widths = new Map<string, number>();

function characterWidth(character: string): number {
  let width = widths.get(character);
  if (width === undefined) {
    width = measure(character);
    widths.set(character, width);
  }
  return width;
}

/** About how many pixels a text takes at a font size in pixels. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width * size;
}

/** The text as `plainText` shows it, cut with an ellipsis where it would be wider than `width` pixels. */
export function fitText(text: string, size: number, width: number): string {
  const plain = plainText(text);
  if (textWidth(plain, size) <= width) return plain;
  let room = width / size - 0.9;
  let kept = '';
  for (const character of plain) {
    room -= characterWidth(character);
    if (room < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Names longer than this are cut in formats that do not cut them to the room there is. */
const LONGEST_NAME = 120;

/** The text as `plainText` shows it, cut with an ellipsis after 120 characters. */
export function shortText(text: string): string {
  const characters = [...plainText(text)];
  return characters.length <= LONGEST_NAME
    ? characters.join('')
    : `${characters.slice(0, LONGEST_NAME - 1).join('')}…`;
}

/** A count with its noun: `1 finding`, `2 findings`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
