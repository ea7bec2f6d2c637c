import type { Path } from '../source/types.js';
import type { Dialect, Lowered } from './front-end.js';
import { Origins, type Spelling } from './origins.js';

/** A value together with the place where the user wrote it. */
class Written {
  constructor(
    readonly value: unknown,
    readonly origin: Path,
    readonly spelling: Spelling | undefined,
  ) {}
}

/**
 * Marks a value, wherever it stands among the properties that {@link Lowering.add} takes, as written elsewhere.
 * @param origin the path of the value in the source
 * @param spelling how the input spells what lies below it, where that differs from the rest of the input
 */
export function written(value: unknown, origin: Path, spelling?: Spelling): unknown {
  return value === undefined ? undefined : new Written(value, origin, spelling);
}

/** Puts a template together, resource by resource, and remembers where each part comes from. */
export class Lowering {
  private readonly resources: Record<string, unknown> = {};
  private readonly names = new Map<string, string>();
  private readonly dialects = new Map<string, Dialect>();
  private readonly origins: Origins;

  /**
   * @param dialect how the input writes what is not said to be written otherwise
   * @param spelling how it spells what lies below a value that was marked as written somewhere
   */
  constructor(
    private readonly dialect: Dialect,
    spelling?: Spelling,
  ) {
    this.origins = new Origins(spelling);
  }

  /**
   * Adds a resource.
   * @param type CloudFormation's name of the type
   * @param name what users call it
   * @param origin where it stands in the source
   * @param properties in CloudFormation's names; what is undefined is left out, and `written` says where a part stands
   * @param dialect how it is written, where that is not the input's own way
   * @returns its logical id, which no user sees
   */
  add(
    type: string,
    name: string,
    origin: Path,
    properties: Readonly<Record<string, unknown>>,
    dialect?: Dialect,
  ): string {
    const logicalId = this.freeId(`${type.slice(type.lastIndexOf(':') + 1)} ${name}`);
    const path = ['Resources', logicalId];
    this.origins.note(path, origin);
    this.origins.note([...path, 'Properties'], origin);
    this.names.set(logicalId, name);
    if (dialect !== undefined) this.dialects.set(logicalId, dialect);
    this.resources[logicalId] = {
      Type: type,
      Properties: plainOf(properties, [...path, 'Properties'], (at, origin, spelling) =>
        this.origins.note(at, origin, spelling),
      ),
    };
    return logicalId;
  }

  /** The template so far. */
  lowered(): Lowered {
    const { names, dialects, dialect } = this;
    return {
      value: { Resources: this.resources },
      origin: this.origins.origin,
      nameOf: (logicalId) => names.get(logicalId) ?? logicalId,
      dialectOf: (logicalId) => dialects.get(logicalId) ?? dialect,
    };
  }

  private freeId(wanted: string): string {
    let id = wanted;
    for (let count = 2; Object.hasOwn(this.resources, id); count++) id = `${wanted} ${count}`;
    return id;
  }
}

/**
 * A value without its marks.
 * @param path where it will stand
 * @param note takes what a mark says of the part at a path
 */
export function plainOf(
  value: unknown,
  path: Path,
  note: (path: Path, origin: Path, spelling: Spelling | undefined) => void,
): unknown {
  if (value instanceof Written) {
    note(path, value.origin, value.spelling);
    return plainOf(value.value, path, note);
  }
  if (Array.isArray(value)) return value.map((item, index) => plainOf(item, [...path, index], note));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, entry]) => [key, plainOf(entry, [...path, key], note)])
      .filter(([, entry]) => entry !== undefined),
  );
}
