import { isMap, own, ownMap, type PlainMap } from '../plain/map.js';
import type { Path, PathStep } from '../source/types.js';

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

/**
 * Expands every `Fn::ForEach` whose collection is known: a list, or a list parameter that is given or has a default.
 * Loops over anything else stay as they are.
 * Source: the CloudFormation user guide on `Fn::ForEach`, with `${X}` and `&{X}` as its two placeholders.
 */
export function expandLoops(top: PlainMap, given: ReadonlyMap<string, string>): LoopExpansion {
  for (const limited of [false, true]) {
    const expansion = new Expansion(top, given, limited);
    try {
      const value = expansion.expand(top, [], [], new Map()) as PlainMap;
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

type Bindings = ReadonlyMap<string, string>;

class Expansion {
  /** Source path by expanded path (as JSON), for the entries that a loop made. */
  readonly origins = new Map<string, Path>();
  readonly open: OpenLoop[] = [];
  private entries = 0;
  private values = 0;

  constructor(
    private readonly top: PlainMap,
    private readonly given: ReadonlyMap<string, string>,
    /** Whether the loops of the template are known to make more than they may: then all of them stay. */
    private readonly limited: boolean,
  ) {}

  expand(value: unknown, path: Path, source: Path, bindings: Bindings): unknown {
    if (bindings.size > 0) this.count(1);
    if (typeof value === 'string') return this.substitute(value, bindings);
    if (Array.isArray(value)) {
      return value.map((item, index) => this.expand(item, [...path, index], [...source, index], bindings));
    }
    if (!isMap(value)) return value;
    const bound = own(value, 'Ref');
    if (typeof bound === 'string' && bindings.has(bound) && Object.keys(value).length === 1)
      return bindings.get(bound);
    const result: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(value)) this.entry(result, key, entry, path, source, bindings);
    return result;
  }

  private entry(
    into: Record<string, unknown>,
    key: string,
    entry: unknown,
    path: Path,
    source: Path,
    bindings: Bindings,
  ): void {
    const loop = key.startsWith(LOOP_PREFIX) ? this.readLoop(entry, bindings) : undefined;
    if (typeof loop === 'string')
      this.open.push({ path: [...source, key], reason: loop, body: own(entry, 2) });
    if (loop === undefined || typeof loop === 'string') {
      const name = this.substitute(key, bindings);
      this.put(into, name, entry, [...path, name], [...source, key], bindings);
      return;
    }
    for (const item of loop.collection) {
      const inner = new Map(bindings).set(loop.identifier, item);
      for (const [template, body] of Object.entries(loop.body)) {
        this.entry(into, template, body, path, [...source, key, 2], inner);
      }
    }
  }

  private put(
    into: Record<string, unknown>,
    name: string,
    entry: unknown,
    path: Path,
    source: Path,
    bindings: Bindings,
  ): void {
    if (bindings.size > 0) this.origins.set(JSON.stringify(path), source);
    define(into, name, this.expand(entry, path, source, bindings));
  }

  /** A loop, or why it stays as it is written. */
  private readLoop(
    entry: unknown,
    bindings: Bindings,
  ): { identifier: string; collection: string[]; body: PlainMap } | string {
    if (this.limited) {
      const limit = MAX_LOOP_ENTRIES.toLocaleString('en');
      return `the loops of its template make more than ${limit} entries or ${MAX_LOOP_VALUES.toLocaleString('en')} values`;
    }
    const identifier = own(entry, 0);
    const body = own(entry, 2);
    if (typeof identifier !== 'string' || !isMap(body)) return 'it is not written as Fn::ForEach takes it';
    const collection = this.collection(own(entry, 1), bindings);
    if (collection === undefined) return 'what it goes over is known only when it is deployed';
    this.entries += collection.length * Object.keys(body).length;
    if (this.entries > MAX_LOOP_ENTRIES) throw new TooManyEntries();
    return { identifier, collection, body };
  }

  private substitute(text: string, bindings: Bindings): string {
    return substitute(text, bindings, (length) => this.count(Math.floor(length / 1_000)));
  }

  private count(values: number): void {
    this.values += values;
    if (this.values > MAX_LOOP_VALUES) throw new TooManyEntries();
  }

  private collection(raw: unknown, bindings: Bindings): string[] | undefined {
    if (Array.isArray(raw)) {
      const items = raw.flatMap((item) =>
        typeof item === 'string' ? [this.substitute(item, bindings)] : this.collection(item, bindings),
      );
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    const name = own(raw, 'Ref');
    if (typeof name !== 'string') return undefined;
    const bound = bindings.get(name);
    if (bound !== undefined) return [bound];
    const list = this.given.get(name) ?? own(own(ownMap(this.top, 'Parameters'), name), 'Default');
    return typeof list === 'string' ? list.split(',').map((item) => item.trim()) : undefined;
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

/** @param count told how long each text is that takes the place of a name, before it does */
function substitute(text: string, bindings: Bindings, count: (length: number) => void): string {
  if (bindings.size === 0 || !(text.includes('${') || text.includes('&{'))) return text;
  return text.replace(/([$&])\{([^}!]+)\}/g, (whole, sigil: string, name: string) => {
    const value = bindings.get(name.trim());
    if (value === undefined) return whole;
    count(value.length);
    return sigil === '&' ? value.replace(/[^A-Za-z0-9]/g, '') : value;
  });
}

/**
 * Whether a loop makes entries of a section itself, and not of something in it: it stands there, alone or within loops.
 * @param path where the loop stands in the text
 */
export function isLoopOverSection(path: Path): boolean {
  return path.every((step, index) => index % 2 === 0 || String(step).startsWith(LOOP_PREFIX));
}
