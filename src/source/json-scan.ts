import { firstCharacter } from './position.js';
import type { Places } from './text-source.js';
import type { Location, PathStep, Span } from './types.js';

/*
 * Walks a text that `JSON.parse` has accepted, so that nothing here checks the grammar. Offsets are UTF-16 units.
 */

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;

/** The places of a JSON text: found by reading the text again, one map or list at a time. */
export class JsonPlaces implements Places {
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  root(): Span {
    // There is one value in the text, and nothing around it but white space.
    let end = this.text.length;
    while (isJsonSpace(this.text.charCodeAt(end - 1))) end--;
    return { start: firstCharacter(this.text), end };
  }

  entries(_container: object, at: Span): ReadonlyMap<PathStep, Location> {
    return readEntries(this.text, at.start);
  }

  comments(): readonly Span[] {
    return [];
  }
}

/** The number of keys written in a text, equal ones in one map counted each time. */
export function countKeys(text: string): number {
  let count = 0;
  for (let quote = text.indexOf('"'); quote !== -1; ) {
    const closing = text.indexOf('"', quote + 1);
    const end = text.charCodeAt(closing - 1) === BACKSLASH ? stringEnd(text, quote) : closing + 1;
    const next = text.charCodeAt(end);
    if (next === COLON || (isJsonSpace(next) && text.charCodeAt(skipSpace(text, end)) === COLON)) count++;
    quote = text.indexOf('"', end);
  }
  return count;
}

/** The entries of the map or list that begins at `start`. */
function readEntries(text: string, start: number): Map<PathStep, Location> {
  const entries = new Map<PathStep, Location>();
  const isMap = text.charCodeAt(start) === OPEN_MAP;
  let index = 0;
  let at = skipSpace(text, start + 1);
  for (
    let code = text.charCodeAt(at);
    code !== CLOSE_MAP && code !== CLOSE_LIST;
    code = text.charCodeAt(at)
  ) {
    let step: PathStep = index++;
    let key: Span | undefined;
    if (isMap) {
      key = { start: at, end: stringEnd(text, at) };
      step = readString(text, key);
      at = skipSpace(text, skipSpace(text, key.end) + 1);
    }
    const value = { start: at, end: valueEnd(text, at) };
    entries.set(step, { key, value });
    at = skipSpace(text, value.end);
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
  return entries;
}

function readString(text: string, span: Span): string {
  const inner = text.slice(span.start + 1, span.end - 1);
  return inner.includes('\\') ? JSON.parse(text.slice(span.start, span.end)) : inner;
}

/** The offset after the value that begins at `start`. */
function valueEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return stringEnd(text, start);
  let at = start;
  if (first !== OPEN_MAP && first !== OPEN_LIST) {
    while (at < text.length && !endsLiteral(text.charCodeAt(at))) at++;
    return at;
  }
  let depth = 0;
  do {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = stringEnd(text, at);
      continue;
    }
    if (code === OPEN_MAP || code === OPEN_LIST) depth++;
    else if (code === CLOSE_MAP || code === CLOSE_LIST) depth--;
    at++;
  } while (depth > 0);
  return at;
}

/** The offset after the closing quote of the string that begins at `start`. */
export function stringEnd(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); ; quote = text.indexOf('"', quote + 1)) {
    if (text.charCodeAt(quote - 1) !== BACKSLASH) return quote + 1;
    let slashes = quote - 1;
    while (text.charCodeAt(slashes - 1) === BACKSLASH) slashes--;
    if ((quote - slashes) % 2 === 0) return quote + 1;
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isJsonSpace(text.charCodeAt(at))) at++;
  return at;
}

export function isJsonSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function endsLiteral(code: number): boolean {
  return code === COMMA || code === CLOSE_MAP || code === CLOSE_LIST || isJsonSpace(code);
}
