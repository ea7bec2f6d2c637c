import { parseJson } from './json.js';
import { isJsonSpace, JsonPlaces } from './json-scan.js';
import { firstCharacter } from './position.js';
import { TextSource } from './text-source.js';
import type { Location, ParseResult, PathStep, Span } from './types.js';

/** More values than this in one file are not read. */
const MAX_VALUES = 100_000;

/**
 * Parses JSON values that stand one after the other: JSON lines, or what `>>` makes of several answers.
 * @returns a source whose value is the list of them; undefined when the text is no such sequence, or a single value
 */
export function parseJsonSequence(file: string, text: string): ParseResult | undefined {
  const spans = valueSpans(text);
  if (spans === undefined || spans.length < 2) return undefined;
  const values: unknown[] = [];
  for (const { start, end } of spans) {
    const parsed = parseJson(file, text.slice(start, end));
    if (!parsed.ok) return undefined;
    values.push(parsed.source.value);
  }
  return {
    ok: true,
    source: new TextSource(file, 'json', text, values, new SequencePlaces(text, values, spans)),
  };
}

/** A string, a bracket, or a stretch of anything else; of a string without an end, the quote. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}"]|[^[\]{}"]+/gs;

/** The spans of maps and lists that follow one another; undefined where anything else stands between them. */
function valueSpans(text: string): Span[] | undefined {
  const spans: Span[] = [];
  const start = firstCharacter(text);
  let depth = 0;
  let from = start;
  TOKEN.lastIndex = start;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    const [word] = token;
    const isBetween = depth === 0;
    if (word === '{' || word === '[') {
      if (isBetween) from = token.index;
      depth++;
    } else if (isBetween) {
      if (!isSpace(word)) return undefined;
    } else if (word === '}' || word === ']') {
      depth--;
      if (depth === 0) spans.push({ start: from, end: token.index + 1 });
    }
    if (spans.length > MAX_VALUES) return undefined;
  }
  return depth === 0 ? spans : undefined;
}

function isSpace(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isJsonSpace(text.charCodeAt(at))) return false;
  return true;
}

class SequencePlaces extends JsonPlaces {
  constructor(
    text: string,
    private readonly values: readonly unknown[],
    private readonly spans: readonly Span[],
  ) {
    super(text);
  }

  override entries(container: object, at: Span): ReadonlyMap<PathStep, Location> {
    return container === this.values
      ? new Map(this.spans.map((value, index) => [index, { key: undefined, value }]))
      : super.entries(container, at);
  }
}
