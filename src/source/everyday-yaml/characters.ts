/*
 * The codes of the characters that YAML gives a meaning.
 */
export const TAB = 0x09;
export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const SPACE = 0x20;
export const BANG = 0x21;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const SINGLE_QUOTE = 0x27;
export const COMMA = 0x2c;
export const DASH = 0x2d;
export const DOT = 0x2e;
export const COLON = 0x3a;
export const GREATER = 0x3e;
export const QUESTION = 0x3f;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const PIPE = 0x7c;
export const CLOSE_BRACE = 0x7d;

/** Characters that no unquoted value begins with. */
const INDICATORS = new Set([...',[]{}#&*!|>\'"%@`\t\n\r '].map((character) => character.charCodeAt(0)));

/** Whether a character is white space, or there is none any more: codes past the end of a text are not numbers. */
export function isEmpty(code: number): boolean {
  return code === SPACE || code === NEWLINE || code === TAB || code === RETURN || Number.isNaN(code);
}

/** Whether a character opens, closes or parts maps and lists in brackets. */
export function isFlowIndicator(code: number): boolean {
  return (
    code === COMMA ||
    code === OPEN_BRACKET ||
    code === CLOSE_BRACKET ||
    code === OPEN_BRACE ||
    code === CLOSE_BRACE
  );
}

/** Whether an unquoted value outside of brackets begins with `code`, followed by `next`. */
export function beginsPlain(code: number, next: number): boolean {
  if (code === DASH || code === QUESTION || code === COLON) return !isEmpty(next);
  return !INDICATORS.has(code) && !Number.isNaN(code);
}
