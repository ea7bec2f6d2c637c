import type { Span } from '../source/types.js';

/** A map entry, a list item or a value in the outline of a text. */
export interface Entry {
  readonly parent: Entry | undefined;
  /** The map key without quotes, escapes left as written; undefined for list items and values on a line of their own. */
  readonly key: string | undefined;
  /** Its 0-based position among the entries of its parent. */
  readonly position: number;
  /** The YAML tag of the value, such as `!Sub`. */
  tag: string | undefined;
  /** The text of a scalar value without its quotes; undefined for maps, lists, aliases and missing values. */
  scalar: Span | undefined;
  /** How many entries have it as their parent. */
  size: number;
}

/**
 * The outline of a JSON or YAML text: its keys, scalars and nesting, parents before their entries.
 *
 * Unlike a parser it never fails: what is broken is read as far as it can be, line by line, because secrets must be
 * found in a template that cannot be parsed as well. It makes one pass and does not recurse.
 */
export function outline(text: string): Entry[] {
  return new Outliner(text).run();
}

/** An entry of YAML's block style whose value goes on while lines are indented deeper than `column`. */
interface OpenBlock {
  readonly column: number;
  readonly isItem: boolean;
  readonly entry: Entry;
}

const DOCUMENT_MARK = /(?:---|\.\.\.)(?=\s|$)/y;
const BLOCK_SCALAR_HEADER = /[|>][+-]?\d?[+-]?[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|$)/y;
const LINE_END = /[\r\n]/g;
const TOKEN = /[^\s,[\]{}]*/y;
const AFTER_QUOTE = /[ \t]*(?:$|[\r\n,:}\]#])/y;

class Outliner {
  private readonly text: string;
  private readonly entries: Entry[] = [];
  private open: OpenBlock[] = [];
  private at = 0;
  private lineEndFrom = 0;
  private lineEnd = -1;

  constructor(text: string) {
    this.text = text;
  }

  run(): Entry[] {
    if (this.text.startsWith('\uFEFF')) this.at = 1;
    while (this.at < this.text.length) {
      const lineStart = this.at;
      this.skipBlanks();
      if (this.isLineEnd() || this.text[this.at] === '#') this.skipLine();
      else if (this.at === lineStart && this.match(DOCUMENT_MARK) !== undefined) this.open = [];
      else this.block(lineStart);
    }
    return this.entries;
  }

  /** Reads what a line in block style starts, from its first character that is not blank. */
  private block(lineStart: number): void {
    let item: Entry | undefined;
    let itemColumn = -1;
    for (;;) {
      const column = this.at - lineStart;
      if (this.isDash()) {
        itemColumn = column;
        this.close((open) => open.column > column || (open.column === column && open.isItem));
        item = this.add(undefined, this.open.at(-1)?.entry);
        this.open.push({ column, isItem: true, entry: item });
        this.at++;
        this.skipBlanks();
        if (this.isLineEnd()) return;
        continue;
      }
      const key = this.blockKey();
      if (key !== undefined) {
        this.close((open) => open.column >= column);
        const entry = this.add(key, this.open.at(-1)?.entry);
        this.open.push({ column, isItem: false, entry });
        this.blockValue(entry, column);
      } else if (item !== undefined) {
        this.blockValue(item, itemColumn);
      } else {
        this.close((open) => open.column >= column);
        this.blockValue(this.add(undefined, this.open.at(-1)?.entry), column - 1);
      }
      return;
    }
  }

  /** Reads a key and its colon, or moves nowhere. */
  private blockKey(): string | undefined {
    const start = this.at;
    const first = this.text[start] ?? '';
    if (first === '"' || first === "'") {
      const span = this.quoted(first);
      this.skipBlanks();
      if (this.text[this.at] === ':') {
        this.at++;
        return this.slice(span);
      }
    } else if (!'{}[],&*!|>%@`#'.includes(first)) {
      for (let at = start; at < this.text.length; at++) {
        const character = this.text[at];
        if (character === '\n' || character === '\r') break;
        if (character === '#' && isBlank(this.text[at - 1])) break;
        if (character === ':' && isBlankOrEnd(this.text[at + 1])) {
          this.at = at + 1;
          return this.text.slice(start, at).trimEnd();
        }
      }
    }
    this.at = start;
    return undefined;
  }

