import type { Path, PathStep } from '../source/types.js';
import type { Change, PlainValue } from './change.js';

type PlainMap = Readonly<Record<string, unknown>>;

/**
 * The value that a template has after a change, sharing all that stays with `value`; undefined when the change does
 * not fit: there is nothing at its path, or the map has a key of that name already.
 */
export function changeValue(value: unknown, change: Change): { readonly value: unknown } | undefined {
  if (change.kind === 'replace') return at(value, change.path, () => ({ value: change.value }));
  if (change.kind === 'insert') {
    return at(value, change.path, (map) => {
      if (!isMap(map) || Object.hasOwn(map, change.key)) return undefined;
      return { value: mapOf([...Object.entries(map), [change.key, change.value]]) };
    });
  }
  const last = change.path.at(-1);
  if (last === undefined) return undefined;
  return at(value, change.path.slice(0, -1), (parent) => {
    if (Array.isArray(parent)) {
      if (change.kind === 'rename' || !hasStep(parent, last)) return undefined;
      return { value: parent.filter((_, index) => index !== last) };
    }
    if (!isMap(parent) || !hasStep(parent, last)) return undefined;
    if (change.kind === 'remove')
      return { value: mapOf(Object.entries(parent).filter(([key]) => key !== last)) };
    if (Object.hasOwn(parent, change.key)) return undefined;
    return {
      value: mapOf(Object.entries(parent).map(([key, item]) => [key === last ? change.key : key, item])),
    };
  });
}

/**
 * Where `path` leads after `earlier` was made; undefined when what it leads to is gone. Both paths are paths of the
 * value before.
 */
export function rebase(path: Path, earlier: Change): Path | undefined {
  if (earlier.kind === 'insert') return path;
  const depth = earlier.path.length;
  const last = earlier.path.at(-1);
  const step = path[depth - 1];
  const siblings = startsWith(path, earlier.path.slice(0, -1));
  if (last === undefined || step === undefined || !siblings) return depth === 0 ? undefined : path;
  if (earlier.kind === 'remove' && typeof last === 'number' && typeof step === 'number' && step > last) {
    return [...path.slice(0, depth - 1), step - 1, ...path.slice(depth)];
  }
  if (step !== last) return path;
  return earlier.kind === 'rename'
    ? [...path.slice(0, depth - 1), earlier.key, ...path.slice(depth)]
    : undefined;
}

export function startsWith(path: Path, prefix: Path): boolean {
  return prefix.length <= path.length && prefix.every((step, index) => step === path[index]);
}

/** The value at a path, wrapped so that null and undefined values show; undefined when there is no such entry. */
export function valueAt(value: unknown, path: Path): { readonly value: unknown } | undefined {
  let current = value;
  for (const step of path) {
    if (!hasStep(current, step)) return undefined;
    current = child(current, step);
  }
  return { value: current };
}

/**
 * Whether two plain values are equal, whatever the order of keys. Values may share parts (YAML aliases): each pair of
 * objects is looked at once, so that shared parts do not multiply the work.
 */
export function sameValue(a: unknown, b: unknown, seen = new Map<unknown, unknown>()): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (seen.get(a) === b) return true;
  seen.set(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameValue(child(a, key), child(b, key), seen));
}

export function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

function at(
  value: unknown,
  path: Path,
  change: (value: unknown) => { readonly value: unknown } | undefined,
): { readonly value: unknown } | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (!hasStep(value, step)) return undefined;
  const changed = at(child(value, step), rest, change);
  if (changed === undefined) return undefined;
  if (Array.isArray(value))
    return { value: value.map((item, index) => (index === step ? changed.value : item)) };
  const entries = Object.entries(value as PlainMap);
  return { value: mapOf(entries.map(([key, item]) => [key, key === step ? changed.value : item])) };
}

/** Unlike assignment, this makes `__proto__` a key like any other. */
function mapOf(entries: Iterable<readonly [string, unknown]>): PlainMap {
  return Object.fromEntries(entries);
}

function hasStep(value: unknown, step: PathStep): boolean {
  if (Array.isArray(value))
    return typeof step === 'number' && Number.isInteger(step) && step >= 0 && step < value.length;
  return isMap(value) && typeof step === 'string' && Object.hasOwn(value, step);
}

function child(value: unknown, step: PathStep): unknown {
  return (value as Readonly<Record<PathStep, unknown>>)[step];
}
