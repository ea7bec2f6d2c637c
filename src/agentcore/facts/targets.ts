import type { ConsumerGrant } from './consumer-kinds.js';
import { type Fact, table } from './fact.js';
import { sources } from './sources.js';

export interface TargetKindFact extends Fact {
  readonly kind: string;
  /** The two keys below `TargetConfiguration` that choose the kind. */
  readonly path: readonly [string, string];
  /**
   * Whether it takes the grant TOKEN_EXCHANGE: documented; refused when it is created; not listed by the guide's table,
   * which is all that speaks against it; or let pass because sources disagree or are silent.
   */
  readonly tokenExchange: 'yes' | 'refused' | 'unlisted' | 'allowed';
  /** Whether JWT_PASSTHROUGH works: only where the guide names it. */
  readonly jwtPassthrough: boolean;
  /** How a message names it, with its article. */
  readonly label: string;
}

export const targetKinds: readonly TargetKindFact[] = table([
  {
    kind: 'McpServer',
    path: ['Mcp', 'McpServer'],
    tokenExchange: 'yes',
    jwtPassthrough: false,
    label: 'an MCP server',
    source: sources.outboundAuthorization,
  },
  {
    kind: 'OpenApiSchema',
    path: ['Mcp', 'OpenApiSchema'],
    tokenExchange: 'yes',
    jwtPassthrough: false,
    label: 'an OpenAPI schema',
    source: sources.outboundAuthorization,
  },
  {
    kind: 'SmithyModel',
    path: ['Mcp', 'SmithyModel'],
    tokenExchange: 'unlisted',
    jwtPassthrough: false,
    label: 'a Smithy model',
    source: sources.outboundAuthorization,
  },
  {
    kind: 'Lambda',
    path: ['Mcp', 'Lambda'],
    tokenExchange: 'refused',
    jwtPassthrough: false,
    label: 'a Lambda function',
    source: sources.liveReproductions,
  },
  {
    kind: 'ApiGateway',
    path: ['Mcp', 'ApiGateway'],
    tokenExchange: 'unlisted',
    jwtPassthrough: false,
    label: 'an API Gateway stage',
    source: sources.outboundAuthorization,
  },
  {
    kind: 'McpConnector',
    path: ['Mcp', 'Connector'],
    tokenExchange: 'allowed',
    jwtPassthrough: false,
    label: 'an MCP connector',
    source: sources.targetConfiguration,
  },
  {
    // The developer guide's table of outbound authorization lags behind its other pages.
    kind: 'AgentcoreRuntime',
    path: ['Http', 'AgentcoreRuntime'],
    tokenExchange: 'yes',
    jwtPassthrough: true,
    label: 'an AgentCore runtime over HTTP',
    source: sources.httpRuntimeTargets,
    disputed:
      "The guide's outbound table says no to TOKEN_EXCHANGE over HTTP; two of its pages and two labs of AWS do it.",
  },
  {
    kind: 'Passthrough',
    path: ['Http', 'Passthrough'],
    tokenExchange: 'yes',
    jwtPassthrough: true,
    label: 'an HTTP passthrough',
    source: sources.httpPassthroughTargets,
    disputed:
      "The guide's outbound table says no to TOKEN_EXCHANGE over HTTP; two of its pages and two labs of AWS do it.",
  },
  {
    kind: 'HttpConnector',
    path: ['Http', 'Connector'],
    tokenExchange: 'allowed',
    jwtPassthrough: false,
    label: 'an HTTP connector',
    source: sources.targetAuthorization,
  },
  {
    kind: 'InferenceConnector',
    path: ['Inference', 'Connector'],
    tokenExchange: 'allowed',
    jwtPassthrough: false,
    label: 'an inference connector',
    source: sources.targetAuthorization,
  },
  {
    kind: 'InferenceProvider',
    path: ['Inference', 'Provider'],
    tokenExchange: 'allowed',
    jwtPassthrough: false,
    label: 'an inference provider',
    source: sources.targetAuthorization,
  },
]);

