import type { Picture } from './picture.js';

/**
 * Controls beyond ASCII's, direction marks and line separators: JSON allows them as they are, terminals and editors act
 * on them. So is the bracket of `##[command]`, which GitHub's runner obeys anywhere in a log.
 */
const ACTED_ON = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|(?<=##)\[/g;

/** JSON text whose strings hold nothing that a terminal or an editor acts on; it parses to the same value. */
export function inertJson(text: string): string {
  return text.replace(ACTED_ON, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The picture as indented JSON, ending in a line feed. */
export function renderJson(picture: Picture): string {
  return `${inertJson(JSON.stringify(picture, null, 2))}\n`;
}
