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
    this.resources[logicalId] = { Type: type, Properties: this.plain(properties, [...path, 'Properties']) };
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

  /** The value without its marks, which go to the origins. */
  private plain(value: unknown, path: Path): unknown {
    if (value instanceof Written) {
      this.origins.note(path, value.origin, value.spelling);
      return this.plain(value.value, path);
    }
    if (Array.isArray(value)) return value.map((item, index) => this.plain(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .map(([key, entry]) => [key, this.plain(entry, [...path, key])]),
    );
  }
}
