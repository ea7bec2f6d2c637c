import { longForm, setOwn } from '../yaml-names.js';
import { plainValue } from '../yaml-plain.js';
import { readBlockText } from './block-text.js';
import {
  BANG,
  beginsPlain,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  DASH,
  DOUBLE_QUOTE,
  GREATER,
  isEmpty,
  isFlowIndicator,
  OPEN_BRACE,
  OPEN_BRACKET,
  PIPE,
  QUESTION,
  SINGLE_QUOTE,
} from './characters.js';
import { NO_KEY, type PlaceRecorder } from './place-recorder.js';
import { passPlain, readPlain } from './plain.js';
import { readQuoted } from './quoted.js';
import { decline, END, Scanner } from './scanner.js';

/** Longer keys are left to the `yaml` library, which knows the limit of 1024 characters. */
const LONGEST_KEY = 1000;

/** A tag of CloudFormation: an exclamation mark and a name. */
const SHORT_TAG = /![A-Za-z][A-Za-z0-9]*/y;

/** Reads one text, its maps and lists from the outside in. */
export class Reader {
  /** The span of the value that was read last: at the end, of the whole. */
  start = 0;
  end = 0;
  private readonly scanner: Scanner;
  private readonly text: string;
  private readonly places: PlaceRecorder | undefined;

  /** @param places takes down where the entries stand; without it only values are read */
  constructor(text: string, places: PlaceRecorder | undefined) {
    this.text = text;
    this.scanner = new Scanner(text);
    this.places = places;
  }

  /** Start and end of each comment, one after the other. */
  get comments(): readonly number[] {
    return this.scanner.comments;
  }

  /** The `yaml` library takes the text apart into no more lexemes than that. */
  get tokens(): number {
    return this.scanner.tokens;
  }

  /**
   * Reads a text with a map at the top.
   *
   * @throws Declined where it goes beyond everyday YAML
   */
  read(): Record<string, unknown> {
    const { scanner, text } = this;
    if (text.includes('\uFEFF')) decline();
    scanner.start();
    const value = this.readMap(scanner.column);
    return scanner.column === END ? value : decline();
  }

  /** Reads a map whose keys stand at `column`; the first of them is next. */
  private readMap(column: number): Record<string, unknown> {
    const { scanner } = this;
    const start = scanner.at;
    const map = this.open<Record<string, unknown>>({});
    do {
      const key = this.readKey(column);
      const { start: keyStart, end: keyEnd } = this;
      this.setEntry(map, key, keyStart, keyEnd, this.readValue(column, true));
    } while (scanner.column === column);
    if (scanner.column > column) decline();
    return this.close(map, start, this.end);
  }

  /**
   * Reads a list whose dashes stand at `column`; the first of them is next.
   *
   * @param parent the column of the map or list around it
   */
  private readList(column: number, parent: number): unknown[] {
    const { scanner } = this;
    const start = scanner.at;
    const list = this.open<unknown[]>([]);
    do {
      scanner.at++;
      scanner.tokens++;
      this.addItem(list, this.readItem(column));
    } while (scanner.column === column && this.atDash());
    if (scanner.column > column || (scanner.column === column && column > parent)) decline();
    return this.close(list, start, this.end);
  }

  /** Reads what stands behind a dash at `column`. */
  private readItem(column: number): unknown {
    const { scanner } = this;
    const from = scanner.at;
    if (scanner.atLineEnd()) {
      scanner.at = from;
      return this.readValue(column, false);
    }
    const inner = scanner.currentColumn();
    if (this.atDash()) return this.readList(inner, column);
    return this.keyFollows(column) ? this.readMap(inner) : this.readInline(column, false, false);
  }

  /**
   * Reads the value behind a colon or a dash: on the same line, or on the next ones.
   *
   * @param parent the column of the map or list that the value is in
   * @param isOfMap whether it may be a list that is not indented further
   */
  private readValue(parent: number, isOfMap: boolean): unknown {
    const { scanner } = this;
    const from = scanner.at;
    if (!scanner.atLineEnd()) return this.readInline(parent, isOfMap, false);
    scanner.nextContent();
    const { column } = scanner;
    if (column > parent) return this.readBlock(column, parent, false);
    if (isOfMap && column === parent && this.atDash()) return this.readList(column, parent);
    scanner.tokens += 2;
    return this.at(from, from, null);
  }

  /** Reads a value that begins a line at `column`. */
  private readBlock(column: number, parent: number, isTagged: boolean): unknown {
    if (this.atDash()) return this.readList(column, parent);
    return this.keyFollows(parent) ? this.readMap(column) : this.readInline(parent, false, isTagged);
  }

