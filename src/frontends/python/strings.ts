/** A literal of Python: the prefix, the quotes, and what stands between them. */
export interface Literal {
  readonly text: string;
  /** Where the text begins in the literal. */
  readonly start: number;
  readonly isRaw: boolean;
  readonly isBytes: boolean;
}

/** Takes a string literal apart; undefined for one that is not closed. */
export function readLiteral(written: string): Literal | undefined {
  const [, prefix = '', quote = ''] = /^([A-Za-z]{0,3})('''|"""|'|")/.exec(written) ?? [];
  const start = prefix.length + quote.length;
  if (quote === '' || written.length < start + quote.length || !written.endsWith(quote)) return undefined;
  return {
    text: written.slice(start, -quote.length),
    start,
    isRaw: /r/i.test(prefix),
    isBytes: /b/i.test(prefix),
  };
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const ESCAPE =
  /\\(?:(\r\n|[\r\n])|([\\'"abfnrtv])|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3}))/g;

/** The text that a literal's escapes stand for. `\N{...}` and what Python does not know stay as they are written. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text.replaceAll('\r\n', '\n');
  return text.replaceAll('\r\n', '\n').replace(ESCAPE, (whole, newline, simple, hex2, hex4, hex8, octal) => {
    if (newline !== undefined) return '';
    if (simple !== undefined) return SIMPLE[simple] ?? whole;
    const code = octal === undefined ? Number.parseInt(hex2 ?? hex4 ?? hex8, 16) : Number.parseInt(octal, 8);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}
