import { characterAt, describeCharacter, duplicateKey, type Fault, FaultFound, tooDeep } from './fault.js';
import { isJsonSpace } from './json-scan.js';
import { MAX_NESTING_DEPTH } from './limits.js';
import { firstCharacter } from './position.js';
import type { Span } from './types.js';

/** A map or list that is being read. */
interface Open {
  readonly start: number;
  /** The keys read so far with their places; undefined for a list. */
  readonly keys: Map<string, Span> | undefined;
}

/**
 * The first fault of a JSON text: where the grammar of RFC 8259 breaks, where a key comes a second time in its map,
 * or where the nesting passes `MAX_NESTING_DEPTH`. Undefined when there is none.
 *
 * Slow beside `JSON.parse`, which says neither the place in a stable way nor anything of equal keys: meant for a
 * text that is known to be faulty.
 */
export function findJsonFault(text: string): Fault | undefined {
  try {
    new FaultFinder(text).readText();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof FaultFound) return thrown.fault;
    throw thrown;
  }
}

class FaultFinder {
  private readonly text: string;
  private readonly open: Open[] = [];
  private at: number;

  constructor(text: string) {
    this.text = text;
    this.at = firstCharacter(text);
  }

  readText(): void {
    this.readValue();
    while (this.open.length > 0) this.readNext();
    this.skipSpace();
    if (this.at < this.text.length) this.expected('the end of the file');
  }

  /** Reads a value; of a map or list only the beginning and, if there is one, what leads to the first value. */
  private readValue(): void {
    this.skipSpace();
    const character = this.text[this.at];
    if (character === '{') {
      const map = this.enter(new Map());
      if (!this.closes('}')) {
        this.readKey(map, "a key in double quotes or '}'");
        this.readValue();
      }
    } else if (character === '[') {
      this.enter(undefined);
      if (!this.closes(']')) this.readValue();
    } else if (character === '"') {
      this.readString();
    } else {
      this.readLiteral();
    }
  }

  /** Reads what follows a value inside the innermost map or list. */
  private readNext(): void {
    const open = this.open.at(-1);
    if (open === undefined) return;
    const close = open.keys ? '}' : ']';
    if (this.closes(close)) return;
    if (this.text[this.at] !== ',') this.expected(`',' or '${close}'`);
    const comma = this.at++;
    this.skipSpace();
    if (this.text[this.at] === close) {
      this.fail(`A comma before '${close}' is not allowed in JSON`, { start: comma, end: comma + 1 });
    }
    if (open.keys) this.readKey(open, 'a key in double quotes');
    this.readValue();
  }

  private enter(keys: Open['keys']): Open {
    const open = { start: this.at, keys };
    if (this.open.push(open) > MAX_NESTING_DEPTH) {
      this.fail(tooDeep(), characterAt(this.text, this.at));
    }
    this.at++;
    return open;
  }

  private closes(close: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== close) return false;
    this.at++;
    this.open.pop();
    return true;
  }

  private readKey(map: Open, expected: string): void {
    this.skipSpace();
    if (this.text[this.at] !== '"') this.expected(expected);
    const start = this.at;
    this.readString();
    const span = { start, end: this.at };
    const key = JSON.parse(this.text.slice(span.start, span.end)) as string;
    const earlier = map.keys?.get(key);
    if (earlier) throw new FaultFound(duplicateKey(key, span, earlier));
    map.keys?.set(key, span);
    this.skipSpace();
    if (this.text[this.at] !== ':') this.expected("':' after the key");
    this.at++;
  }

  private readString(): void {
    const start = this.at;
    for (this.at++; ; this.at++) {
      const character = this.text[this.at];
      if (character === '"') break;
      if (character === undefined || character === '\n' || character === '\r') {
        this.fail('The string is not closed with a double quote', { start, end: this.at });
      }
      if (character < ' ') {
        this.fail(
          `A string holds ${describeCharacter(this.text, this.at)}, which JSON allows only as an escape`,
          characterAt(this.text, this.at),
        );
      }
      if (character === '\\') this.readEscape();
    }
    this.at++;
  }

  /** Reads an escape and stops at its last character. */
  private readEscape(): void {
    const pattern = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) {
      this.fail('A backslash in a string begins no escape that JSON knows', characterAt(this.text, this.at));
    }
    this.at += match[0].length - 1;
  }

  private readLiteral(): void {
    const literal = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)/y;
    literal.lastIndex = this.at;
    const match = literal.exec(this.text);
    if (match === null) this.failAtValue();
    this.at += match[0].length;
    if (/^[\w.+-]/.test(this.text.slice(this.at, this.at + 1))) {
      this.fail(
        'The value is neither a string in double quotes nor a JSON number',
        this.wordFrom(literal.lastIndex - match[0].length),
      );
    }
  }

  private failAtValue(): never {
    const character = this.text[this.at];
    if (character === "'") {
      this.fail('JSON strings need double quotes', characterAt(this.text, this.at));
    }
    if (/^\/[/*]/.test(this.text.slice(this.at, this.at + 2))) {
      this.fail('JSON knows no comments', { start: this.at, end: this.at + 2 });
    }
    if (character !== undefined && /[\w.+-]/.test(character)) {
      this.fail('The value is neither a string in double quotes nor a JSON number', this.wordFrom(this.at));
    }
    this.expected('a value');
  }

  /** The span of letters, digits and signs that begins at `start`. */
  private wordFrom(start: number): Span {
    const word = /[\w.+-]*/y;
    word.lastIndex = start;
    word.exec(this.text);
    return { start, end: word.lastIndex };
  }

  private skipSpace(): void {
    while (isJsonSpace(this.text.charCodeAt(this.at))) this.at++;
  }

  private expected(what: string): never {
    const message = `Expected ${what}, but found ${describeCharacter(this.text, this.at)}`;
    const open = this.open.at(-1);
    const atEnd = this.at >= this.text.length;
    throw new FaultFound({
      message,
      span: characterAt(this.text, this.at),
      ...(atEnd &&
        open && {
          related: {
            message: `the ${open.keys ? 'map' : 'list'} that is not closed begins here`,
            span: characterAt(this.text, open.start),
          },
        }),
    });
  }

  private fail(message: string, span: Span): never {
    throw new FaultFound({ message, span });
  }
}