  /**
   * Reads a value that is neither a map nor a list by indentation, and goes to the first content behind it.
   *
   * @param isOfMap whether a tag may be on a list that is not indented further
   */
  private readInline(parent: number, isOfMap: boolean, isTagged: boolean): unknown {
    const { scanner } = this;
    const start = scanner.at;
    const code = scanner.peek();
    if (code === BANG) return isTagged ? decline() : this.readTagged(parent, isOfMap);
    if (code === PIPE || code === GREATER) {
      const value = readBlockText(scanner, parent);
      return this.at(start, scanner.end, value);
    }
    if (isQuote(code) || code === OPEN_BRACKET || code === OPEN_BRACE) {
      const value = this.readEnclosed(parent, true);
      scanner.nextContent();
      return value;
    }
    const value = readPlain(scanner, parent);
    return this.at(start, scanner.end, isTagged ? value : plainValue(value));
  }

  /** Reads a short tag with its value, outside of brackets. */
  private readTagged(parent: number, isOfMap: boolean): unknown {
    const { scanner } = this;
    const start = scanner.at;
    const wrapper = this.open<Record<string, unknown>>({});
    const tag = this.passTag();
    if (!scanner.atLineEnd()) return this.wrap(wrapper, tag, start, this.readInline(parent, false, true));
    scanner.nextContent();
    const { column } = scanner;
    const isList = isOfMap && column === parent && this.atDash();
    if (column <= parent && !isList) decline();
    return this.wrap(wrapper, tag, start, this.readBlock(column, parent, true));
  }

  /** Reads a string in quotes, or a map or list in brackets. */
  private readEnclosed(parent: number, isOutermost: boolean): unknown {
    const { scanner } = this;
    const start = scanner.at;
    if (scanner.peek() === OPEN_BRACKET) return this.readFlowList(parent, isOutermost);
    if (scanner.peek() === OPEN_BRACE) return this.readFlowMap(parent, isOutermost);
    const value = readQuoted(scanner, parent);
    return this.at(start, scanner.at, value);
  }

  private readFlowList(parent: number, isOutermost: boolean): unknown[] {
    const { scanner } = this;
    const start = scanner.at;
    const list = this.open<unknown[]>([]);
    scanner.passBracket(parent, isOutermost);
    while (scanner.peek() !== CLOSE_BRACKET) {
      this.addItem(list, this.readInFlow(parent, false));
      scanner.passComma(parent, isOutermost, CLOSE_BRACKET);
    }
    return this.closeFlow(list, start);
  }

  private readFlowMap(parent: number, isOutermost: boolean): Record<string, unknown> {
    const { scanner } = this;
    const start = scanner.at;
    const map = this.open<Record<string, unknown>>({});
    scanner.passBracket(parent, isOutermost);
    while (scanner.peek() !== CLOSE_BRACE) {
      const key = this.readFlowKey(parent);
      const { start: keyStart, end: keyEnd } = this;
      scanner.passFlowSpace(parent, false);
      this.setEntry(map, key, keyStart, keyEnd, this.readInFlow(parent, false));
      scanner.passComma(parent, isOutermost, CLOSE_BRACE);
    }
    return this.closeFlow(map, start);
  }

  /** Reads a value within brackets. */
  private readInFlow(parent: number, isTagged: boolean): unknown {
    const { scanner } = this;
    const start = scanner.at;
    const code = scanner.peek();
    if (code === BANG) {
      if (isTagged) decline();
      const wrapper = this.open<Record<string, unknown>>({});
      const tag = this.passTag();
      scanner.skipSpaces();
      return this.wrap(wrapper, tag, start, this.readInFlow(parent, true));
    }
    if (isQuote(code) || code === OPEN_BRACKET || code === OPEN_BRACE) {
      return this.readEnclosed(parent, false);
    }
    const value = this.passFlowPlain();
    return this.at(start, this.end, isTagged ? value : plainValue(value));
  }

  /** The next unquoted text within brackets, its end left in `end`. */
  private passFlowPlain(): string {
    const { scanner, text } = this;
    const start = scanner.at;
    const code = scanner.peek();
    const next = text.charCodeAt(start + 1);
    const isOdd = code === QUESTION || code === COLON || (code === DASH && isFlowIndicator(next));
    if (isOdd || !beginsPlain(code, next)) decline();
    this.end = passPlain(scanner, true);
    scanner.tokens += 2;
    return text.slice(start, this.end);
  }

