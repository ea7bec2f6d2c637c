import { CST, Parser } from 'yaml';
import type { Path, PathStep } from '../source/types.js';

export type Token = CST.Token;
type SourceToken = CST.SourceToken;
type CollectionItem = CST.CollectionItem;
export type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

/** A value with what stands before it: its anchor and tag, and the white space and comments around those. */
export interface YamlNode {
  readonly props: readonly SourceToken[];
  /** Undefined where the value is left out, which means null. */
  readonly value: Token | undefined;
  /** The offset behind the `:` or `-` that the value follows; undefined for the whole document. */
  readonly after: number | undefined;
}

/** A map entry or a list item. */
export interface YamlEntry {
  readonly collection: Collection;
  /** The node whose value the collection is. */
  readonly holder: YamlNode;
  /** The entries of the collection without the stretches that hold only comments or commas. */
  readonly items: readonly CollectionItem[];
  readonly index: number;
  readonly item: CollectionItem;
}

/** What a path leads to. */
export interface YamlPlace {
  readonly node: YamlNode;
  /** The entry that holds the node; undefined for the whole document. */
  readonly entry: YamlEntry | undefined;
  /** Whether the last step was the long form of the node's short tag, so that the path means what follows the tag. */
  readonly insideTag: boolean;
}

/** The top of a text's first document; undefined when it has none, or more than one. */
export function parseYamlTree(text: string): YamlNode | undefined {
  const documents = [...new Parser().parse(text)].filter((token) => token.type === 'document');
  const [document] = documents;
  if (document === undefined || documents.length > 1) return undefined;
  return { props: document.start, value: document.value, after: undefined };
}

/** Finds a place by its path; undefined when there is none, or when the path leads through an alias or merge key. */
export function findYaml(top: YamlNode, path: Path): YamlPlace | undefined {
  let place: YamlPlace = { node: top, entry: undefined, insideTag: false };
  for (const step of path) {
    const longForm = place.insideTag ? undefined : longFormOf(place.node);
    if (longForm !== undefined) {
      if (longForm !== step) return undefined;
      place = { ...place, insideTag: true };
      continue;
    }
    const { value } = place.node;
    if (!isCollection(value)) return undefined;
    const { items, indices } = contentOf(value);
    const index = indices.get(step);
    const item = index === undefined ? undefined : items[index];
    if (index === undefined || item === undefined) return undefined;
    const entry = { collection: value, holder: place.node, items, index, item };
    place = { node: nodeOf(value, item), entry, insideTag: false };
  }
  return place;
}

interface Content {
  readonly items: readonly CollectionItem[];
  readonly indices: ReadonlyMap<PathStep, number>;
}

/** What was found in each collection: a template can have many fixes, and many resources to find theirs in. */
const contents = new WeakMap<Collection, Content>();

function contentOf(collection: Collection): Content {
  let content = contents.get(collection);
  if (content === undefined) {
    const items = itemsOf(collection);
    const indices = new Map<PathStep, number>();
    for (const [index, item] of items.entries()) {
      const step = stepOf(collection, item, index);
      if (step !== undefined) indices.set(step, index);
    }
    content = { items, indices };
    contents.set(collection, content);
  }
  return content;
}

/** Visits each value of the tree with its path, short tags as steps of their long form. */
export function walkYaml(top: YamlNode, visit: (path: Path, node: YamlNode) => void, path: Path = []): void {
  visit(path, top);
  const longForm = longFormOf(top);
  const inner = longForm === undefined ? path : [...path, longForm];
  const { value } = top;
  if (!isCollection(value)) return;
  for (const [index, item] of itemsOf(value).entries()) {
    const step = stepOf(value, item, index);
    if (step !== undefined) walkYaml(nodeOf(value, item), visit, [...inner, step]);
  }
}

export function isCollection(token: Token | undefined): token is Collection {
  return token?.type === 'block-map' || token?.type === 'block-seq' || token?.type === 'flow-collection';
}

export function isFlowMap(collection: Collection): boolean {
  return collection.type === 'flow-collection' && collection.start.type === 'flow-map-start';
}

export function isList(collection: Collection): boolean {
  return collection.type !== 'block-map' && !isFlowMap(collection);
}