  /** Reads the value of an entry in block style; it may go on over lines indented deeper than `column`. */
  private blockValue(entry: Entry, column: number): void {
    this.properties(entry);
    const first = this.text[this.at];
    if (this.isLineEnd() || first === '#' || first === '*') {
      this.skipLine();
    } else if (first === '{' || first === '[') {
      this.flow(entry);
    } else if (this.match(BLOCK_SCALAR_HEADER) !== undefined) {
      this.skipLine();
      const start = this.at;
      while (this.at < this.text.length && this.lineBelongs(column)) this.skipLine();
      entry.scalar = { start, end: this.at };
    } else if (first === '"' || first === "'") {
      entry.scalar = this.quoted(first);
      this.skipLine();
    } else {
      // Lines that go on with it are read as entries of it, and share what becomes of it.
      entry.scalar = { start: this.at, end: this.plainLineEnd() };
      this.skipLine();
    }
  }

  /** Reads a `{}` or `[]`, JSON included, to its end or to the end of the text. */
  private flow(outer: Entry): void {
    const open: Entry[] = [outer];
    let pending: Entry | undefined;
    const next = (): Entry => {
      const entry = pending ?? this.add(undefined, open.at(-1));
      pending = undefined;
      return entry;
    };
    this.at++;
    while (this.at < this.text.length) {
      const character = this.text[this.at] ?? '';
      if (character === '}' || character === ']') {
        this.at++;
        pending = undefined;
        open.pop();
        if (open.length === 0) return;
      } else if (character === '{' || character === '[') {
        open.push(next());
        this.at++;
      } else if (character === ',') {
        pending = undefined;
        this.at++;
      } else if (character === '#' && isBlankOrEnd(this.text[this.at - 1])) {
        this.skipLine();
      } else if (character === '!' || character === '&' || character === '*') {
        pending ??= this.add(undefined, open.at(-1));
        if (character === '*') this.match(TOKEN);
        else this.properties(pending);
      } else if (!this.skipGap()) {
        const span = character === '"' || character === "'" ? this.quoted(character) : this.flowPlain();
        if (pending === undefined && this.takeColon()) {
          pending = this.add(this.slice(span), open.at(-1));
        } else {
          next().scalar = span;
        }
      }
    }
  }

