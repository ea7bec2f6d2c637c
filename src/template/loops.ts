import { isMap, own, type PlainMap } from '../plain/map.js';
import { type Placeholder, replacePlaceholders } from '../plain/placeholders.js';
import type { Path, PathStep } from '../source/types.js';
import { scalarText } from './scalar-text.js';

/** How many entries the loops of one template may make; past it every loop stays as it is written. */
export const MAX_LOOP_ENTRIES = 10_000;

/** How many values may stand in these entries, a text counted as one for each thousand characters. */
export const MAX_LOOP_VALUES = 200_000;

const LOOP_PREFIX = 'Fn::ForEach::';

export interface LoopExpansion {
  readonly value: PlainMap;
  /** The path in the text of a path in `value`; undefined when no loop was expanded. */
  readonly origin: ((path: Path) => Path) | undefined;
  /** The loops that stay as they are written. */
  readonly open: readonly OpenLoop[];
}

/** A loop that nobody can unroll before it is deployed. */
export interface OpenLoop {
  /** Where it stands in the text, its key the last step. */
  readonly path: Path;
  /** What keeps it from being unrolled, as a clause. */
  readonly reason: string;
  readonly body: unknown;
}

/** Whether a template may hold loops: `Fn::ForEach` works under the language extensions only. */
export function mentionsLoops(top: PlainMap): boolean {
  const transform = own(top, 'Transform');
  const names = Array.isArray(transform) ? transform : [transform];
  return names.includes('AWS::LanguageExtensions');
}

/** What a loop goes over. */
export interface Collection {
  /** Each item that it can have. */
  readonly items: readonly {
    readonly text: string;
    /** Whether it is there in every scenario. */
    readonly always: boolean;
  }[];
}

/**
 * Finds out what a collection is that is not written out.
 * @param expression the plain value that stands for it, with the identifiers of the loops around it replaced
 * @param path where it stands
 * @returns undefined when nobody knows it before the deployment
 */
export type ReadCollection = (expression: unknown, path: Path) => Collection | undefined;

/**
 * Expands every `Fn::ForEach` whose collection is known; loops over anything else stay as they are. What is made for an
 * item that is there in some scenarios only is put under a condition that says so: the `Condition` of a resource or an
 * output, else an `Fn::If`.
 * Source: the CloudFormation user guide on `Fn::ForEach`, with `${X}` and `&{X}` as its two placeholders.
 */
export function expandLoops(top: PlainMap, read: ReadCollection): LoopExpansion {
  for (const limited of [false, true]) {
    const expansion = new Expansion(read, limited);
    try {
      const value = expansion.expand(top, [], [], NOWHERE) as PlainMap;
      const origin = expansion.origins.size > 0 ? (path: Path) => expansion.origin(path) : undefined;
      return { value, origin, open: expansion.open };
    } catch (error) {
      if (!(error instanceof TooManyEntries)) throw error;
    }
  }
  return { value: top, origin: undefined, open: [] };
}

/** Thrown when the loops of a template make more than they may. */
class TooManyEntries extends Error {}

/** What the loops around a place bind. */
interface Around {
  /** The item of each loop by its identifier. */
  readonly bindings: ReadonlyMap<string, string>;
  /** The conditions under which the items are there, of those that are not always. */
  readonly guards: readonly unknown[];
}

const NOWHERE: Around = { bindings: new Map(), guards: [] };

/** Sections whose entries may have a `Condition`. */
const CONDITIONED = new Set<PathStep | undefined>(['Resources', 'Outputs']);

class Expansion {
  /** Source path by expanded path (as JSON), for the entries that a loop made. */
  readonly origins = new Map<string, Path>();
  readonly open: OpenLoop[] = [];
  private entries = 0;
  private values = 0;

  constructor(
    private readonly read: ReadCollection,
    /** Whether the loops of the template are known to make more than they may: then all of them stay. */
    private readonly limited: boolean,
  ) {}

