/** A map as templates hold it: keys such as `__proto__` are data, so it is read through `own` only. */
export type PlainMap = Readonly<Record<string, unknown>>;

/** Whether a plain value is a map (neither a list nor null). */
export function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The entry of a plain map or list under a key or 0-based index; undefined when there is none.
 * Never answers with what the prototype holds.
 */
export function own(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Record<string | number, unknown>)[step];
}

/** The entry under `key` when it is a map, else an empty map. */
export function ownMap(value: unknown, key: string): PlainMap {
  const entry = own(value, key);
  return isMap(entry) ? entry : {};
}
