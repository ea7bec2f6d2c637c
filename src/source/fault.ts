import { MAX_NESTING_DEPTH } from './limits.js';
import { LineIndex } from './position.js';
import type { ParseResult, Span } from './types.js';

/** A `SourceError` before its places are turned into lines and columns. */
export interface Fault {
  /** One sentence: what is wrong. */
  readonly message: string;
  readonly span: Span;
  /** A second place that explains the first. */
  readonly related?: { readonly message: string; readonly span: Span };
}

/** The fault of a file that holds nothing, be it nothing but comments. */
export const EMPTY_FILE = 'The file is empty';

/** How the fault of a file ends whose top value cannot be a template: it is a list, a text, or nothing. */
export const NO_MAP_AT_TOP = 'at the top, where a template is a map';

/** Carries a fault out of the depth of a reader. */
export class FaultFound extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** The result of a parse that found `fault` in `text`. */
export function failure(text: string, fault: Fault): Extract<ParseResult, { ok: false }> {
  const lines = new LineIndex(text);
  const { message, span, related } = fault;
  return {
    ok: false,
    error: {
      message,
      span,
      range: lines.range(span),
      related: related && { ...related, range: lines.range(related.span) },
    },
  };
}

/** The span of the character at `offset`: two units for an astral character, empty at the end of a line or the text. */
export function characterAt(text: string, offset: number): Span {
  const code = text.codePointAt(offset);
  if (code === undefined || code === 0x0a || code === 0x0d) return { start: offset, end: offset };
  return { start: offset, end: offset + (code > 0xffff ? 2 : 1) };
}

/** A character for a message: quoted when it can be printed, else by its number, so that none can do harm. */
export function describeCharacter(text: string, offset: number): string {
  const code = text.codePointAt(offset);
  if (code === undefined) return 'the end of the file';
  if (code > 0x20 && code < 0x7f) return code === 0x27 ? `"'"` : `'${String.fromCharCode(code)}'`;
  return `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What `MAX_NESTING_DEPTH` says when it is passed, in either format. */
export function tooDeep(): string {
  return `Maps and lists are nested deeper than the limit of ${MAX_NESTING_DEPTH} levels`;
}

/** The fault of a key that its map has already. */
export function duplicateKey(key: string, span: Span, earlier: Span): Fault {
  return {
    message: `The key ${shortKey(key)} occurs twice in one map`,
    span,
    related: { message: `the key ${shortKey(key)} occurs here first`, span: earlier },
  };
}

/** A key for a message: control characters escaped, and not longer than a line. */
function shortKey(key: string): string {
  return JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key);
}
