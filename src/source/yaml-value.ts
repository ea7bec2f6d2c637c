import { Alias, type ParsedNode, Scalar, YAMLMap, type YAMLSeq } from 'yaml';
import { duplicateKey, FaultFound, tooDeep } from './fault.js';
import { MAX_ALIASED_VALUES, MAX_NESTING_DEPTH } from './limits.js';
import type { Span } from './types.js';
import { longForm, setOwn } from './yaml-names.js';
import type { YamlPlaces } from './yaml-places.js';
import { plainValue } from './yaml-plain.js';
import { readProperties } from './yaml-props.js';

type Pair = YAMLMap.Parsed['items'][number];

/** What an anchor stands for. */
interface Anchored {
  readonly value: unknown;
  /** How many values it holds, itself included and its own aliases resolved. */
  readonly size: number;
  /** How many levels of maps and lists it has. */
  readonly height: number;
}

/** A map that is being read, with its entries in the order in which they are written. */
interface GrowingMap {
  readonly value: Record<string, unknown>;
  readonly keys: string[];
  /** Four numbers an entry, as `YamlPlaces.add` takes them. */
  readonly spans: number[];
  /** The keys that came from a merge key and give way to those written in the map itself. */
  readonly merged: Set<string>;
}

const CORE_TAG = 'tag:yaml.org,2002:';

/**
 * Turns the `yaml` library's tree into the plain value that `Source` promises, and notes the places of all entries.
 *
 * Aliases share the value of their anchor, so that a text cannot grow beyond itself in memory; what they would add
 * when written out is counted and limited. Scalars are taken from their text, since the library's own schemas turn
 * dates and numbers into what cannot be turned back.
 */
export class YamlValueReader {
  private readonly text: string;
  private readonly places: YamlPlaces;
  private readonly anchors = new Map<string, Anchored>();
  /** The anchors whose content is being read. */
  private readonly open = new Set<string>();
  private nodeCount = 0;
  private aliased = 0;
  /** The deepest level since the innermost open anchor. */
  private deepest = 0;
  /** The span of the value that was read last. */
  private start = 0;
  private end = 0;

  constructor(text: string, places: YamlPlaces) {
    this.text = text;
    this.places = places;
  }

  /**
   * The value of a document's contents.
   *
   * @throws FaultFound for duplicate keys, keys that are no strings, faulty aliases and merge keys, and passed limits
   */
  readDocument(contents: ParsedNode): { readonly value: unknown; readonly span: Span } {
    const value = this.read(contents, 0, 0);
    return { value, span: { start: this.start, end: this.end } };
  }

  /**
   * Reads a value and leaves its span in `#start` and `#end`.
   *
   * @param from where the key or item before it ends
   * @param depth the level of the map or list around it; 0 at the top
   */
  private read(node: ParsedNode | null, from: number, depth: number): unknown {
    this.nodeCount++;
    if (node === null) return this.at(from, from, null);
    if (node instanceof Alias) return this.readAlias(node, depth);
    const { anchor } = node;
    if (anchor === undefined) return this.readTagged(node, from, depth);

    const sizeBefore = this.nodeCount - 1;
    const deepestAround = this.deepest;
    this.deepest = depth;
    this.open.add(anchor);
    const value = this.readTagged(node, from, depth);
    this.open.delete(anchor);
    this.anchors.set(anchor, { value, size: this.nodeCount - sizeBefore, height: this.deepest - depth });
    this.deepest = Math.max(this.deepest, deepestAround);
    return value;
  }

  private readAlias(alias: Alias.Parsed, depth: number): unknown {
    const name = alias.source;
    const [start, end] = alias.range;
    const fail = (message: string): never => {
      throw new FaultFound({ message, span: { start, end } });
    };
    if (this.open.has(name)) fail('An alias stands inside the value that it stands for');
    const anchored = this.anchors.get(name) ?? fail('An alias names an anchor that does not stand before it');
    this.nodeCount += anchored.size - 1;
    this.aliased += anchored.size;
    if (this.aliased > MAX_ALIASED_VALUES) {
      fail(`Aliases and merge keys stand for more than the limit of ${MAX_ALIASED_VALUES} values`);
    }
    if (depth + anchored.height > MAX_NESTING_DEPTH) fail(tooDeep());
    this.deepest = Math.max(this.deepest, depth + anchored.height);
    return this.at(start, end, anchored.value);
  }

  private readTagged(node: Exclude<ParsedNode, Alias.Parsed>, from: number, depth: number): unknown {
    const { tag } = node;
    if (tag === undefined || !tag.startsWith('!') || tag === '!') return this.readContent(node, from, depth);

    this.enter(node, depth);
    const properties = readProperties(this.text, from, node.range[0]);
    const value = this.readContent(node, from, depth + 1);
    const wrapper: Record<string, unknown> = {};
    const name = longForm(tag);
    setOwn(wrapper, name, value);
    this.places.add(wrapper, [name], [-1, -1, this.start, this.end]);
    return this.at(properties.tag?.start ?? this.start, this.end, wrapper);
  }

  private readContent(node: Exclude<ParsedNode, Alias.Parsed>, from: number, depth: number): unknown {
    if (node instanceof Scalar) return this.readScalar(node, from);
    this.enter(node, depth);
    return node instanceof YAMLMap ? this.readMap(node, depth + 1) : this.readList(node, depth + 1);
  }

