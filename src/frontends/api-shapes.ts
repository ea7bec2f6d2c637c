import { isMap, own, type PlainMap } from '../plain/map.js';
import type { Path, PathStep } from '../source/types.js';
import { EXCHANGE_KEY } from './exchange-keys.js';
import { type AccountRegion, type Dialect, unknownValue } from './front-end.js';
import { type Lowering, written } from './lowering.js';

/*
 * The shapes of the control-plane API, requests and answers alike:
 * https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/ (model of the SDK, 3.1142.0).
 * Their names are CloudFormation's with a small first letter, except `oauth2ProviderConfigOutput`.
 */

/** What the API describes and this linter knows. */
export type ApiKind = 'gateway' | 'target' | 'provider' | 'api-key-provider' | 'harness';

interface ApiShape {
  readonly kind: ApiKind;
  readonly type: string;
  /** Whether an object is a request for one, or an answer that describes one. */
  matches(value: PlainMap): boolean;
  /** The names under which people know it, the best first. */
  readonly names: readonly string[];
  /** What makes two objects the same one. */
  readonly identity: readonly string[];
  properties(value: PlainMap, origin: Path): Record<string, unknown>;
}

const has = (value: PlainMap, ...keys: readonly string[]): boolean =>
  keys.every((key) => own(value, key) !== undefined);

/** In the order in which an object is asked: the first that matches is it. */
const SHAPES: readonly ApiShape[] = [
  {
    kind: 'target',
    type: 'AWS::BedrockAgentCore::GatewayTarget',
    // A summary in the answer of ListGatewayTargets has none of these: it says nothing of credentials.
    matches: (value) =>
      (has(value, 'targetConfiguration') || has(value, 'credentialProviderConfigurations')) &&
      (has(value, 'gatewayArn') || has(value, 'gatewayIdentifier') || has(value, 'targetId')),
    names: ['name', 'targetId'],
    identity: ['targetId'],
    properties: (value, origin) => ({
      ...named(value, origin, ['name', 'targetConfiguration', 'credentialProviderConfigurations']),
      GatewayIdentifier: gatewayId(value, origin),
    }),
  },
  {
    kind: 'provider',
    type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
    // A summary in the answer of ListOauth2CredentialProviders has a vendor and no settings: whoever asks for it finds
    // nothing, as if it were not there.
    matches: (value) => has(value, 'oauth2ProviderConfigInput') || has(value, 'oauth2ProviderConfigOutput'),
    names: ['name', 'credentialProviderArn'],
    identity: ['credentialProviderArn', 'name'],
    properties: (value, origin) => ({
      ...named(value, origin, [
        'name',
        'credentialProviderVendor',
        'oauth2ProviderConfigInput',
        // Where the exchange does not belong, somebody has to say so.
        ...Object.keys(value).filter((key) => EXCHANGE_KEY.test(key)),
      ]),
      ...outputOf(value, origin),
    }),
  },
  {
    kind: 'api-key-provider',
    type: 'AWS::BedrockAgentCore::ApiKeyCredentialProvider',
    matches: (value) =>
      has(value, 'name') &&
      (has(value, 'apiKeySecretArn') || has(value, 'apiKeySecretSource') || has(value, 'apiKey')),
    names: ['name'],
    identity: ['credentialProviderArn', 'name'],
    properties: (value, origin) => named(value, origin, ['name']),
  },
  {
    kind: 'gateway',
    type: 'AWS::BedrockAgentCore::Gateway',
    matches: (value) =>
      has(value, 'authorizerType') &&
      (has(value, 'gatewayId') || has(value, 'gatewayIdentifier') || has(value, 'name', 'roleArn')),
    names: ['name', 'gatewayId', 'gatewayIdentifier'],
    identity: ['gatewayId', 'gatewayIdentifier', 'name'],
    properties: (value, origin) => ({
      ...named(value, origin, [
        'name',
        'roleArn',
        'protocolType',
        'protocolConfiguration',
        'authorizerType',
        'authorizerConfiguration',
      ]),
      ...(isGatewaySummary(value) && {
        AuthorizerConfiguration: unknownValue(
          'a list of gateways does not hold their authorizer configuration',
        ),
      }),
      GatewayIdentifier: gatewayId(value, origin),
    }),
  },
  {
    kind: 'harness',
    type: 'AWS::BedrockAgentCore::Harness',
    matches: (value) =>
      Array.isArray(own(value, 'tools')) && (has(value, 'harnessName') || has(value, 'harnessId')),
    names: ['harnessName', 'harnessId'],
    identity: ['harnessId', 'harnessName'],
    properties: (value, origin) => named(value, origin, ['harnessName', 'tools', 'executionRoleArn']),
  },
];

/** Maps whose keys are the user's own. */
export const FREE_KEYS: ReadonlySet<string> = new Set([
  'customParameters',
  'tags',
  'environmentVariables',
  'additionalHeaderClaims',
  'additionalPayloadClaims',
]);

/** How the API spells a step of CloudFormation. */
export function apiSpelling(step: PathStep): PathStep {
  return typeof step === 'string' ? lowerFirst(step) : step;
}

const AS_IT_IS = (step: PathStep): PathStep => step;

/** What kind of thing an object of the API describes; undefined for anything else. */
export function apiKindOf(value: unknown): ApiKind | undefined {
  return isMap(value) ? shapeOf(value)?.kind : undefined;
}

/**
 * Adds what an object of the API describes as a resource.
 * @param lowering its spelling is {@link apiSpelling}, or the origins are of no interest
 * @param value a request or an answer; values within it may be intrinsic functions or unknown
 * @param origin where it stands in the source
 * @param name what users call it, where that is not its own name
 * @returns the logical id; undefined when it is nothing that the linter knows
 */
