import { DASH, GREATER, NEWLINE, TAB } from './characters.js';
import { decline, type Scanner } from './scanner.js';

/**
 * Reads a text behind `|` or `>`, be it with a `-`, and goes to the first content behind it.
 *
 * @param parent the column that its lines are indented more than
 * @returns the text; where it ends without the white space behind it is left in the scanner's `end`
 */
export function readBlockText(scanner: Scanner, parent: number): string {
  const start = scanner.at;
  const isFolded = scanner.peek() === GREATER;
  scanner.at++;
  const isStripped = scanner.peek() === DASH;
  if (isStripped) scanner.at++;
  scanner.skipSpaces();
  if (scanner.peek() !== NEWLINE) decline();
  const lines = readLines(scanner, parent);
  const written = scanner.text.slice(start, scanner.at);
  if (written.includes('\r')) decline();
  scanner.end = start + written.trimEnd().length;
  scanner.tokens += 4;
  scanner.nextContent();
  const value = isFolded ? fold(lines) : lines.join('\n');
  return isStripped ? value : `${value}\n`;
}

/** The lines without their indentation and without blank ones at the end. Goes behind the last of them. */
function readLines(scanner: Scanner, parent: number): string[] {
  const { text } = scanner;
  const lines: string[] = [];
  let indent: number | undefined;
  let widestBlank = 0;
  let blanks = 0;
  let end = scanner.at;
  for (let newline = end; newline !== -1; ) {
    const column = scanner.lineWithin(newline);
    const code = scanner.peek();
    if (Number.isNaN(code) && column === 0) break;
    if (code === TAB || Number.isNaN(code)) decline();
    if (code === NEWLINE) {
      // Blank lines that reach further than the text are part of it: not everyday.
      if (indent !== undefined && column > indent) decline();
      widestBlank = Math.max(widestBlank, column);
      blanks++;
      newline = scanner.at;
      continue;
    }
    if (indent !== undefined && column < indent) {
      if (column > parent) decline();
      break;
    }
    if (indent === undefined && (column <= parent || column < widestBlank)) decline();
    indent ??= column;
    for (; blanks > 0; blanks--) lines.push('');
    newline = text.indexOf('\n', scanner.at);
    const from = scanner.at - column + indent;
    end = newline === -1 ? text.length : newline;
    lines.push(text.slice(from, end));
  }
  if (indent === undefined) decline();
  scanner.at = end;
  return lines;
}

/** The lines of a text behind `>`: joined by spaces, but for blank ones and those that are indented further. */
function fold(lines: readonly string[]): string {
  let folded = '';
  let separator = '';
  let afterIndented = false;
  let started = false;
  for (const line of lines) {
    if (line === '') {
      if (!started || separator === '\n') folded += '\n';
      else separator = '\n';
    } else if (line.startsWith(' ')) {
      if (separator === ' ') separator = '\n';
      else if (!afterIndented && separator === '\n') separator = '\n\n';
      folded += separator + line;
      separator = '\n';
      afterIndented = true;
    } else {
      folded += separator + line;
      separator = ' ';
      afterIndented = false;
    }
    started ||= line !== '';
  }
  return folded;
}
