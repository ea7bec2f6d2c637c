import { visible } from './visible.js';

/** GitHub's runner obeys `##[command]` anywhere in a line. Outside of strings no `##` precedes a bracket. */
const COMMAND = /(?<=##)\[/g;

/**
 * JSON text that parses to the same value, and in which nothing hides from a reader or is obeyed by a terminal or a log:
 * characters outside of ASCII that steer or do not show, and the bracket of GitHub's `##[command]`, are written as
 * `\uXXXX`.
 *
 * @param json as `JSON.stringify` writes it
 */
export function inertJson(json: string): string {
  const lines = json.replace(COMMAND, escapeUnits).split('\n');
  return lines.map((line) => visible(line, escapeUnits)).join('\n');
}

/** `value` as {@link inertJson}, indented by two spaces and ended by a line feed. */
export function jsonText(value: unknown): string {
  return `${inertJson(JSON.stringify(value, undefined, 2))}\n`;
}

function escapeUnits(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((unit) => `\\u${unit}`).join('');
}
