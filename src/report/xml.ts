import { neutralise } from './neutralise.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * One line of text for an attribute or an element of XML 1.0. Characters that XML cannot hold in any form, among them
 * most controls and lone surrogates, stand as `\u{hex}`.
 */
export function xmlText(text: string): string {
  return neutralise(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** An element with attributes in their order, on lines of its own. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[],
): string[] {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  const start = `<${name}${list.join('')}`;
  if (children.length === 0) return [`${start}/>`];
  return [`${start}>`, ...children.map((line) => `  ${line}`), `</${name}>`];
}

/** A whole document. Of findings that are held back the formats know nothing: a comment counts them. */
export function xmlDocument(root: readonly string[], heldBack: string | undefined): string {
  const comment = heldBack === undefined ? [] : [`<!-- ${heldBack} -->`];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${[...comment, ...root].join('\n')}\n`;
}
