import { generatedShapes } from './generated.js';
import {
  type GeneratedShape,
  type Properties,
  type PropertyShape,
  type PropertyType,
  readProperties,
} from './shape.js';

export type { Properties, PropertyShape, PropertyType } from './shape.js';

/** What CloudFormation's specification says about one AgentCore resource type. */
export interface ResourceShape {
  /** For example `AWS::BedrockAgentCore::Gateway`. */
  readonly type: string;
  /**
   * The names that `Fn::GetAtt` takes. Fields of an attribute that is an object are there as `Attribute.Field`, for
   * example `ClientSecretArn.SecretArn`.
   */
  readonly attributes: ReadonlySet<string>;
  /**
   * The attribute or property whose value `Ref` gives. Undefined for a type identified by several, whose `Ref` joins
   * their values with `|` (a GatewayTarget's is `GATEWAY|TARGET`).
   */
  readonly refAttribute: string | undefined;
  /**
   * The resource's own properties; undefined for a type whose properties are not kept (only
   * OAuth2CredentialProvider, GatewayTarget, Harness and Gateway are).
   */
  readonly properties: Properties | undefined;
  /**
   * The properties of a named type definition, for example `OnBehalfOfTokenExchangeConfig`; undefined when the
   * resource type has no such definition. Names are only unique within one resource type.
   */
  definition(name: string): Properties | undefined;
}

const shapes = new Map<string, ResourceShape>();

/**
 * The shape of a resource type; undefined for one outside `AWS::BedrockAgentCore` and for one that the specification
 * does not know yet. `type` may be any text.
 */
export function resourceShape(type: string): ResourceShape | undefined {
  const known = shapes.get(type);
  if (known !== undefined) return known;
  const generated = own(generatedShapes, type);
  if (generated === undefined) return undefined;
  const shape = toShape(type, generated);
  shapes.set(type, shape);
  return shape;
}

/** All resource types with a shape, sorted. */
export function resourceTypes(): readonly string[] {
  return Object.keys(generatedShapes);
}

/** The values that a property of type string takes; undefined when any string will do, or for other types. */
export function allowedValues(shape: PropertyShape | undefined): readonly string[] | undefined {
  return shape?.kind === 'string' ? shape.allowedValues : undefined;
}

/**
 * The shape at the end of a route of property names, through nested definitions and the elements of lists and maps.
 *
 * For example `propertyAt('AWS::BedrockAgentCore::GatewayTarget', ['CredentialProviderConfigurations',
 * 'CredentialProviderType'])`. Undefined when the route leads nowhere.
 */
export function propertyAt(type: string, route: readonly string[]): PropertyShape | undefined {
  const shape = resourceShape(type);
  let properties = shape?.properties;
  let found: PropertyShape | undefined;
  for (const name of route) {
    found = properties?.get(name);
    properties = found === undefined ? undefined : shape?.definition(definitionName(found) ?? '');
  }
  return found;
}

/** The definition that a property holds, be it directly or as the element of lists and maps. */
export function definitionName(shape: PropertyType): string | undefined {
  let type = shape;
  while (type.kind === 'list' || type.kind === 'map') type = type.element;
  return type.kind === 'definition' ? type.definition : undefined;
}

function toShape(type: string, generated: GeneratedShape): ResourceShape {
  const definitions = new Map<string, Properties>();
  return {
    type,
    attributes: new Set(generated.attributes),
    refAttribute: generated.ref.length === 1 ? generated.ref[0] : undefined,
    properties: generated.properties && readProperties(generated.properties),
    definition(name) {
      const known = definitions.get(name);
      if (known !== undefined) return known;
      const written = generated.definitions && own(generated.definitions, name);
      if (written === undefined) return undefined;
      const properties = readProperties(written);
      definitions.set(name, properties);
      return properties;
    },
  };
}

/** Templates are hostile: `constructor` is no shape. */
function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
