/** The type of a property, as CloudFormation's specification states it. */
export type PropertyType =
  | { readonly kind: 'string'; readonly allowedValues: readonly string[] | undefined }
  | { readonly kind: 'number' | 'boolean' | 'any' }
  | { readonly kind: 'list' | 'map'; readonly element: PropertyType }
  | { readonly kind: 'definition'; readonly definition: string }
  | { readonly kind: 'union'; readonly types: readonly PropertyType[] };

/** One property of a resource or of a definition. */
export type PropertyShape = PropertyType & { readonly required: boolean };

/** Property name to shape. */
export type Properties = ReadonlyMap<string, PropertyShape>;

/**
 * Property name to type, in a notation that keeps the generated file small:
 * `string`, `number`, `boolean`, `any`, `string A|B` (only these values), `list T`, `map T` (of names to T),
 * `#Name` (the definition of that name), `T or T`; and a `!` at the end when the property is required.
 */
export type GeneratedProperties = Readonly<Record<string, string>>;

/** What the generator writes for a resource type. */
export interface GeneratedShape {
  /** The attributes and properties that make up what `Ref` gives, joined by `|` when there are several. */
  readonly ref: readonly string[];
  /** What `Fn::GetAtt` takes. */
  readonly attributes: readonly string[];
  /** Present for the types that rules look inside. */
  readonly properties?: GeneratedProperties;
  readonly definitions?: Readonly<Record<string, GeneratedProperties>>;
}

/** Reads the notation of `GeneratedProperties`. */
export function readProperties(generated: GeneratedProperties): Properties {
  return new Map(Object.entries(generated).map(([name, text]) => [name, readProperty(text)]));
}

function readProperty(text: string): PropertyShape {
  const required = text.endsWith('!');
  return { ...readType(required ? text.slice(0, -1) : text), required };
}

function readType(text: string): PropertyType {
  const members = text.split(' or ');
  if (members.length > 1) return { kind: 'union', types: members.map(readType) };
  if (text.startsWith('#')) return { kind: 'definition', definition: text.slice(1) };
  const space = text.indexOf(' ');
  const [word, rest] = space < 0 ? [text, undefined] : [text.slice(0, space), text.slice(space + 1)];
  switch (word) {
    case 'string':
      return { kind: 'string', allowedValues: rest?.split('|') };
    case 'list':
    case 'map':
      return { kind: word, element: readType(rest ?? 'any') };
    case 'number':
    case 'boolean':
      return { kind: word };
    default:
      return { kind: 'any' };
  }
}
