/**
 * Characters that a terminal, a log viewer or a reader's eye would obey or miss instead of showing: C0 and C1 controls,
 * DEL, line separators, interlinear annotations, the blank of Braille, lone surrogates and non-characters; and whatever
 * Unicode calls ignorable: bidirectional controls (CVE-2021-42574), soft hyphens, zero-width spaces, fillers that are
 * blank letters, variation selectors, language tags. Those that do something where they stand are told apart below.
 */
const UNSAFE = String.raw`[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029\u2800\uFFF9-\uFFFB]|(?![\u200C\u200D\uFE0E\uFE0F\u180B-\u180D\u180F])\p{Default_Ignorable_Code_Point}`;

/** A selector of how an emoji looks where there is none before it, and one of Mongolian outside of it. */
const LONE_SELECTOR = String.raw`(?<!\p{Extended_Pictographic})(?<![0-9#*](?=\uFE0F\u20E3))[\uFE0E\uFE0F]|(?<!\p{Script=Mongolian})[\u180B-\u180D\u180F]`;

/** Scripts whose letters take other forms beside a joiner or a non-joiner (Unicode, chapters 9, 12 and 13). */
const JOINING = [
  ...['Arabic', 'Syriac', 'Mongolian', 'Nko', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya'],
  ...['Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar'],
]
  .map((script) => String.raw`\p{Script=${script}}`)
  .join('');

/** A zero-width joiner outside of an emoji, and either joiner outside of a word of those scripts: nothing is joined. */
const LONE_JOINER = String.raw`(?<!\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]?(?=\u200D\p{Extended_Pictographic}))(?<![${JOINING}](?=[\u200C\u200D](?:[${JOINING}]|$)))[\u200C\u200D]`;

// Looking up Unicode properties costs a noticeable part of a start, and most runs show nothing but ASCII.
const PRINTABLE_ASCII = /^[ -~]*$/;
let unsafe: RegExp | undefined;

/**
 * `text` with every character that does not show, or steers what shows it, in visible ones; line feeds and tabs too.
 * @param write what stands for a character, `\u{hex}` unless told otherwise
 */
export function visible(text: string, write: (character: string) => string = asCodePoint): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  unsafe ??= new RegExp(`${UNSAFE}|${LONE_SELECTOR}|${LONE_JOINER}`, 'gu');
  return text.replace(unsafe, write);
}

function asCodePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
