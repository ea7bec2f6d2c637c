import type { CST } from 'yaml';
import type { Span } from '../source/types.js';
import type { Change, PlainValue } from './change.js';
import type { Editor, Part } from './editor.js';
import { type Flow, insertIntoFlow, removeFromFlow } from './flow.js';
import { after, before, isBlank, lineBreakAt, lineEnd, lineStart, nextLine, wholeLines } from './layout.js';
import { isMap, valueAt } from './plain-value.js';
import type { SpanEdit } from './spans.js';
import { yamlEchoes } from './yaml-anchors.js';
import { quoteOf, type StyleAt, yamlStyles } from './yaml-style.js';
import {
  type Collection,
  endOf,
  endOfItem,
  endOfToken,
  findYaml,
  isCollection,
  isFlowMap,
  isList,
  itemsOf,
  keyText,
  parseYamlTree,
  prop,
  startOf,
  startOfItem,
  type YamlEntry,
  type YamlNode,
  type YamlPlace,
} from './yaml-tree.js';
import {
  isBlock,
  writeAfterDash,
  writeAfterKey,
  writeBlockEntry,
  writeFlow,
  writeScalar,
  type YamlStyle,
} from './yaml-write.js';

/** Makes the editor of a YAML text. */
export function yamlEditor(text: string): Editor {
  const top = parseYamlTree(text);
  if (top === undefined) return { edit: () => undefined, echoes: () => [], part: () => undefined };
  const styleAt = yamlStyles(text, top);
  return {
    edit: (change) => {
      const place = findYaml(top, change.path);
      return place && editsFor(text, styleAt, place, change);
    },
    echoes: yamlEchoes(text, top),
    part: (path) => {
      const entry = findYaml(top, path)?.entry;
      return entry && partOf(text, entry);
    },
  };
}

function editsFor(
  text: string,
  styleAt: StyleAt,
  place: YamlPlace,
  change: Change,
): readonly SpanEdit[] | undefined {
  switch (change.kind) {
    case 'replace':
      return replace(text, styleAt, place, change.value);
    case 'rename':
      return rename(place, change.key);
    case 'remove':
      return remove(text, place);
    case 'insert':
      return insert(text, styleAt, place.node, change);
  }
}

// --- parts

