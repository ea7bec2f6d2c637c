import {
  beginsPlain,
  COLON,
  DASH,
  HASH,
  isEmpty,
  isFlowIndicator,
  NEWLINE,
  QUESTION,
  RETURN,
  SPACE,
  TAB,
} from './characters.js';
import { joinLines } from './lines.js';
import { decline, type Scanner } from './scanner.js';

/**
 * Goes over an unquoted text to what ends it: a colon, a comment, the end of the line, and in brackets a comma or
 * bracket.
 *
 * @returns where the text ends without the spaces behind it
 */
export function passPlain(scanner: Scanner, inFlow: boolean): number {
  const { text } = scanner;
  let { at } = scanner;
  let end = at;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > COLON) {
      if (inFlow && isFlowIndicator(code)) break;
      end = at + 1;
    } else if (code === SPACE) {
      if (text.charCodeAt(at + 1) === HASH) break;
    } else if (code === NEWLINE) {
      break;
    } else if (code === COLON) {
      const next = text.charCodeAt(at + 1);
      if (isEmpty(next) || (inFlow && isFlowIndicator(next))) break;
      end = at + 1;
    } else if (code === TAB) {
      decline();
    } else if (code === RETURN) {
      if (text.charCodeAt(at + 1) === NEWLINE) break;
      decline();
    } else {
      if (inFlow && isFlowIndicator(code)) break;
      end = at + 1;
    }
  }
  if (at > end) scanner.tokens++;
  scanner.at = at;
  return end;
}

/**
 * Reads an unquoted text outside of brackets, over several lines where it goes on, and goes to the first content behind
 * it.
 *
 * @param parent the column that further lines are indented more than
 * @returns the text; where it ends is left in the scanner's `end`
 */
export function readPlain(scanner: Scanner, parent: number): string {
  const { text, at: start } = scanner;
  if (!beginsPlain(scanner.peek(), text.charCodeAt(start + 1))) decline();
  const firstEnd = passPart(scanner);
  let end = firstEnd;
  while (scanner.peek() === NEWLINE && goesOn(scanner, parent)) end = passPart(scanner);
  scanner.tokens += 2;
  scanner.end = end;
  scanner.nextContent();
  const written = text.slice(start, end);
  return end === firstEnd ? written : joinLines(written.split('\n'));
}

/** Passes what a text has on one line. A colon would make it a key, where none may stand. */
function passPart(scanner: Scanner): number {
  const end = passPlain(scanner, false);
  return scanner.peek() === COLON ? decline() : end;
}

/** Goes to the next line of a text, where it has one. */
function goesOn(scanner: Scanner, parent: number): boolean {
  const { text, at: newline } = scanner;
  let column = scanner.lineWithin(newline);
  while (scanner.peek() === NEWLINE) column = scanner.lineWithin(scanner.at);
  const code = scanner.peek();
  if (code === RETURN) decline();
  if (Number.isNaN(code) || code === HASH || column <= parent) {
    scanner.at = newline;
    return false;
  }
  // What looks like an item of a list is text here, which is more often than not a mistake.
  if ((code === DASH || code === QUESTION) && isEmpty(text.charCodeAt(scanner.at + 1))) decline();
  return true;
}
