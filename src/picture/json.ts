import { jsonText } from '../plain/json-text.js';
import type { Picture } from './picture.js';

/** The picture as indented JSON, ending in a line feed. */
export function renderJson(picture: Picture): string {
  return jsonText(picture);
}