  /** Skips white space and colons without a key; most of a template that is printed for people is that. */
  private skipGap(): boolean {
    const start = this.at;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (!isSpaceCode(code) && code !== COLON) return this.at > start;
      this.at++;
    }
  }

  /** A plain scalar in flow style ends with its line here, so that a bracket that is never closed does little harm. */
  private flowPlain(): Span {
    const start = this.at;
    while (this.at < this.text.length) {
      const character = this.text[this.at] ?? '';
      if (',[]{}\r\n'.includes(character)) break;
      if (
        character === ':' &&
        (isBlankOrEnd(this.text[this.at + 1]) || ',[]{}'.includes(this.text[this.at + 1] ?? ''))
      )
        break;
      if (character === '#' && isBlank(this.text[this.at - 1])) break;
      this.at++;
    }
    if (this.at === start) this.at++;
    return { start, end: start + this.text.slice(start, this.at).trimEnd().length };
  }

  /** The colon that makes the scalar before it a key. */
  private takeColon(): boolean {
    let at = this.at;
    while (isSpaceCode(this.text.charCodeAt(at))) at++;
    if (this.text.charCodeAt(at) !== COLON) return false;
    this.at = at + 1;
    return true;
  }

  /** Reads a quoted scalar, which may have several lines; one without an end stops where its line does. */
  private quoted(quote: '"' | "'"): Span {
    const start = this.at + 1;
    const end = this.closingQuote(quote, start);
    const lineEnd = this.lineEndAfter(start);
    AFTER_QUOTE.lastIndex = end + 1;
    // A quote further down that nothing can follow opens another scalar: this one was never closed.
    const closed = end < this.text.length && (end < lineEnd || AFTER_QUOTE.test(this.text));
    this.at = closed ? end + 1 : lineEnd;
    return { start, end: closed ? end : lineEnd };
  }

  private closingQuote(quote: '"' | "'", start: number): number {
    for (let at = start; ; at++) {
      at = this.text.indexOf(quote, at);
      if (at === -1) return this.text.length;
      if (quote === "'") {
        if (this.text[at + 1] !== quote) return at;
        at++;
      } else if (!this.isEscaped(at, start)) {
        return at;
      }
    }
  }

  /** Whether an odd number of backslashes stands before `at`. */
  private isEscaped(at: number, start: number): boolean {
    let first = at;
    while (first > start && this.text[first - 1] === '\\') first--;
    return (at - first) % 2 === 1;
  }

  /** The offset of the first line end at or after `at`; kept, because scalars ask for it in order. */
  private lineEndAfter(at: number): number {
    if (at < this.lineEndFrom || at > this.lineEnd) {
      LINE_END.lastIndex = at;
      this.lineEndFrom = at;
      this.lineEnd = LINE_END.exec(this.text)?.index ?? this.text.length;
    }
    return this.lineEnd;
  }

  /** Reads the tag and the anchor before a value. */
  private properties(entry: Entry): void {
    for (;;) {
      this.skipBlanks();
      const first = this.text[this.at];
      if (first !== '!' && first !== '&') return;
      const token = this.match(TOKEN) ?? '';
      if (first === '!' && token.length > 1) entry.tag = token;
    }
  }

  private add(key: string | undefined, parent: Entry | undefined): Entry {
    const entry: Entry = {
      parent,
      key,
      position: parent?.size ?? 0,
      tag: undefined,
      scalar: undefined,
      size: 0,
    };
    if (parent !== undefined) parent.size++;
    this.entries.push(entry);
    return entry;
  }

  private close(ends: (open: OpenBlock) => boolean): void {
    for (let last = this.open.at(-1); last !== undefined && ends(last); last = this.open.at(-1))
      this.open.pop();
  }

  /** Whether the line at the cursor is blank or indented deeper than `column`. */
  private lineBelongs(column: number): boolean {
    let at = this.at;
    while (isBlank(this.text[at])) at++;
    return at - this.at > column || isLineEnd(this.text[at]);
  }

  /** The offset after the plain scalar at the cursor: its line without a comment and without blanks at the end. */
  private plainLineEnd(): number {
    let at = this.at;
    while (at < this.text.length && !isLineEnd(this.text[at])) {
      if (this.text[at] === '#' && isBlank(this.text[at - 1])) break;
      at++;
    }
    return this.at + this.text.slice(this.at, at).trimEnd().length;
  }

  private isDash(): boolean {
    return this.text[this.at] === '-' && isBlankOrEnd(this.text[this.at + 1]);
  }

  private isLineEnd(): boolean {
    return isLineEnd(this.text[this.at]);
  }

  private skipBlanks(): void {
    while (isBlank(this.text[this.at])) this.at++;
  }

  private skipLine(): void {
    while (this.at < this.text.length && !this.isLineEnd()) this.at++;
    if (this.text[this.at] === '\r' && this.text[this.at + 1] === '\n') this.at++;
    this.at++;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text)?.[0];
    if (match !== undefined) this.at += match.length;
    return match;
  }

  private slice({ start, end }: Span): string {
    return this.text.slice(start, end);
  }
}

const COLON = 0x3a;

/** White space of one code unit as `charCodeAt` gives it; not the NaN past the end. */
function isSpaceCode(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0xfeff;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function isLineEnd(character: string | undefined): boolean {
  return character === undefined || character === '\n' || character === '\r';
}

function isBlankOrEnd(character: string | undefined): boolean {
  return isBlank(character) || isLineEnd(character);
}