export function itemsOf(collection: Collection): readonly CollectionItem[] {
  const items: readonly CollectionItem[] = collection.items;
  if (collection.type === 'block-seq') {
    return items.filter(({ start }) => start.some(({ type }) => type === 'seq-item-ind'));
  }
  return items.filter(
    (item) =>
      item.key !== undefined || item.sep !== undefined || item.value !== undefined || hasProps(item.start),
  );
}

/** The token of an anchor or tag among others. */
export function prop(props: readonly SourceToken[], type: 'anchor' | 'tag'): SourceToken | undefined {
  return props.find((token) => token.type === type);
}

/** White space, comments and commas: what no entry begins or ends with. */
export function isFiller({ type }: SourceToken): boolean {
  return type === 'space' || type === 'newline' || type === 'comment' || type === 'comma';
}

export function endOfToken(token: SourceToken): number {
  return token.offset + token.source.length;
}

/** The text of a plain or quoted key; undefined for other keys. */
export function keyText(key: Token | null | undefined): string | undefined {
  if (
    key?.type !== 'scalar' &&
    key?.type !== 'single-quoted-scalar' &&
    key?.type !== 'double-quoted-scalar'
  ) {
    return undefined;
  }
  return CST.resolveAsScalar(key).value;
}

/** The offset that an entry begins at: its dash, or its key with what belongs to the key. */
export function startOfItem(item: CollectionItem): number | undefined {
  const first = item.start.find((token) => !isFiller(token)) ?? item.key ?? item.sep?.[0] ?? item.value;
  return first === undefined ? undefined : startOf(first);
}

/** The offset behind the last character of an entry, without the white space and comments that follow. */
export function endOfItem(item: CollectionItem): number | undefined {
  if (item.value !== undefined) return endOf(item.value);
  const separator = item.sep?.findLast((token) => !isFiller(token));
  if (separator !== undefined) return endOfToken(separator);
  if (item.key) return endOf(item.key);
  const start = item.start.findLast((token) => !isFiller(token));
  return start && endOfToken(start);
}

/** The offset that a value begins at, its anchor and tag not counted. */
export function startOf(token: Token): number {
  if (token.type === 'block-map' || token.type === 'block-seq') {
    const [first] = itemsOf(token);
    return (first && startOfItem(first)) ?? token.offset;
  }
  return token.offset;
}

/** The offset behind a value's last character; the line break at the end of a block scalar is not counted. */
export function endOf(token: Token): number | undefined {
  switch (token.type) {
    case 'block-map':
    case 'block-seq': {
      const last = itemsOf(token).at(-1);
      return last && endOfItem(last);
    }
    case 'flow-collection': {
      const close = token.end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
      return close && endOfToken(close);
    }
    case 'block-scalar': {
      const header = token.props.at(-1);
      const content = (header && endOf(header)) ?? token.offset;
      const lineBreak = /\r?\n$/.exec(token.source);
      if (token.source === '' && header?.type === 'newline') return header.offset;
      return content + token.source.length - (lineBreak?.[0].length ?? 0);
    }
    case 'document':
      return undefined;
    default:
      return token.offset + token.source.length;
  }
}

/** The value of an entry with its anchor and tag. */
function nodeOf(collection: Collection, item: CollectionItem): YamlNode {
  const tokens = isList(collection) ? item.start : (item.sep ?? []);
  const indicator = tokens.findIndex(({ type }) => type === 'map-value-ind' || type === 'seq-item-ind');
  const mark = tokens[indicator];
  const after = mark === undefined ? (endOfItem({ ...item, value: undefined }) ?? 0) : endOfToken(mark);
  return { props: tokens.slice(indicator + 1), value: item.value, after };
}

function stepOf(collection: Collection, item: CollectionItem, index: number): PathStep | undefined {
  if (!isList(collection)) return keyText(item.key);
  // `[a: b]` is a list that holds a map, which has no brackets to write into.
  return item.key === undefined && item.sep === undefined ? index : undefined;
}

function longFormOf({ props }: YamlNode): string | undefined {
  const tag = prop(props, 'tag')?.source;
  if (tag === undefined || !/^![A-Za-z]/.test(tag)) return undefined;
  const name = tag.slice(1);
  return name === 'Ref' || name === 'Condition' || name.startsWith('Fn::') ? name : `Fn::${name}`;
}

function hasProps(tokens: readonly SourceToken[]): boolean {
  return tokens.some(({ type }) => type === 'anchor' || type === 'tag');
}
