/** What `JSON.stringify` leaves as it is, although a terminal or log viewer would obey it. */
const UNSAFE =
  /[\u007F-\u009F\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\uFFFE\uFFFF]|(?<=##)\[/g;

/**
 * `value` as JSON, indented by two spaces and ended by a line feed.
 *
 * Characters outside of ASCII that steer a terminal, and the bracket of GitHub's `##[command]`, are written as
 * `\uXXXX`: a reader of the JSON gets the same strings, and a log that shows the text obeys nothing in it.
 */
export function jsonText(value: unknown): string {
  // Outside of strings no `##` precedes a bracket, so every match lies in a string and may be escaped there.
  const text = JSON.stringify(value, undefined, 2).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${text}\n`;
}
