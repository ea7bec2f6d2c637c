import { entry, isList, isMap, type Plain, type PlainMap, Refused } from './values.js';

/*
 * Fn::ForEach, unrolled for one deployment.
 * Source: the CloudFormation user guide, Fn::ForEach.
 */

const PREFIX = 'Fn::ForEach::';

type Names = ReadonlyMap<string, string>;

/**
 * @param collection what a collection gives in this deployment
 * @throws Refused for a loop that CloudFormation does not take
 */
export function unroll(template: PlainMap, collection: (expression: Plain) => readonly string[]): PlainMap {
  return holdsLoop(template) ? (unrolled(template, new Map(), collection) as PlainMap) : template;
}

const loops = new WeakMap<PlainMap, boolean>();

function holdsLoop(template: PlainMap): boolean {
  const known = loops.get(template) ?? JSON.stringify(template).includes(PREFIX);
  loops.set(template, known);
  return known;
}

function unrolled(value: Plain, names: Names, collection: (expression: Plain) => readonly string[]): Plain {
  if (typeof value === 'string') return replaced(value, names);
  if (isList(value)) return value.map((item) => unrolled(item, names, collection));
  if (!isMap(value)) return value;
  const bound = entry(value, 'Ref');
  if (typeof bound === 'string' && names.has(bound)) return names.get(bound) ?? null;
  const result: Record<string, Plain> = {};
  for (const [key, child] of Object.entries(value)) {
    if (!key.startsWith(PREFIX)) {
      result[replaced(key, names)] = unrolled(child, names, collection);
      continue;
    }
    const [identifier, over, body] = isList(child) ? child : [];
    if (typeof identifier !== 'string' || over === undefined || !isMap(body)) throw new Refused(key);
    for (const item of collection(unrolled(over, names, collection))) {
      const made = unrolled(body, new Map(names).set(identifier, item), collection);
      for (const [name, so] of Object.entries(made as PlainMap)) result[name] = so;
    }
  }
  return result;
}

function replaced(text: string, names: Names): string {
  return text.replace(/([$&])\{([^{}!]+)\}/g, (whole, sigil: string, name: string) => {
    const value = names.get(name);
    if (value === undefined) return whole;
    return sigil === '&' ? value.replace(/[^A-Za-z0-9]/g, '') : value;
  });
}
