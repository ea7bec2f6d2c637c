import { escapeLoneJoiners } from './neutralise.js';

/** What `JSON.stringify` leaves as it is, although a terminal or log viewer would obey it, or a reader miss it. */
const UNSAFE =
  /[\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\uFFFE\uFFFF]|\u034F|\uDB40[\uDC00-\uDDEF]|(?<=##)\[/g;

/**
 * `value` as JSON, indented by two spaces and ended by a line feed.
 *
 * Characters outside of ASCII that steer a terminal or do not show, and the bracket of GitHub's `##[command]`, are written as
 * `\uXXXX`: a reader of the JSON gets the same strings, and a log that shows the text obeys nothing in it.
 */
export function jsonText(value: unknown): string {
  // Outside of strings no `##` precedes a bracket, so every match lies in a string and may be escaped there.
  const text = JSON.stringify(value, undefined, 2).replace(UNSAFE, escapeUnits);
  return `${escapeLoneJoiners(text, escapeUnits)}\n`;
}

function escapeUnits(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((unit) => `\\u${unit}`).join('');
}