  expand(value: unknown, path: Path, source: Path, around: Around): unknown {
    const { bindings } = around;
    if (bindings.size > 0) this.count(1);
    if (typeof value === 'string') return this.substitute(value, bindings);
    if (Array.isArray(value)) {
      return value.map((item, index) => this.expand(item, [...path, index], [...source, index], around));
    }
    if (!isMap(value)) return value;
    const bound = own(value, 'Ref');
    if (typeof bound === 'string' && bindings.has(bound) && Object.keys(value).length === 1)
      return bindings.get(bound);
    const result: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(value)) this.entry(result, key, entry, path, source, around);
    return result;
  }

  private entry(
    into: Record<string, unknown>,
    key: string,
    entry: unknown,
    path: Path,
    source: Path,
    around: Around,
  ): void {
    const loop = key.startsWith(LOOP_PREFIX)
      ? this.readLoop(entry, [...path, key], [...source, key], around)
      : undefined;
    if (typeof loop === 'string')
      this.open.push({ path: [...source, key], reason: loop, body: own(entry, 2) });
    if (loop === undefined || typeof loop === 'string') {
      const name = this.substitute(key, around.bindings);
      this.put(into, name, entry, [...path, name], [...source, key], around);
      return;
    }
    for (const { text, always } of loop.collection.items) {
      const inner: Around = {
        bindings: new Map(around.bindings).set(loop.identifier, text),
        guards: always ? around.guards : [...around.guards, { 'Fn::Contains': [loop.expression, text] }],
      };
      for (const [template, body] of Object.entries(loop.body)) {
        const within = [...source, key, 2];
        if (template.startsWith(LOOP_PREFIX)) this.entry(into, template, body, path, within, inner);
        else this.made(into, template, body, path, within, inner);
      }
    }
  }

  /** An entry that a loop makes, under the condition that the loop's items are there. */
  private made(
    into: Record<string, unknown>,
    key: string,
    entry: unknown,
    path: Path,
    source: Path,
    around: Around,
  ): void {
    const name = this.substitute(key, around.bindings);
    const to = [...path, name];
    const from = [...source, key];
    const inner = { ...around, guards: [] };
    const [guard, ...others] = around.guards;
    const condition = others.length === 0 ? guard : { 'Fn::And': around.guards };
    if (condition === undefined || path[0] === 'Conditions') {
      this.put(into, name, entry, to, from, inner);
    } else if (path.length === 1 && CONDITIONED.has(path[0]) && isMap(entry)) {
      const own_ = own(entry, 'Condition');
      const all =
        own_ === undefined
          ? condition
          : { 'Fn::And': [{ Condition: this.expand(own_, to, from, inner) }, ...around.guards] };
      this.put(into, name, { ...entry, Condition: all }, to, from, inner);
    } else {
      this.origins.set(JSON.stringify(to), from);
      const made: Record<string, unknown> = {};
      this.put(made, name, entry, [...to, 'Fn::If', 1], from, inner);
      define(into, name, { 'Fn::If': [condition, made[name], { Ref: 'AWS::NoValue' }] });
    }
  }

  private put(
    into: Record<string, unknown>,
    name: string,
    entry: unknown,
    path: Path,
    source: Path,
    around: Around,
  ): void {
    if (around.bindings.size > 0) this.origins.set(JSON.stringify(path), source);
    define(into, name, this.expand(entry, path, source, around));
  }

  /** A loop, or why it stays as it is written. */
  private readLoop(
    entry: unknown,
    path: Path,
    source: Path,
    around: Around,
  ): { identifier: string; collection: Collection; expression: unknown; body: PlainMap } | string {
    if (this.limited) {
      const limit = MAX_LOOP_ENTRIES.toLocaleString('en');
      return `the loops of its template make more than ${limit} entries or ${MAX_LOOP_VALUES.toLocaleString('en')} values`;
    }
    const identifier = own(entry, 0);
    const body = own(entry, 2);
    if (typeof identifier !== 'string' || !isMap(body)) return 'it is not written as Fn::ForEach takes it';
    const expression = this.expand(own(entry, 1), [...path, 1], [...source, 1], around);
    const collection = writtenOut(expression) ?? this.read(expression, [...path, 1]);
    if (collection === undefined) return 'what it goes over is known only when it is deployed';
    // A turn that makes nothing is a turn all the same.
    this.entries += collection.items.length * Math.max(1, Object.keys(body).length);
    if (this.entries > MAX_LOOP_ENTRIES) throw new TooManyEntries();
    return { identifier, collection, expression, body };
  }

  private substitute(text: string, bindings: Around['bindings']): string {
    return substitute(text, bindings, (length) => this.count(Math.floor(length / 1_000)));
  }

  private count(values: number): void {
    this.values += values;
    if (this.values > MAX_LOOP_VALUES) throw new TooManyEntries();
  }

  origin(path: Path): Path {
    for (let length = path.length; length > 0; length--) {
      const source = this.origins.get(JSON.stringify(path.slice(0, length)));
      if (source !== undefined) return [...source, ...path.slice(length)];
    }
    return path;
  }
}

function define(into: Record<PathStep, unknown>, key: string, value: unknown): void {
  Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A collection that is a list of plain scalars. */
function writtenOut(expression: unknown): Collection | undefined {
  if (!Array.isArray(expression)) return undefined;
  const texts = expression.map(scalarText);
  return texts.every((text) => text !== undefined)
    ? { items: texts.map((text) => ({ text, always: true })) }
    : undefined;
}

/** @param count told how long each text is that takes the place of a name, before it does */
function substitute(text: string, bindings: Around['bindings'], count: (length: number) => void): string {
  if (bindings.size === 0 || !(text.includes('${') || text.includes('&{'))) return text;
  const replace = ({ start, name }: Placeholder): string | undefined => {
    const value = bindings.get(name.trim());
    if (value === undefined) return undefined;
    count(value.length);
    return text[start] === '&' ? value.replace(/[^A-Za-z0-9]/g, '') : value;
  };
  return replacePlaceholders(text, replace, '$&');
}

/**
 * Whether a loop makes entries of a section itself, and not of something in it: it stands there, alone or within loops.
 * @param path where the loop stands in the text
 */
export function isLoopOverSection(path: Path): boolean {
  return path.every((step, index) => index % 2 === 0 || String(step).startsWith(LOOP_PREFIX));
}
