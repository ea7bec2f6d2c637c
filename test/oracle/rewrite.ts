import { Random } from './random.js';
import { isList, isMap, type Plain, type PlainMap, type TemplateFile } from './values.js';

/*
 * Other ways to write the same deployment.
 */

/** The files in another order, and the keys of every map in them. */
export function reordered(files: readonly TemplateFile[], seed: number): TemplateFile[] {
  const random = new Random(seed);
  return random
    .shuffled(files)
    .map(({ name, template }) => ({ name, template: shuffledKeys(template, random) as PlainMap }));
}

function shuffledKeys(value: Plain, random: Random): Plain {
  if (isList(value)) return value.map((item) => shuffledKeys(item, random));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    random.shuffled(Object.entries(value)).map(([key, child]) => [key, shuffledKeys(child, random)]),
  );
}

/** The words that the ids of random templates begin with, each with another one that sorts elsewhere. */
const IDS: Readonly<Record<string, string>> = {
  Provider: 'Zulu',
  Target: 'Alfa',
  Gateway: 'Kilo',
  Nested: 'Mike',
  Stored: 'Papa',
  Own: 'Lima',
  Is: 'Yes',
  Map: 'Book',
};
const ID = new RegExp(`(${Object.keys(IDS).join('|')})(\\d+)`, 'g');

/** The same for the names of their files. */
const FILES: Readonly<Record<string, string>> = {
  app: 'xray',
  base: 'whisky',
  idp: 'victor',
  net: 'bravo',
  tools: 'delta',
  zone: 'alfa',
};
const FILE = new RegExp(`(${Object.keys(FILES).join('|')})(?=-\\d\\.(?:json|yaml))`, 'g');

/** A text with other names of files, resources, conditions and mappings in it, in another order than before. */
export function renamed(text: string): string {
  return text
    .replace(ID, (_, word: string, number: string) => `${IDS[word] ?? word}${999 - Number(number)}`)
    .replace(FILE, (word) => FILES[word] ?? word);
}

/** A text with the other ending of each file's name, so that JSON becomes YAML and YAML JSON. */
export function respelt(text: string): string {
  return text.replace(
    /(-\d)\.(json|yaml)/g,
    (_, name: string, ending: string) => `${name}.${ending === 'json' ? 'yaml' : 'json'}`,
  );
}
