/** A `${Name}` in a text: its offsets, the end exclusive, and what stands between the braces. */
export interface Placeholder {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/**
 * The placeholders of a text in order, found in one pass: an opening without an end costs nothing more, however many
 * there are.
 * @param sigils the characters that may stand before the brace
 */
export function* placeholders(text: string, sigils = '$'): Generator<Placeholder> {
  let close = -1;
  for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
    if (open === 0 || !sigils.includes(text[open - 1] as string)) continue;
    if (close < open) close = text.indexOf('}', open);
    if (close < 0) return;
    yield { start: open - 1, end: close + 1, name: text.slice(open + 1, close) };
    open = close;
  }
}

/** The text with some placeholders replaced. @param replace what stands for one; undefined leaves it as it is written */
export function replacePlaceholders(
  text: string,
  replace: (placeholder: Placeholder) => string | undefined,
  sigils = '$',
): string {
  const parts: string[] = [];
  let from = 0;
  for (const placeholder of placeholders(text, sigils)) {
    const value = replace(placeholder);
    if (value === undefined) continue;
    parts.push(text.slice(from, placeholder.start), value);
    from = placeholder.end;
  }
  return from === 0 ? text : parts.join('') + text.slice(from);
}
