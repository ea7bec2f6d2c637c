import { isDeepStrictEqual } from 'node:util';
import { Lexer } from 'yaml';
import { readEverydayYaml } from '../../../src/source/everyday-yaml/everyday-yaml.js';
import { TextSource } from '../../../src/source/text-source.js';
import type { Path, Source } from '../../../src/source/types.js';
import { parseYaml } from '../../../src/source/yaml.js';

/** What `besideLibrary` says of a text that both read in the same way. */
export const SAME = 'the same';

/** What it says of a text that is left to the library. */
export const LEFT = 'left to the library';

/**
 * Reads a text with the reader of everyday YAML and with the `yaml` library, and compares all that they say: whether it
 * can be read, values, the order of keys, places of all entries, comments, and how many lexemes it has.
 *
 * @returns `SAME`, `LEFT`, or a sentence on the first difference
 */
export function besideLibrary(text: string): string {
  const everyday = readEverydayYaml(text);
  if (everyday === undefined) return LEFT;
  const parsed = parseYaml('x.yaml', text);
  if (!parsed.ok) return `read, where the library says: ${parsed.error.message}`;
  const library = parsed.source;
  const ours = new TextSource('x.yaml', 'yaml', text, everyday.value, everyday.places);
  if (!isDeepStrictEqual(ours.value, library.value) || json(ours.value) !== json(library.value)) {
    return `${json(ours.value)}, where the library has ${json(library.value)}`;
  }
  for (const path of paths(ours.value, [])) {
    const [here, there] = [ours, library].map((source) => json(placesAt(source, path)));
    if (here !== there) return `at ${json(path)} ${here}, where the library has ${there}`;
  }
  if (json(ours.comments()) !== json(library.comments())) {
    return `comments ${json(ours.comments())}, where the library has ${json(library.comments())}`;
  }
  const lexemes = [...new Lexer().lex(text)].length;
  // A few more are counted, so that no text is read whose number of lexemes is past the limit.
  return lexemes <= everyday.tokens && everyday.tokens <= 1.3 * lexemes + 10
    ? SAME
    : `${everyday.tokens} lexemes, where the library has ${lexemes}`;
}

function placesAt(source: Source, path: Path): unknown {
  return [source.locate(path), [...(source.entries(path) ?? [])]];
}

function* paths(value: unknown, path: Path): Generator<Path> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [step, item] of Object.entries(value)) {
    yield* paths(item, [...path, Array.isArray(value) ? Number(step) : step]);
  }
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
