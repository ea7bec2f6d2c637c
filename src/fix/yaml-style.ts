import { firstFrom } from '../plain/first-from.js';
import { plainValue } from '../source/yaml-plain.js';
import { lineBreakAt, lineStart } from './layout.js';
import {
  type Collection,
  isList,
  itemsOf,
  keyText,
  startOf,
  type Token,
  walkYaml,
  type YamlNode,
} from './yaml-tree.js';
import type { Quote, YamlStyle } from './yaml-write.js';

const DEFAULT_UNIT = 2;

/** How far a block collection is indented. */
interface Indentation {
  readonly offset: number;
  /** The columns from the key above to the collection. */
  readonly depth: number;
}

/** Answers how a YAML text is laid out near an offset, and in `map` if something is put into a map. */
export type StyleAt = (offset: number, map?: Collection) => YamlStyle;

/** Makes the reader of a text's layout; the whole text is looked at once, when first asked. */
export function yamlStyles(text: string, top: YamlNode): StyleAt {
  let indentations: ReturnType<typeof indentationsOf> | undefined;
  return (offset, map) => {
    indentations ??= indentationsOf(text, top);
    const { maps, lists } = indentations;
    const fallback = quoteOf(firstKey(top.value)) === 'double' ? 'double' : 'plain';
    return {
      lineBreak: lineBreakAt(text, offset),
      unit: ' '.repeat(nearest(maps, offset)?.depth ?? DEFAULT_UNIT),
      indentedLists: (nearest(lists, offset)?.depth ?? DEFAULT_UNIT) > 0,
      keyQuote: commonQuote(map, fallback, (item) => item.key),
      valueQuote: commonQuote(map, fallback, (item) => item.value),
    };
  };
}

/** The quotes a scalar is written in. */
export function quoteOf(token: Token | null | undefined): Quote {
  if (token?.type === 'single-quoted-scalar') return 'single';
  return token?.type === 'double-quoted-scalar' ? 'double' : 'plain';
}

function indentationsOf(text: string, top: YamlNode) {
  const maps: Indentation[] = [];
  const lists: Indentation[] = [];
  walkYaml(top, (_, { value }) => {
    if (value?.type !== 'block-map') return;
    const column = columnOf(text, startOf(value));
    for (const { key, value: child } of itemsOf(value)) {
      if (key === undefined || (child?.type !== 'block-map' && child?.type !== 'block-seq')) continue;
      const offset = startOf(child);
      (child.type === 'block-map' ? maps : lists).push({ offset, depth: columnOf(text, offset) - column });
    }
  });
  const byOffset = (a: Indentation, b: Indentation): number => a.offset - b.offset;
  return { maps: maps.sort(byOffset), lists: lists.sort(byOffset) };
}

/** The one whose offset is nearest, of two the first; they are in the order of their offsets. */
function nearest(indentations: readonly Indentation[], offset: number): Indentation | undefined {
  const next = firstFrom(indentations, offset, (so) => so.offset);
  const [before, after] = [indentations[next - 1], indentations[next]];
  if (before === undefined || after === undefined) return before ?? after;
  return after.offset - offset < offset - before.offset ? after : before;
}

type Item = ReturnType<typeof itemsOf>[number];

/** The quotes that all keys or scalars of a map have in common, `plain` when they differ. */
function commonQuote(
  map: Collection | undefined,
  fallback: Quote,
  pick: (item: Item) => Token | null | undefined,
): Quote {
  if (map === undefined) return fallback;
  const quotes = new Set<Quote>();
  for (const item of itemsOf(map)) {
    const token = pick(item);
    if (isString(token)) quotes.add(quoteOf(token));
  }
  const [only] = quotes;
  if (only === undefined) return fallback;
  return quotes.size === 1 ? only : 'plain';
}

/** Numbers and the like, which quotes would turn into strings, say nothing about the quotes in use. */
function isString(token: Token | null | undefined): boolean {
  const text = keyText(token);
  return text !== undefined && (token?.type !== 'scalar' || typeof plainValue(text) === 'string');
}

function firstKey(value: Token | undefined): Token | null | undefined {
  if (value?.type !== 'flow-collection' || isList(value)) return undefined;
  return itemsOf(value)[0]?.key;
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}
