import { BACKSLASH, DOUBLE_QUOTE, NEWLINE, SINGLE_QUOTE } from './characters.js';
import { joinLines } from './lines.js';
import { decline, type Scanner } from './scanner.js';

/** What a backslash and a character stand for in double quotes. */
const ESCAPES = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
]);

/** An escape in double quotes: of a character by its code, or of the one that follows. */
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs;

const LAST_CODE_POINT = 0x10ffff;

/**
 * Reads a string in quotes and goes behind it.
 *
 * @param parent the column that further lines of the string are indented more than
 */
export function readQuoted(scanner: Scanner, parent: number): string {
  const isDouble = scanner.peek() === DOUBLE_QUOTE;
  const start = scanner.at + 1;
  const end = isDouble ? closingDouble(scanner.text, start) : closingSingle(scanner.text, start);
  const written = scanner.text.slice(start, end);
  const joined = /[\n\r]/.test(written) ? joinedLines(scanner, start, end, parent, isDouble) : written;
  scanner.at = end + 1;
  scanner.tokens++;
  if (!isDouble) return joined.includes("'") ? joined.replaceAll("''", "'") : joined;
  return joined.includes('\\') ? joined.replace(ESCAPE, unescaped) : joined;
}

function closingSingle(text: string, start: number): number {
  let end = text.indexOf("'", start);
  while (end !== -1 && text.charCodeAt(end + 1) === SINGLE_QUOTE) end = text.indexOf("'", end + 2);
  return end === -1 ? decline() : end;
}

function closingDouble(text: string, start: number): number {
  for (let end = text.indexOf('"', start); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return decline();
}

/** A backslash at the end of a line, with the spaces at the beginning of the next, and the text before and behind. */
const ESCAPED_BREAK = /(?<!\\)((?:\\\\)*)\\\n *(?=[^ \n])/g;

/** What is left of a string over several lines as one. A backslash before a line that is blank is not everyday. */
function joinedLines(
  scanner: Scanner,
  start: number,
  end: number,
  parent: number,
  isDouble: boolean,
): string {
  const { text } = scanner;
  const written = text.slice(start, end);
  if (/[\t\r]/.test(written)) decline();
  for (
    let newline = text.indexOf('\n', start);
    newline !== -1 && newline < end;
    newline = text.indexOf('\n', newline + 1)
  ) {
    if (scanner.lineWithin(newline) <= parent && scanner.peek() !== NEWLINE) decline();
  }
  const unbroken = isDouble ? written.replace(ESCAPED_BREAK, '$1') : written;
  if (isDouble && /\\ *\n/.test(unbroken)) decline();
  return joinLines(unbroken.split('\n'));
}

function unescaped(...parts: readonly string[]): string {
  const [, two, four, eight, character = ''] = parts;
  const code = two ?? four ?? eight;
  if (code === undefined) return ESCAPES.get(character) ?? decline();
  const point = Number.parseInt(code, 16);
  return point <= LAST_CODE_POINT ? String.fromCodePoint(point) : decline();
}