export function addApiObject(
  lowering: Lowering,
  value: unknown,
  origin: Path,
  options: { readonly name?: string; readonly dialect?: Dialect } = {},
): string | undefined {
  const shape = isMap(value) ? shapeOf(value) : undefined;
  if (shape === undefined || !isMap(value)) return undefined;
  const name = options.name ?? firstText(value, shape.names) ?? shape.kind;
  const key = shape.names.find((one) => typeof own(value, one) === 'string');
  const at = key === undefined ? origin : [...origin, key];
  return lowering.add(shape.type, name, at, shape.properties(value, origin), options.dialect);
}

/**
 * The properties and the type of what an object of the API describes, for callers that have a resource of their own.
 * @param kind what it is, where the call tells
 */
export function apiResource(
  value: unknown,
  origin: Path,
  kind?: ApiKind,
):
  | { readonly type: string; readonly kind: ApiKind; readonly properties: Record<string, unknown> }
  | undefined {
  const shape = isMap(value) ? (SHAPES.find((one) => one.kind === kind) ?? shapeOf(value)) : undefined;
  return shape === undefined || !isMap(value)
    ? undefined
    : { type: shape.type, kind: shape.kind, properties: shape.properties(value, origin) };
}

/** What tells that two objects are the same thing; undefined for one that says too little. */
export function apiIdentity(value: PlainMap): string | undefined {
  const shape = shapeOf(value);
  const text = shape === undefined ? undefined : firstText(value, shape.identity);
  return shape === undefined || text === undefined ? undefined : `${shape.kind} ${text}`;
}

/** Whether an object is one of a list of gateways, which says less than the gateway itself. */
export function isGatewaySummary(value: PlainMap): boolean {
  return !has(value, 'roleArn') && !has(value, 'authorizerConfiguration') && has(value, 'gatewayId');
}

/** Account and region of the first ARN that an object bears. */
export function accountRegionOf(value: PlainMap): AccountRegion | undefined {
  const arn = firstText(value, ['credentialProviderArn', 'gatewayArn', 'arn']);
  const [, , , region, account] = arn?.split(':') ?? [];
  return account === undefined ? undefined : { account: account || undefined, region: region || undefined };
}

function shapeOf(value: PlainMap): ApiShape | undefined {
  return SHAPES.find(({ matches }) => matches(value));
}

/** The entries under these names, in CloudFormation's spelling. */
function named(value: PlainMap, origin: Path, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    keys.map((key) => [
      upperFirst(key),
      written(inCloudFormation(own(value, key), [...origin, key]), [...origin, key]),
    ]),
  );
}

/** A value of the API in CloudFormation's names. */
function inCloudFormation(value: unknown, origin: Path): unknown {
  if (Array.isArray(value)) return value.map((item, index) => inCloudFormation(item, [...origin, index]));
  if (!isMap(value) || isCall(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      const at = [...origin, key];
      if (FREE_KEYS.has(key)) return [upperFirst(key), written(entry, at, AS_IT_IS)];
      const inside = inCloudFormation(entry, at);
      const name = upperFirst(key);
      return [name, lowerFirst(name) === key ? inside : written(inside, at)];
    }),
  );
}

/** Whether a map is an intrinsic function, or a value that nobody knows: its key is no property. */
export function isCall(value: PlainMap): boolean {
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::'));
}

/** The settings of a provider as an answer holds them: with everything but the secret. */
function outputOf(value: PlainMap, origin: Path): Record<string, unknown> {
  const output = own(value, 'oauth2ProviderConfigOutput');
  if (!isMap(output)) return {};
  const at = [...origin, 'oauth2ProviderConfigOutput'];
  const blocks = Object.entries(output).map(([key, block]): [string, unknown] => [
    upperFirst(key),
    isMap(block) && !isCall(block)
      ? { ...(inCloudFormation(block, [...at, key]) as object), ...secretOf(value, block) }
      : block,
  ]);
  return { Oauth2ProviderConfigInput: written(Object.fromEntries(blocks), at) };
}

/** An answer says where the secret lies, and never what it is. */
function secretOf(value: PlainMap, block: PlainMap): Record<string, unknown> {
  const method = own(block, 'clientAuthenticationMethod');
  if (method === 'AWS_IAM_ID_TOKEN_JWT' || method === 'PRIVATE_KEY_JWT') return {};
  const source = own(value, 'clientSecretSource');
  if (source !== 'EXTERNAL') return { ClientSecret: unknownValue('the API does not tell secrets') };
  const arn = own(own(value, 'clientSecretArn'), 'secretArn');
  return {
    ClientSecretSource: source,
    ClientSecretConfig: { SecretId: arn, JsonKey: own(value, 'clientSecretJsonKey') },
  };
}

/** The gateway's id, also where it is given as an ARN: its last segment. */
function gatewayId(value: PlainMap, origin: Path): unknown {
  for (const key of ['gatewayIdentifier', 'gatewayId', 'gatewayArn']) {
    const entry = own(value, key);
    if (entry === undefined) continue;
    const id = typeof entry === 'string' ? entry.slice(entry.lastIndexOf('/') + 1) : entry;
    return written(id, [...origin, key]);
  }
  return undefined;
}

function firstText(value: PlainMap, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = own(value, key);
    if (typeof text === 'string' && text !== '') return text;
  }
  return undefined;
}

export function upperFirst(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

export function lowerFirst(word: string): string {
  return `${word.slice(0, 1).toLowerCase()}${word.slice(1)}`;
}
