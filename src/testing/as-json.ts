import { loadSource } from '../source/parse.js';
import { fail } from './failure.js';

/** Whether a text is meant as JSON. */
export function looksLikeJson(text: string): boolean {
  return /^\uFEFF?\s*\{/.test(text);
}

/**
 * The same templates in JSON, under the same names, since templates refer to each other by name.
 * @throws AssertionError when one cannot be read
 */
export async function asJson(texts: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
  const converted = new Map<string, string>();
  for (const [name, text] of texts)
    converted.set(name, looksLikeJson(text) ? text : await toJson(name, text));
  return converted;
}

async function toJson(name: string, text: string): Promise<string> {
  const result = await loadSource(name, text);
  if (!result.ok) fail(`${name} cannot be read: ${result.error.message}`);
  return `${JSON.stringify(result.source.value, null, 2)}\n`;
}
