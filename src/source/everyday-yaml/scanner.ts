import { MAX_NESTING_DEPTH } from '../limits.js';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  DASH,
  DOT,
  HASH,
  isEmpty,
  NEWLINE,
  RETURN,
  SPACE,
  TAB,
} from './characters.js';

/** The column at the end of the text. */
export const END = -1;

/**
 * The depth to which this reader goes, short of the limit: it recurses, and a text that is nested deeper than people
 * write is left to the one that tells where it passes the limit.
 */
const MAX_DEPTH = MAX_NESTING_DEPTH / 2;

/** The end of a line, where the next one begins with content. */
const NEXT_LINE = /\n *(?=[^\s#])/y;

/** Thrown where a text goes beyond everyday YAML. It says nothing of whether the text is YAML. */
export class Declined extends Error {}

/** Gives the text up. */
export function decline(): never {
  throw new Declined();
}

/** A text that is being read, line by line: where the reader stands, and what it passed. */
export class Scanner {
  readonly text: string;
  /** The offset of the next character. */
  at = 0;
  /** After `nextContent`: the column, from 0, at which the line's content begins; `END` when there is none any more. */
  column = 0;
  /** Where the text that was read last ends. */
  end = 0;
  /** Start and end of each comment, one after the other. */
  readonly comments: number[] = [];
  /** The `yaml` library would have taken what is read apart into no more lexemes than that. */
  tokens = 1;
  private lineStart = 0;
  private depth = 0;
  private inDocument = false;

  constructor(text: string) {
    this.text = text;
  }

  /** The code of the next character; NaN at the end. */
  peek(): number {
    return this.text.charCodeAt(this.at);
  }

  /** The column at which the reader stands. */
  currentColumn(): number {
    return this.at - this.lineStart;
  }

  /** Goes one level down. */
  enter(): void {
    if (++this.depth > MAX_DEPTH) decline();
  }

  leave(): void {
    this.depth--;
  }

  skipSpaces(): void {
    const { text, at } = this;
    let end = at;
    while (text.charCodeAt(end) === SPACE) end++;
    if (end > at) this.tokens++;
    this.at = end;
  }

  /** Whether the line ends here, but for spaces before and a comment. Skips the spaces. */
  atLineEnd(): boolean {
    this.skipSpaces();
    const code = this.peek();
    return code === NEWLINE || code === HASH || code === RETURN || Number.isNaN(code);
  }

  /** Goes to the first content of the text, behind the line that begins the document. */
  start(): void {
    this.skipLines(true);
    if (this.text.startsWith('---', this.at) && this.column === 0) {
      this.at += 3;
      this.tokens++;
      this.skipLines(false);
    }
    this.inDocument = true;
  }

  /** Goes from behind a value to the first content of the following lines. Nothing but a comment may stand between. */
  nextContent(): void {
    const { text, at } = this;
    NEXT_LINE.lastIndex = at;
    if (!NEXT_LINE.test(text)) {
      this.skipLines(false);
      return;
    }
    this.lineStart = at + 1;
    this.at = NEXT_LINE.lastIndex;
    this.column = this.at - this.lineStart;
    this.tokens += 2;
    if (this.column === 0 && this.marksDocument(this.at)) decline();
  }

  /** `nextContent`, or the same at the very beginning of the text. */
  private skipLines(first: boolean): void {
    const { text } = this;
    let { at } = this;
    let onLine = !first;
    for (;;) {
      const from = at;
      while (text.charCodeAt(at) === SPACE) at++;
      if (at > from) this.tokens++;
      let code = text.charCodeAt(at);
      if (code === HASH) {
        at = this.comment(at);
        code = text.charCodeAt(at);
      }
      if (code === RETURN) code = text.charCodeAt(++at) === NEWLINE ? NEWLINE : decline();
      if (code !== NEWLINE) {
        if (at >= text.length) {
          this.column = END;
          break;
        }
        if (onLine || code === TAB) decline();
        this.column = at - this.lineStart;
        if (this.column === 0 && this.inDocument && this.marksDocument(at)) decline();
        break;
      }
      this.tokens++;
      this.lineStart = ++at;
      onLine = false;
    }
    this.at = at;
  }

  /** Passes a newline within a value, to the first character of the next line that is no space. Returns its column. */
  lineWithin(newline: number): number {
    let at = newline + 1;
    this.lineStart = at;
    while (this.text.charCodeAt(at) === SPACE) at++;
    this.at = at;
    return at - this.lineStart;
  }

  /** Passes a bracket that opens, and what white space and comments follow it. */
  passBracket(parent: number, isOutermost: boolean): void {
    this.at++;
    this.tokens++;
    this.passFlowSpace(parent, isOutermost);
  }

  /** Passes what stands between a value and the next, or the bracket `close`. */
  passComma(parent: number, isOutermost: boolean, close: number): void {
    this.passFlowSpace(parent, isOutermost);
    if (this.peek() === COMMA) this.passBracket(parent, isOutermost);
    else if (this.peek() !== close) decline();
  }

  /**
   * Passes white space, line ends and comments within brackets.
   *
   * @param parent the column that lines are indented more than; those of the outermost bracket may close it there
   */
  passFlowSpace(parent: number, isOutermost: boolean): void {
    const { text } = this;
    let isNewLine = false;
    for (;;) {
      this.skipSpaces();
      const code = this.peek();
      if (code === HASH) {
        this.at = this.comment(this.at);
      } else if (code === NEWLINE || (code === RETURN && text.charCodeAt(this.at + 1) === NEWLINE)) {
        this.at += code === NEWLINE ? 1 : 2;
        this.lineStart = this.at;
        this.tokens++;
        isNewLine = true;
      } else break;
    }
    if (!isNewLine) return;
    const column = this.currentColumn();
    const code = this.peek();
    const closes = isOutermost && (code === CLOSE_BRACKET || code === CLOSE_BRACE);
    if (column < parent || (column === parent && !closes)) decline();
  }

  /** Takes down the comment at an offset. Returns where it ends. */
  private comment(start: number): number {
    const { text } = this;
    const before = text.charCodeAt(start - 1);
    if (start > 0 && before !== SPACE && before !== NEWLINE) decline();
    const newline = text.indexOf('\n', start);
    const lineEnd = newline === -1 ? text.length : newline;
    const end = newline !== -1 && text.charCodeAt(newline - 1) === RETURN ? newline - 1 : lineEnd;
    if (text.slice(start, end).includes('\r')) decline();
    this.comments.push(start, end);
    this.tokens++;
    return end;
  }

  /** Whether `---` or `...` stands at the beginning of a line. */
  private marksDocument(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return (
      (code === DASH || code === DOT) &&
      this.text.charCodeAt(at + 1) === code &&
      this.text.charCodeAt(at + 2) === code &&
      isEmpty(this.text.charCodeAt(at + 3))
    );
  }
}