  private readScalar(scalar: Scalar.Parsed, from: number): unknown {
    const { source, type, tag } = scalar;
    const [start, end] = scalar.range;
    if (type === Scalar.PLAIN) {
      const isText = tag !== undefined && (!tag.startsWith(CORE_TAG) || tag === `${CORE_TAG}str`);
      const value = isText ? source : plainValue(source);
      if (source !== '') return this.at(start, end, value);
      const empty = readProperties(this.text, from, start).end;
      return this.at(empty, empty, value);
    }
    const isBlock = type === Scalar.BLOCK_FOLDED || type === Scalar.BLOCK_LITERAL;
    return this.at(start, isBlock ? this.trimmedEnd(start, end) : end, source);
  }

  private readList(list: YAMLSeq.Parsed, depth: number): unknown[] {
    const [start, rangeEnd] = list.range;
    const value: unknown[] = [];
    const spans: number[] = [];
    let end = start + 1;
    for (const item of list.items) {
      value.push(this.read(item as ParsedNode, end, depth));
      spans.push(-1, -1, this.start, this.end);
      end = this.end;
    }
    this.places.add(value, [...value.keys()], spans);
    return this.at(start, list.flow ? rangeEnd : end, value);
  }

  private readMap(map: YAMLMap.Parsed, depth: number): Record<string, unknown> {
    const [start, rangeEnd] = map.range;
    const growing: GrowingMap = { value: {}, keys: [], spans: [], merged: new Set() };
    let end = start;
    for (const pair of map.items) {
      this.readPair(pair, growing, end, depth);
      end = this.end;
    }
    const { value, keys, spans } = growing;
    this.places.add(value, keys, spans);
    return this.at(start, map.flow && this.text[start] === '{' ? rangeEnd : end, value);
  }

  private readPair(pair: Pair, map: GrowingMap, from: number, depth: number): void {
    const { key: keyNode, value: valueNode } = pair;
    const key = this.readKey(keyNode, from);
    const span = { start: this.start, end: this.end };
    const value = this.read(valueNode, span.end, depth);
    if (isMergeKey(keyNode)) {
      this.merge(map, value, span);
      return;
    }
    const places = [span.start, span.end, this.start, this.end];
    if (!Object.hasOwn(map.value, key)) {
      map.keys.push(key);
      map.spans.push(...places);
    } else {
      const index = map.keys.indexOf(key) * places.length;
      if (!map.merged.delete(key)) {
        const earlier = { start: map.spans[index] ?? 0, end: map.spans[index + 1] ?? 0 };
        throw new FaultFound(duplicateKey(key, span, earlier));
      }
      map.spans.splice(index, places.length, ...places);
    }
    setOwn(map.value, key, value);
  }

  /** Adds what a merge key brings; keys that the map has already, from itself or an earlier merge, stay. */
  private merge(map: GrowingMap, value: unknown, span: Span): void {
    for (const source of Array.isArray(value) ? value : [value]) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        throw new FaultFound({ message: "A merge key '<<' needs a map or a list of maps", span });
      }
      for (const [step, { key: at, value: place }] of this.places.entries(source)) {
        const key = String(step);
        if (Object.hasOwn(map.value, key)) continue;
        map.keys.push(key);
        map.spans.push(at?.start ?? -1, at?.end ?? -1, place.start, place.end);
        map.merged.add(key);
        setOwn(map.value, key, (source as Record<string, unknown>)[key]);
      }
    }
  }

  /** The text of a key, its span left in `#start` and `#end`. */
  private readKey(node: ParsedNode, from: number): string {
    const [start, end] = node.range;
    const fail = (message: string): never => {
      throw new FaultFound({ message, span: { start, end: Math.max(start, this.trimmedEnd(start, end)) } });
    };
    if (node instanceof Alias) {
      const value = this.readAlias(node, 0);
      return typeof value === 'object'
        ? fail('A key must be a string, not a map, a list or null')
        : String(value);
    }
    if (!(node instanceof Scalar)) return fail('A key must be a string, not a map or a list');
    if (node.tag?.startsWith('!') && node.tag !== '!') fail('A key must be a string without a tag');
    if (node.type === Scalar.PLAIN && node.source === '') fail("A key is missing before ':'");
    if (node.anchor !== undefined)
      this.anchors.set(node.anchor, { value: this.readScalar(node, from), size: 1, height: 0 });
    return this.at(start, end, node.source);
  }

  /** Goes one level down. */
  private enter(node: ParsedNode, depth: number): void {
    if (depth >= MAX_NESTING_DEPTH) {
      const [start] = node.range;
      throw new FaultFound({ message: tooDeep(), span: { start, end: start + 1 } });
    }
    this.deepest = Math.max(this.deepest, depth + 1);
  }

  /** Notes the span of `value` and hands it on. */
  private at<Value>(start: number, end: number, value: Value): Value {
    this.start = start;
    this.end = end;
    return value;
  }

  /** `end` without the white space before it. */
  private trimmedEnd(start: number, end: number): number {
    let trimmed = end;
    while (trimmed > start && /\s/.test(this.text[trimmed - 1] ?? '')) trimmed--;
    return trimmed;
  }
}

function isMergeKey(key: ParsedNode): boolean {
  return key instanceof Scalar && key.type === Scalar.PLAIN && key.source === '<<';
}
