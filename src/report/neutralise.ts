/**
 * Characters that a terminal, a log viewer or a reader's eye would obey or miss instead of showing:
 * C0 and C1 controls, DEL, bidirectional controls (CVE-2021-42574), line separators, invisible format characters
 * (soft hyphen, zero-width space, word joiner and its neighbours, the byte order mark, interlinear annotations, language
 * tags), fillers that are blank letters, variation selectors of ideographs, lone surrogates and non-characters.
 */
const UNSAFE = String.raw`[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u00AD\u034F\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E01EF}]`;

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
let loneJoiner: RegExp | undefined;

/** GitHub's runner obeys `##[command]` anywhere in a line. */
const OLD_WORKFLOW_COMMAND = /##\[/g;

/** It obeys `::command::` at the start of a line, and a wrapped line can start at any word. */
const WORKFLOW_COMMAND = /(^|\s)::/g;

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** `text` with every character that is not safe to show written as `\u{hex}`; line feeds and tabs too. */
export function escapeControls(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  unsafe ??= new RegExp(UNSAFE, 'gu');
  return escapeLoneJoiners(text, escapeCharacter).replace(unsafe, escapeCharacter);
}

/** `text` with every zero-width joiner and non-joiner that joins nothing as `write` gives it. */
export function escapeLoneJoiners(text: string, write: (joiner: string) => string): string {
  if (!/[\u200C\u200D]/.test(text)) return text;
  loneJoiner ??= new RegExp(LONE_JOINER, 'gu');
  return text.replace(loneJoiner, write);
}

/**
 * Makes text of unknown origin (names, values, messages, file names) safe for a terminal or a CI log.
 *
 * The result is one line of visible characters: control and bidirectional characters stand as `\u{hex}`, and what
 * GitHub Actions would obey as a workflow command is broken up in the same way.
 */
export function neutralise(text: string): string {
  return escapeControls(text)
    .replace(OLD_WORKFLOW_COMMAND, '##\\u{5b}')
    .replace(WORKFLOW_COMMAND, '$1\\u{3a}:');
}
