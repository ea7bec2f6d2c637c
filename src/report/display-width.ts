import { eastAsianWidth } from 'get-east-asian-width';
import { visible } from '../plain/visible.js';

/** One character as a reader sees it, and the columns that it takes in a terminal. */
export interface Cell {
  /** What is printed: a tab as spaces, a control character as `\u{hex}`. */
  readonly text: string;
  /** Columns: 0 for a lone combining mark, 2 for wide characters and emoji. */
  readonly width: number;
  /** The 0-based UTF-16 offset in the line. */
  readonly index: number;
}

const TAB = '  ';
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const ONLY_MARKS = String.raw`^[\p{M}\p{Cf}]+$`;
const EMOJI_BY_SEQUENCE = String.raw`\uFE0F|^\p{Regional_Indicator}{2}`;

interface UnicodeTables {
  readonly segmenter: Intl.Segmenter;
  readonly onlyMarks: RegExp;
  readonly emojiBySequence: RegExp;
}

// Loading these takes over ten milliseconds, and few templates leave ASCII.
let tables: UnicodeTables | undefined;

function unicode(): UnicodeTables {
  tables ??= {
    segmenter: new Intl.Segmenter(),
    onlyMarks: new RegExp(ONLY_MARKS, 'u'),
    emojiBySequence: new RegExp(EMOJI_BY_SEQUENCE, 'u'),
  };
  return tables;
}

/**
 * The cells of a stretch of one line.
 *
 * @param offset the 0-based UTF-16 offset of `text` in its line, which the cells count from.
 */
export function toCells(text: string, offset = 0): Cell[] {
  const cells = PRINTABLE_ASCII.test(text)
    ? Array.from(text, (character, index) => ({ text: character, width: 1, index: offset + index }))
    : Array.from(unicode().segmenter.segment(text), ({ segment, index }) => toCell(segment, offset + index));
  return text.includes('##[') ? withoutCommands(cells) : cells;
}

/** GitHub's runner obeys `##[command]` anywhere in a line of a log: its bracket is shown as an escape. */
function withoutCommands(cells: readonly Cell[]): Cell[] {
  return cells.map((cell, at) => {
    const isCommand = cell.text === '[' && cells[at - 1]?.text === '#' && cells[at - 2]?.text === '#';
    return isCommand ? { ...cell, text: '\\u{5b}', width: 6 } : cell;
  });
}

function toCell(grapheme: string, index: number): Cell {
  if (grapheme === '\t') return { text: TAB, width: TAB.length, index };
  const text = visible(grapheme);
  if (text !== grapheme) return { text, width: text.length, index };
  return { text, width: graphemeWidth(grapheme), index };
}

function graphemeWidth(grapheme: string): number {
  if (unicode().onlyMarks.test(grapheme)) return 0;
  if (unicode().emojiBySequence.test(grapheme)) return 2;
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0x20);
}

/** The columns that one line of text takes in a terminal. */
export function displayWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  return toCells(text).reduce((sum, cell) => sum + cell.width, 0);
}

/** Breaks text at spaces into lines of at most `width` columns; a longer word stands alone and sticks out. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    const wordWidth = displayWidth(word);
    if (line !== '' && used + 1 + wordWidth > width) {
      lines.push(line);
      line = word;
      used = wordWidth;
    } else {
      used += line === '' ? wordWidth : wordWidth + 1;
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines;
}

/** Like `wrap`, but no word sticks out: the middle of a longer one gives way to an ellipsis. */
export function wrapWithin(text: string, width: number): string[] {
  const words = text.split(' ').map((word) => (displayWidth(word) > width ? clipped(word, width) : word));
  return wrap(words.join(' '), width);
}

/** The beginning and the end of a word, in `width` columns. */
function clipped(word: string, width: number): string {
  const cells = toCells(word);
  const room = Math.max(2, width - 1);
  const start = fitting(cells, Math.ceil(room / 2));
  const end = fitting([...cells].reverse(), Math.floor(room / 2)).reverse();
  return [...start, { text: '…' }, ...end].map(({ text }) => text).join('');
}

/** As many of the first cells as have room. */
function fitting(cells: readonly Cell[], width: number): Cell[] {
  const taken: Cell[] = [];
  let used = 0;
  for (const cell of cells) {
    used += cell.width;
    if (used > width) break;
    taken.push(cell);
  }
  return taken;
}
