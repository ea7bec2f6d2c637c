import { likelyMeant } from '../plain/did-you-mean.js';
import { isMap } from '../plain/map.js';
import type { Path } from '../source/types.js';

/** The part of JSON Schema (draft 7) that configurations are described in. */
export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema | readonly Schema[];
  readonly additionalItems?: boolean;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** What is wrong with a value, and where in it. */
export interface Problem {
  readonly path: Path;
  /** Whether the last key of the path is at fault, or its value. */
  readonly at: 'key' | 'value';
  /** Without the path: `unknown key; did you mean "rules"?`. */
  readonly message: string;
}

/**
 * Holds a value against a schema.
 *
 * Small on purpose: a general validator takes longer to load than a whole run, and its messages name no nearest
 * spelling. A test holds it against one on the same inputs.
 *
 * @param noun what a key at a path is called in a message: `key`, `rule`, `option`
 */
export function validate(
  value: unknown,
  schema: Schema,
  noun: (path: Path) => string = () => 'key',
): Problem[] {
  return new Validator(schema, noun).check(value, schema, []);
}

/** The end of a message about an unknown name: the nearest known one, if any is near. */
export function didYouMean(typed: string, known: readonly string[]): string {
  return suggestion(likelyMeant(typed, known));
}

/** The end of a message about an unknown name, where it is known what was meant, if anything was. */
export function suggestion(near: string | undefined): string {
  return near === undefined ? '' : `; did you mean "${near}"?`;
}

class Validator {
  private readonly root: Schema;
  private readonly nounAt: (path: Path) => string;

  constructor(root: Schema, noun: (path: Path) => string) {
    this.root = root;
    this.nounAt = noun;
  }

  check(value: unknown, reference: Schema, path: Path): Problem[] {
    const schema = this.resolve(reference);
    if (schema.anyOf !== undefined) return this.checkAnyOf(value, schema.anyOf, path);
    const parts = (schema.allOf ?? []).flatMap((part) => this.check(value, part, path));
    return [...parts, ...this.checkOwn(value, schema, path)];
  }

  private checkOwn(value: unknown, schema: Schema, path: Path): Problem[] {
    if (!accepts(schema, value))
      return [problem(path, `must be ${described([schema])}, and is ${nameOf(value)}`)];
    if (schema.enum !== undefined && !schema.enum.includes(value)) {
      const known = schema.enum.map(String);
      const hint = didYouMean(String(value), known) || `; known are ${known.map(quoted).join(', ')}`;
      return [problem(path, `unknown ${schema.title ?? 'value'} ${quoted(String(value))}${hint}`)];
    }
    if (typeof value === 'string') {
      return value.length < (schema.minLength ?? 0) ? [problem(path, 'must not be empty')] : [];
    }
    if (Array.isArray(value)) return this.checkList(value, schema, path);
    return isMap(value) ? this.checkMap(value, schema, path) : [];
  }

  private checkMap(map: Readonly<Record<string, unknown>>, schema: Schema, path: Path): Problem[] {
    const properties = schema.properties ?? {};
    const missing = (schema.required ?? [])
      .filter((key) => !Object.hasOwn(map, key))
      .map((key) => problem(path, `lacks the key ${quoted(key)}`));
    const wrong = Object.entries(map).flatMap(([key, value]) => {
      const here = [...path, key];
      if (Object.hasOwn(properties, key)) return this.check(value, properties[key] ?? {}, here);
      const rest = schema.additionalProperties ?? true;
      if (typeof rest === 'object') return this.check(value, rest, here);
      if (rest) return [];
      const message = `unknown ${this.nounAt(here)}${didYouMean(key, Object.keys(properties))}`;
      return [{ path: here, at: 'key' as const, message }];
    });
    return [...missing, ...wrong];
  }

  private checkList(list: readonly unknown[], schema: Schema, path: Path): Problem[] {
    if (list.length < (schema.minItems ?? 0)) return [problem(path, 'must not be empty')];
    const { items } = schema;
    return list.flatMap((item, index) => {
      const here = [...path, index];
      const expected = isTuple(items) ? items[index] : items;
      if (expected !== undefined) return this.check(item, expected, here);
      return schema.additionalItems === false ? [problem(here, 'is one item too many')] : [];
    });
  }

  /** The branch of the value's own type says what is wrong inside; without one, the types are what is wrong. */
  private checkAnyOf(value: unknown, branches: readonly Schema[], path: Path): Problem[] {
    const resolved = this.flatten(branches);
    const fitting = resolved.filter((branch) => accepts(branch, value));
    if (fitting.length === 0) {
      return [problem(path, `must be ${described(resolved)}, and is ${nameOf(value)}`)];
    }
    const results = fitting.map((branch) => this.check(value, branch, path));
    return results.find((problems) => problems.length === 0) ?? results[0] ?? [];
  }

  /** The branches, with those that are alternatives themselves spread out. */
  private flatten(branches: readonly Schema[]): Schema[] {
    return branches.flatMap((branch) => {
      const schema = this.resolve(branch);
      return schema.anyOf === undefined ? [schema] : this.flatten(schema.anyOf);
    });
  }

  private resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const definition = this.root.definitions?.[schema.$ref.replace('#/definitions/', '')];
    if (definition === undefined) throw new Error(`the schema has no ${schema.$ref}`);
    return definition;
  }
}

function problem(path: Path, message: string): Problem {
  return { path, at: 'value', message };
}

/** The JSON types that a schema takes; undefined when it takes any. */
function typesOf(schema: Schema): readonly string[] | undefined {
  if (typeof schema.type === 'string') return [schema.type];
  if (schema.type !== undefined) return schema.type;
  return schema.enum === undefined ? undefined : [...new Set(schema.enum.map(typeOf))];
}

function accepts(schema: Schema, value: unknown): boolean {
  const types = typesOf(schema);
  if (types === undefined || types.includes(typeOf(value))) return true;
  return types.includes('integer') && Number.isInteger(value);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'a map',
  string: 'a string',
};

function described(schemas: readonly Schema[]): string {
  const names = schemas.flatMap((schema) => {
    if (schema.enum !== undefined)
      return [`one of ${schema.enum.map((value) => quoted(String(value))).join(', ')}`];
    return (typesOf(schema) ?? []).map((type) => TYPE_NAMES[type] ?? type);
  });
  return names.join(' or ');
}

function nameOf(value: unknown): string {
  if (typeof value === 'boolean') return String(value);
  return TYPE_NAMES[typeOf(value)] ?? typeOf(value);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function isTuple(items: Schema | readonly Schema[] | undefined): items is readonly Schema[] {
  return Array.isArray(items);
}
