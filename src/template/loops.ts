import type { Path, PathStep } from '../source/types.js';
import { isMap, own, ownMap, type PlainMap } from './own.js';

/** How many entries the loops of one template may make; past it a loop stays as it is written. */
export const MAX_LOOP_ENTRIES = 10_000;

const LOOP_PREFIX = 'Fn::ForEach::';

export interface LoopExpansion {
  readonly value: PlainMap;
  /** The path in the text of a path in `value`; undefined when no loop was expanded. */
  readonly origin: ((path: Path) => Path) | undefined;
}

/** Whether a template may hold loops: `Fn::ForEach` works under the language extensions only. */
export function mentionsLoops(top: PlainMap): boolean {
  const transform = own(top, 'Transform');
  const names = Array.isArray(transform) ? transform : [transform];
  return names.includes('AWS::LanguageExtensions');
}

/**
 * Expands every `Fn::ForEach` whose collection the template itself shows (a list, or a list parameter with a
 * default). Loops over anything else stay as they are.
 * Source: the CloudFormation user guide on `Fn::ForEach`, with `${X}` and `&{X}` as its two placeholders.
 */
export function expandLoops(top: PlainMap): LoopExpansion {
  const expansion = new Expansion(top);
  const value = expansion.expand(top, [], [], new Map()) as PlainMap;
  return { value, origin: expansion.origins.size > 0 ? (path) => expansion.origin(path) : undefined };
}

type Bindings = ReadonlyMap<string, string>;

class Expansion {
  /** Source path by expanded path (as JSON), for the entries that a loop made. */
  readonly origins = new Map<string, Path>();
  private made = 0;

  constructor(private readonly top: PlainMap) {}

  expand(value: unknown, path: Path, source: Path, bindings: Bindings): unknown {
    if (typeof value === 'string') return substitute(value, bindings);
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
    if (loop === undefined) {
      const name = substitute(key, bindings);
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

  private readLoop(
    entry: unknown,
    bindings: Bindings,
  ): { identifier: string; collection: string[]; body: PlainMap } | undefined {
    const identifier = own(entry, 0);
    const body = own(entry, 2);
    const collection = this.collection(own(entry, 1), bindings);
    if (typeof identifier !== 'string' || !isMap(body) || collection === undefined) return undefined;
    this.made += collection.length * Object.keys(body).length;
    return this.made > MAX_LOOP_ENTRIES ? undefined : { identifier, collection, body };
  }

  private collection(raw: unknown, bindings: Bindings): string[] | undefined {
    if (Array.isArray(raw)) {
      const items = raw.flatMap((item) =>
        typeof item === 'string' ? [substitute(item, bindings)] : this.collection(item, bindings),
      );
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    const name = own(raw, 'Ref');
    if (typeof name !== 'string') return undefined;
    const bound = bindings.get(name);
    if (bound !== undefined) return [bound];
    const fallback = own(own(ownMap(this.top, 'Parameters'), name), 'Default');
    return typeof fallback === 'string' ? fallback.split(',').map((item) => item.trim()) : undefined;
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

function substitute(text: string, bindings: Bindings): string {
  if (bindings.size === 0 || !(text.includes('${') || text.includes('&{'))) return text;
  return text.replace(/([$&])\{([^}!]+)\}/g, (whole, sigil: string, name: string) => {
    const value = bindings.get(name.trim());
    if (value === undefined) return whole;
    return sigil === '&' ? value.replace(/[^A-Za-z0-9]/g, '') : value;
  });
}
