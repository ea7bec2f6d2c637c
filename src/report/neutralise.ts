/**
 * Characters that a terminal, a log viewer or a reader's eye would obey or miss instead of showing:
 * C0 and C1 controls, DEL, bidirectional controls (CVE-2021-42574), line separators, invisible format characters
 * (zero-width space, word joiner and its neighbours, the byte order mark, interlinear annotations, language tags),
 * lone surrogates and non-characters. The zero-width joiner is left, because emoji need it.
 */
const UNSAFE = String.raw`[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]`;

// Looking up Unicode properties costs a noticeable part of a start, and most runs show nothing but ASCII.
const PRINTABLE_ASCII = /^[ -~]*$/;
let unsafe: RegExp | undefined;

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
  return text.replace(unsafe, escapeCharacter);
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