  /** Whether a key and its colon stand here, on one line. Passes nothing. */
  private keyFollows(parent: number): boolean {
    const { scanner, text } = this;
    const { at, tokens } = scanner;
    const code = scanner.peek();
    if (isQuote(code)) readQuoted(scanner, parent);
    else if (beginsPlain(code, text.charCodeAt(at + 1))) passPlain(scanner, false);
    else return false;
    scanner.skipSpaces();
    const follows = scanner.peek() === COLON && isEmpty(text.charCodeAt(scanner.at + 1));
    scanner.at = at;
    scanner.tokens = tokens;
    return follows;
  }

  /** Reads a key outside of brackets and goes behind its colon. Its span is left in `start` and `end`. */
  private readKey(parent: number): string {
    const { scanner, text } = this;
    const start = scanner.at;
    const code = scanner.peek();
    if (!isQuote(code) && !beginsPlain(code, text.charCodeAt(start + 1))) decline();
    const key = isQuote(code) ? this.passQuotedKey(parent) : this.plainKey(start, passPlain(scanner, false));
    scanner.skipSpaces();
    if (scanner.peek() !== COLON || !isEmpty(text.charCodeAt(scanner.at + 1))) decline();
    return this.passColon(start, key);
  }

  /** The same within brackets, where a colon may follow a quote directly. */
  private readFlowKey(parent: number): string {
    const { scanner, text } = this;
    const start = scanner.at;
    const quoted = isQuote(scanner.peek());
    if (!quoted) this.passFlowPlain();
    const key = quoted ? this.passQuotedKey(parent) : this.plainKey(start, this.end);
    scanner.skipSpaces();
    if (scanner.peek() !== COLON || (!quoted && !isEmpty(text.charCodeAt(scanner.at + 1)))) decline();
    return this.passColon(start, key);
  }

  private passQuotedKey(parent: number): string {
    const { scanner } = this;
    const start = scanner.at;
    const key = readQuoted(scanner, parent);
    this.end = scanner.at;
    return this.text.slice(start, this.end).includes('\n') ? decline() : key;
  }

  private plainKey(start: number, end: number): string {
    const key = this.text.slice(start, end);
    this.end = end;
    return key === '<<' ? decline() : key;
  }

  private passColon(start: number, key: string): string {
    const { scanner } = this;
    if (scanner.at - start > LONGEST_KEY) decline();
    scanner.at++;
    scanner.tokens += 3;
    this.start = start;
    return key;
  }

  /** Passes a short tag and gives it back. */
  private passTag(): string {
    const { scanner, text } = this;
    SHORT_TAG.lastIndex = scanner.at;
    const [tag = decline()] = SHORT_TAG.exec(text) ?? [];
    scanner.at += tag.length;
    scanner.tokens++;
    return isEmpty(scanner.peek()) ? tag : decline();
  }

  /** Begins a map or list. */
  private open<Container extends object>(container: Container): Container {
    this.scanner.enter();
    this.places?.open();
    return container;
  }

  private addItem(list: unknown[], item: unknown): void {
    this.places?.add(list.length, NO_KEY, NO_KEY, this.start, this.end);
    list.push(item);
  }

  /** Sets an entry whose key stands from `keyStart` to `keyEnd`. */
  private setEntry(
    map: Record<string, unknown>,
    key: string,
    keyStart: number,
    keyEnd: number,
    value: unknown,
  ): void {
    // The library's way tells where both of two equal keys stand.
    if (Object.hasOwn(map, key)) decline();
    setOwn(map, key, value);
    this.places?.add(key, keyStart, keyEnd, this.start, this.end);
  }

  /** Ends a tagged value with what the tag is on. */
  private wrap(
    wrapper: Record<string, unknown>,
    tag: string,
    start: number,
    value: unknown,
  ): Record<string, unknown> {
    this.setEntry(wrapper, longForm(tag), NO_KEY, NO_KEY, value);
    return this.close(wrapper, start, this.end);
  }

  /** Passes the bracket that closes a map or list, and ends it. */
  private closeFlow<Container extends object>(container: Container, start: number): Container {
    this.scanner.at++;
    this.scanner.tokens++;
    return this.close(container, start, this.scanner.at);
  }

  private close<Container extends object>(container: Container, start: number, end: number): Container {
    this.places?.close(start);
    this.scanner.leave();
    return this.at(start, end, container);
  }

  /** Notes the span of `value` and hands it on. */
  private at<Value>(start: number, end: number, value: Value): Value {
    this.start = start;
    this.end = end;
    return value;
  }

  private atDash(): boolean {
    return this.scanner.peek() === DASH && isEmpty(this.text.charCodeAt(this.scanner.at + 1));
  }
}

function isQuote(code: number): boolean {
  return code === DOUBLE_QUOTE || code === SINGLE_QUOTE;
}