/** What only the whole text can tell: anchors, aliases, and marks of a document's begin and end. */
const BOUND_TO_WHOLE = /(?:^|[\s,:?[{-])[&*]\S|^(?:---|\.\.\.)/m;

/** The lines of an entry of a block map, with the blank lines and comments below it. */
function partOf(text: string, { collection, item }: YamlEntry): Part | undefined {
  const key = keyText(item.key);
  const editable = startOfItem(item);
  const contentEnd = endOfItem(item);
  if (collection.type !== 'block-map' || key === undefined) return undefined;
  if (editable === undefined || contentEnd === undefined || !isBlank(before(text, editable)))
    return undefined;
  let end = nextLine(text, contentEnd);
  while (end < text.length && /^[ \t]*(?:#.*)?$/.test(after(text, end))) end = nextLine(text, end);
  const span = { start: lineStart(text, editable), end };
  if (BOUND_TO_WHOLE.test(text.slice(span.start, span.end))) return undefined;
  return {
    span,
    editable,
    pick: (value) =>
      isMap(value) && Object.keys(value).length === 1 ? valueAt(value, [key])?.value : undefined,
  };
}

// --- rename

function rename({ entry, insideTag }: YamlPlace, name: string): readonly SpanEdit[] | undefined {
  const key = entry?.item.key;
  if (insideTag || !key || keyText(key) === undefined) return undefined;
  return [{ span: spanOf(key), text: writeScalar(name, quoteOf(key)) }];
}

// --- replace

function replace(
  text: string,
  styleAt: StyleAt,
  { node, entry, insideTag }: YamlPlace,
  value: PlainValue,
): readonly SpanEdit[] | undefined {
  if (node.value?.type === 'alias' || entry === undefined || node.after === undefined) return undefined;
  const tag = prop(node.props, 'tag');
  const replacesTag = tag !== undefined && !insideTag;
  // With an anchor and a tag before it, a value has no one stretch that could be replaced.
  if (replacesTag && prop(node.props, 'anchor') !== undefined) return undefined;

  const style = styleAt(node.after);
  const start = replacesTag ? tag.offset : node.value && startOf(node.value);
  const end = node.value === undefined ? tag && endOfToken(tag) : endOf(node.value);
  const point = replacesTag ? node.after : (lastProp(node) ?? node.after);
  const quoted = { ...style, valueQuote: node.value === undefined ? style.valueQuote : quoteOf(node.value) };

  if (entry.collection.type !== 'flow-collection' && isBlock(value)) {
    return replaceByBlock(text, entry, value, { start, end, point }, style);
  }
  if (isBlock(value)) quoted.valueQuote = style.valueQuote;
  const written = writeFlow(value, quoted);
  if (start === undefined || end === undefined) return [insertion(point, ` ${written}`)];
  if (hasHeaderComment(node.value)) return undefined;

  const isBlockBelow =
    isCollection(node.value) && node.value.type !== 'flow-collection' && isBlank(before(text, start));
  if (!isBlockBelow || replacesTag) return [{ span: { start, end }, text: written }];
  return [
    insertion(point, ` ${written}`),
    deletion(wholeLines(text, { start, end: endWithComments(text, end, columnOf(text, start)) })),
  ];
}

/** Where a value stands that a block takes the place of. */
interface OldValue {
  readonly start: number | undefined;
  readonly end: number | undefined;
  /** Behind what stays before it: the colon or dash, the anchor, the tag. */
  readonly point: number;
}

function replaceByBlock(
  text: string,
  { collection, item }: YamlEntry,
  value: PlainValue,
  { start, end, point }: OldValue,
  style: YamlStyle,
): readonly SpanEdit[] | undefined {
  const itemStart = startOfItem(item);
  if (itemStart === undefined) return undefined;
  const column = columnOf(text, itemStart);
  if (collection.type === 'block-seq') {
    const written = writeAfterDash(value, column, style);
    return [{ span: { start: point, end: end ?? point }, text: written }];
  }
  const lines = writeAfterKey(value, column, style);
  if (start === undefined || end === undefined) return [insertion(lineEnd(text, point), lines)];
  if (isBlank(before(text, start))) {
    const from = lineStart(text, start);
    return [{ span: { start: from, end }, text: lines.slice(style.lineBreak.length) }];
  }
  const trailer = lineEnd(text, end);
  if (trailer === end) return [{ span: { start: point, end }, text: lines }];
  return [deletion({ start: point, end }), insertion(trailer, lines)];
}

// --- remove

function remove(text: string, { entry, insideTag }: YamlPlace): readonly SpanEdit[] | undefined {
  if (entry === undefined || insideTag) return undefined;
  const { collection, items, index, item } = entry;
  if (collection.type === 'flow-collection') {
    const flow = flowOf(collection);
    return flow && removeFromFlow(text, flow, index);
  }
  const start = startOfItem(item);
  const contentEnd = endOfItem(item);
  if (start === undefined || contentEnd === undefined) return undefined;
  const lead = before(text, start);
  const end = endWithComments(text, contentEnd, columnOf(text, start));
  if (!/^[ \t]*(?:#.*)?$/.test(after(text, contentEnd))) return undefined;

  if (items.length === 1) return empty(text, entry, { start, end });
  if (isBlank(lead)) return [deletion(wholeLines(text, { start, end }))];
  // The first entry of a collection that begins on the line of the dash before it.
  const next = items[index + 1];
  const nextStart = next && startOfItem(next);
  if (nextStart === undefined || !/^[ -]*$/.test(lead)) return undefined;
  if (text.slice(end, nextStart).trim() === '') return [deletion({ start, end: nextStart })];
  return [deletion({ start: start - (/(?<! ) *$/.exec(lead)?.[0].length ?? 0), end })];
}

/** Takes out the only entry: an empty collection must be written as one, or else it would become null. */
function empty(text: string, { collection, holder }: YamlEntry, { start, end }: Span): readonly SpanEdit[] {
  const written = isList(collection) ? '[]' : '{}';
  const point = lastProp(holder);
  if (!isBlank(before(text, start)) || point === undefined) return [{ span: { start, end }, text: written }];
  return [insertion(point, ` ${written}`), deletion(wholeLines(text, { start, end }))];
}

// --- insert

function insert(
  text: string,
  styleAt: StyleAt,
  { value: map }: YamlNode,
  { key, value }: Change & { readonly kind: 'insert' },
): readonly SpanEdit[] | undefined {
  if (!isCollection(map) || isList(map)) return undefined;
  const style = styleAt(startOf(map), map);
  if (isFlowMap(map) && map.type === 'flow-collection') {
    const flow = flowOf(map);
    const written = (): string => `${writeScalar(key, style.keyQuote)}: ${writeFlow(value, style)}`;
    return (
      flow &&
      insertIntoFlow(text, flow, {
        oneLine: written,
        lines: written,
        separator: ', ',
        empty: { unit: undefined, padding: ' ' },
      })
    );
  }
  const items = itemsOf(map);
  const first = items[0] && startOfItem(items[0]);
  const last = items.at(-1);
  const lastEnd = last && endOfItem(last);
  if (first === undefined || lastEnd === undefined || !/^[ -]*$/.test(before(text, first))) {
    return undefined;
  }
  const column = columnOf(text, first);
  const line = lineBreakAt(text, first) + ' '.repeat(column) + writeBlockEntry(key, value, column, style);
  return [insertion(endWithComments(text, lastEnd, column), line)];
}

// --- places

/** The end of the line that an entry ends on, or of the comments below it that stand further in than the entry. */
function endWithComments(text: string, contentEnd: number, column: number): number {
  let end = lineEnd(text, contentEnd);
  for (let line = nextLine(text, end); line < text.length; line = nextLine(text, line)) {
    const content = text.slice(line, lineEnd(text, line));
    if (isBlank(content)) continue;
    if (!content.trimStart().startsWith('#') || content.search(/\S/) <= column) break;
    end = line + content.length;
  }
  return end;
}

function columnOf(text: string, offset: number): number {
  return before(text, offset).length;
}

/** Behind the anchor, the tag, or the colon or dash before a value. */
function lastProp({ props, after: indicatorEnd }: YamlNode): number | undefined {
  const last = props.findLast(({ type }) => type === 'anchor' || type === 'tag');
  return last === undefined ? indicatorEnd : endOfToken(last);
}

function flowOf(collection: Collection): Flow | undefined {
  const close = endOf(collection);
  if (close === undefined) return undefined;
  const commas = collection.items.flatMap(({ start }) => start.filter(({ type }) => type === 'comma'));
  const items = itemsOf(collection).map((item, index) => ({
    start: startOfItem(item) ?? 0,
    end: endOfItem(item) ?? 0,
    // Neither a comma before the first item nor two in a row are YAML.
    comma: commas[index]?.offset,
  }));
  return { open: collection.offset + 1, close: close - 1, items };
}

function hasHeaderComment(token: CST.Token | undefined): boolean {
  return token?.type === 'block-scalar' && token.props.some(({ type }) => type === 'comment');
}

function spanOf(token: CST.Token): Span {
  return { start: token.offset, end: endOf(token) ?? token.offset };
}

function deletion(span: Span): SpanEdit {
  return { span, text: '' };
}

function insertion(offset: number, text: string): SpanEdit {
  return { span: { start: offset, end: offset }, text };
}
