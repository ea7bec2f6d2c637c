import type { PlainValue } from './change.js';
import { isList } from './plain-value.js';

export type Quote = 'plain' | 'single' | 'double';

/** How a YAML text is laid out where something is put in. */
export interface YamlStyle {
  readonly lineBreak: string;
  /** One step of indentation. */
  readonly unit: string;
  /** Whether the dashes of a list stand further in than the key above them. */
  readonly indentedLists: boolean;
  readonly keyQuote: Quote;
  readonly valueQuote: Quote;
}

/**
 * A text that every YAML version reads as the same string without quotes, in block and flow collections alike. Much
 * more could go without; what is left out here only gets quotes it does not need.
 */
const SURELY_PLAIN = /^[A-Za-z_/](?:[\w./@+=-]|:(?=[\w/])| (?=[A-Za-z_]))*$/;
/** Words that some YAML version reads as something else than a string. */
const OTHER_THAN_STRING = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
/** Characters that only double quotes can hold. */
const NEEDS_ESCAPE = /[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/u;
const ESCAPED = /[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;

/** Writes a scalar in quotes of the wanted kind, or in others where those cannot hold it. */
export function writeScalar(value: string | number | boolean | null, quote: Quote): string {
  if (typeof value !== 'string') return String(value);
  if (NEEDS_ESCAPE.test(value) || quote === 'double') return doubleQuoted(value);
  if (quote === 'plain' && isSurelyPlain(value)) return value;
  return `'${value.replaceAll("'", "''")}'`;
}

/** Long texts get quotes: matching megabytes would overflow the stack. */
function isSurelyPlain(value: string): boolean {
  return value.length < 1000 && SURELY_PLAIN.test(value) && !OTHER_THAN_STRING.test(value);
}

export function isEmpty(value: PlainValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** Writes a value on one line, collections with brackets. */
export function writeFlow(value: PlainValue, style: YamlStyle): string {
  if (typeof value !== 'object' || value === null) return writeScalar(value, style.valueQuote);
  if (isEmpty(value)) return isList(value) ? '[]' : '{}';
  if (isList(value)) return `[${value.map((item) => writeFlow(item, style)).join(', ')}]`;
  const entries = Object.entries(value).map(
    ([key, item]) => `${writeScalar(key, style.keyQuote)}: ${writeFlow(item, style)}`,
  );
  return `{ ${entries.join(', ')} }`;
}

/** Whether a value of a block collection is written on lines of its own. */
export function isBlock(
  value: PlainValue,
): value is readonly PlainValue[] | { readonly [key: string]: PlainValue } {
  return typeof value === 'object' && value !== null && !isEmpty(value);
}

/** Writes `key: value` for a block map whose keys begin at the column `indent`, without that indentation itself. */
export function writeBlockEntry(key: string, value: PlainValue, indent: number, style: YamlStyle): string {
  return `${writeScalar(key, style.keyQuote)}:${writeAfterKey(value, indent, style)}`;
}

/** Writes what follows the colon of a key at the column `indent`: a space and a scalar, or the lines of a block. */
export function writeAfterKey(value: PlainValue, indent: number, style: YamlStyle): string {
  if (!isBlock(value)) return ` ${writeFlow(value, style)}`;
  if (isList(value)) {
    const column = indent + (style.indentedLists ? style.unit.length : 0);
    return value.map((item) => `${newLine(column, style)}-${writeAfterDash(item, column, style)}`).join('');
  }
  const column = indent + style.unit.length;
  return Object.entries(value)
    .map(([key, item]) => newLine(column, style) + writeBlockEntry(key, item, column, style))
    .join('');
}

/** Writes what follows the dash of a list item at the column `indent`. */
export function writeAfterDash(value: PlainValue, indent: number, style: YamlStyle): string {
  if (!isBlock(value) || isList(value)) return ` ${writeFlow(value, style)}`;
  const column = indent + 2;
  const entries = Object.entries(value).map(([key, item]) => writeBlockEntry(key, item, column, style));
  return ` ${entries.join(newLine(column, style))}`;
}

function newLine(column: number, style: YamlStyle): string {
  return style.lineBreak + ' '.repeat(column);
}

function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(ESCAPED, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const digits = code.toString(16);
    return code > 0xffff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`;
  });
}
