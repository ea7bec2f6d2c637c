import { type Fact, table } from './fact.js';
import { sources } from './sources.js';

export interface TargetKindFact extends Fact {
  readonly kind: string;
  /** The two keys below `TargetConfiguration` that choose the kind. */
  readonly path: readonly [string, string];
  /** Whether it takes the grant TOKEN_EXCHANGE: documented, refused, or let pass because sources disagree or are silent. */
  readonly tokenExchange: 'yes' | 'no' | 'allowed';
  /** False where JWT_PASSTHROUGH is refused; true where it works, or where no source speaks against it. */
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
    tokenExchange: 'no',
    jwtPassthrough: false,
    label: 'a Smithy model',
    source: sources.outboundAuthorization,
  },
  {
    kind: 'Lambda',
    path: ['Mcp', 'Lambda'],
    tokenExchange: 'no',
    jwtPassthrough: false,
    label: 'a Lambda function',
    source: sources.outboundAuthorization,
  },
  {
    kind: 'ApiGateway',
    path: ['Mcp', 'ApiGateway'],
    tokenExchange: 'no',
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
    // The developer guide's table says no to token exchange here, and AWS's newer samples do just that.
    kind: 'AgentcoreRuntime',
    path: ['Http', 'AgentcoreRuntime'],
    tokenExchange: 'allowed',
    jwtPassthrough: true,
    label: 'an AgentCore runtime over HTTP',
    source: sources.outboundAuthorization,
  },
  {
    kind: 'Passthrough',
    path: ['Http', 'Passthrough'],
    tokenExchange: 'allowed',
    jwtPassthrough: true,
    label: 'an HTTP passthrough',
    source: sources.targetConfiguration,
  },
  {
    kind: 'HttpConnector',
    path: ['Http', 'Connector'],
    tokenExchange: 'allowed',
    jwtPassthrough: true,
    label: 'an HTTP connector',
    source: sources.targetConfiguration,
  },
  {
    kind: 'InferenceConnector',
    path: ['Inference', 'Connector'],
    tokenExchange: 'allowed',
    jwtPassthrough: true,
    label: 'an inference connector',
    source: sources.targetConfiguration,
  },
  {
    kind: 'InferenceProvider',
    path: ['Inference', 'Provider'],
    tokenExchange: 'allowed',
    jwtPassthrough: true,
    label: 'an inference provider',
    source: sources.targetConfiguration,
  },
]);