/** A credential type, or a grant of one, that a target kind does not take. */
export interface UnsupportedCredentialFact extends Fact {
  /** Values of `kind` of the target kinds. */
  readonly kinds: readonly string[];
  /** A value of `CredentialProviderType`. */
  readonly type: string;
  /** The grant that is meant; null where the type is not taken whatever the grant. */
  readonly grant: ConsumerGrant | null;
  /** An error where the API was seen to refuse it, a warning where only the guide's table speaks against it. */
  readonly severity: 'error' | 'warning';
  /** What the kind takes, as a message names it. */
  readonly takes: string;
}

const lambdaRefuses = (type: string): UnsupportedCredentialFact => ({
  kinds: ['Lambda'],
  type,
  grant: null,
  severity: 'error',
  takes: 'GATEWAY_IAM_ROLE',
  source: sources.liveReproductions,
});

export const unsupportedCredentials: readonly UnsupportedCredentialFact[] = table([
  lambdaRefuses('OAUTH'),
  lambdaRefuses('API_KEY'),
  lambdaRefuses('CALLER_IAM_CREDENTIALS'),
  {
    kinds: ['ApiGateway'],
    type: 'OAUTH',
    grant: null,
    severity: 'warning',
    takes: 'GATEWAY_IAM_ROLE or API_KEY',
    source: sources.outboundAuthorization,
  },
  {
    kinds: ['SmithyModel'],
    type: 'OAUTH',
    grant: 'AUTHORIZATION_CODE',
    severity: 'warning',
    takes: 'GATEWAY_IAM_ROLE, or OAUTH with CLIENT_CREDENTIALS',
    source: sources.outboundAuthorization,
  },
  {
    kinds: ['SmithyModel'],
    type: 'API_KEY',
    grant: null,
    severity: 'warning',
    takes: 'GATEWAY_IAM_ROLE, or OAUTH with CLIENT_CREDENTIALS',
    source: sources.outboundAuthorization,
  },
]);

/** The target kinds that, with GATEWAY_IAM_ROLE, need an `IamCredentialProvider` that names the service to sign for. */
export const signedByService: readonly (Fact & { readonly kind: string })[] = table([
  { kind: 'McpServer', source: sources.targetAuthorization },
  { kind: 'OpenApiSchema', source: sources.targetAuthorization },
]);

/** What an MCP server target cannot have at the same time. */
export interface ListingFact extends Fact {
  /** The property of `McpServer`, and the value that makes the trouble; null for any. */
  readonly property: 'ListingMode' | 'McpToolSchema';
  readonly value: 'DYNAMIC' | null;
  /** What it does not go with. */
  readonly with: 'AUTHORIZATION_CODE' | 'TOKEN_EXCHANGE' | 'semantic search';
}

export const listings: readonly ListingFact[] = table([
  {
    property: 'ListingMode',
    value: 'DYNAMIC',
    with: 'AUTHORIZATION_CODE',
    source: sources.mcpServerTargets,
  },
  { property: 'ListingMode', value: 'DYNAMIC', with: 'semantic search', source: sources.mcpServerTargets },
  {
    property: 'McpToolSchema',
    value: null,
    with: 'TOKEN_EXCHANGE',
    source: sources.mcpServerTargets,
    disputed:
      'The developer guide allows McpToolSchema with AUTHORIZATION_CODE only; the API reference has no such limit.',
  },
]);

/** What a gateway's `ProtocolType` says of the targets that it takes. */
export interface ProtocolFact extends Fact {
  /** A value of `ProtocolType`; null where it is left out. */
  readonly protocol: 'MCP' | null;
  /** The first keys of `TargetConfiguration` that are refused. */
  readonly refuses: readonly string[];
}

export const protocols: readonly ProtocolFact[] = table([
  { protocol: 'MCP', refuses: ['Http'], source: sources.createGatewayApi },
  { protocol: null, refuses: [], source: sources.createGatewayApi },
]);
