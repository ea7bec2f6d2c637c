import {
  definitionName,
  type Properties,
  type PropertyShape,
  resourceShape,
  resourceTypes,
} from '../../spec/index.js';
import { awsccIam, type BlockTable, type Entry, type ResourceTable } from './blocks.js';

/** Properties that can hold a reference to another resource. */
const REFERRING: ReadonlySet<string> = new Set([
  'ClientId',
  'GatewayArn',
  'GatewayIdentifier',
  'ProviderArn',
  'RoleArn',
]);

/** Properties that take one of their members and no more. */
const UNIONS: ReadonlySet<string> = new Set([
  'AuthorizerConfiguration',
  'CredentialProvider',
  'Http',
  'Inference',
  'Mcp',
  'Oauth2ProviderConfigInput',
  'OutboundAuth',
  'TargetConfiguration',
]);

/** Properties in which a secret stands. */
const SECRET: ReadonlySet<string> = new Set(['ClientSecret']);

const tables = new Map<string, ResourceTable | undefined>();

/**
 * What becomes of a resource of the provider `hashicorp/awscc`. Its schema is made from CloudFormation's, so the table
 * is, too.
 * @param type such as `awscc_bedrockagentcore_gateway`
 */
export function awsccTable(type: string): ResourceTable | undefined {
  if (Object.hasOwn(awsccIam, type)) return awsccIam[type];
  if (!type.startsWith('awscc_bedrockagentcore_')) return undefined;
  if (!tables.has(type)) tables.set(type, makeTable(type));
  return tables.get(type);
}

function makeTable(type: string): ResourceTable | undefined {
  const name = resourceTypes().find(
    (one) => `awscc_bedrockagentcore_${awsccName(one.split('::')[2] ?? '')}` === type,
  );
  const shape = name === undefined ? undefined : resourceShape(name);
  if (name === undefined || shape === undefined) return undefined;
  const attributes: Record<string, string> = { id: 'Ref' };
  for (const attribute of shape.attributes) attributes[awsccName(attribute)] = attribute;
  if (shape.refAttribute !== undefined) attributes[awsccName(shape.refAttribute)] = 'Ref';
  return {
    type: name,
    properties: shape.properties === undefined ? {} : written(shape.properties, (of) => shape.definition(of)),
    attributes,
    identities: Object.keys(attributes).filter((attribute) =>
      /(?:^id|_arn|_id|_identifier)$/.test(attribute),
    ),
  };
}

/**
 * The properties of a resource. Every attribute of awscc can be computed, so a plan has those that nobody wrote as known
 * only after apply: CloudFormation is not given them.
 */
function written(properties: Properties, definition: (name: string) => Properties | undefined): BlockTable {
  const table = tableOf(properties, definition, 0);
  return Object.fromEntries(
    Object.entries(table).map(([name, entry]) => [
      name,
      entry.kind === 'credentials' ? entry : { ...entry, gathered: true as const },
    ]),
  );
}

/** Definitions that hold themselves end somewhere below what rules ask for. */
const MAX_DEPTH = 8;

function tableOf(
  properties: Properties,
  definition: (name: string) => Properties | undefined,
  depth: number,
): BlockTable {
  return Object.fromEntries(
    [...properties].map(([name, shape]) => [awsccName(name), entryOf(name, shape, definition, depth)]),
  );
}

function entryOf(
  name: string,
  shape: PropertyShape,
  definition: (name: string) => Properties | undefined,
  depth: number,
): Entry {
  const inner = definition(definitionName(shape) ?? '');
  if (inner !== undefined && depth < MAX_DEPTH && shape.kind !== 'map') {
    const nesting = shape.kind === 'list' ? 'list' : 'one';
    const of = tableOf(inner, definition, depth + 1);
    return { kind: 'block', to: name, nesting, of, ...(UNIONS.has(name) && { isUnion: true as const }) };
  }
  return {
    kind: 'attribute',
    to: name,
    ...(REFERRING.has(name) && { refers: true as const }),
    ...(SECRET.has(name) && { secret: true as const }),
  };
}

/**
 * How awscc writes a name of CloudFormation: words in small letters between underscores, digits and acronyms as words
 * of their own. `Oauth2ProviderConfigInput` is `oauth_2_provider_config_input`, `CustomJWTAuthorizer` is
 * `custom_jwt_authorizer`.
 */
export function awsccName(name: string): string {
  return name
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z])([A-Z0-9])/g, '$1_$2')
    .replace(/([A-Z])([0-9])/g, '$1_$2')
    .replace(/([0-9])([A-Za-z])/g, '$1_$2')
    .toLowerCase();
}
