import { isMap, own } from '../plain/map.js';
import type { Path, PathStep } from '../source/types.js';
import { IGNORED_BY_CLI } from './agentcore-cli.js';
import { connections } from './agentcore-connections.js';
import { projectDialect } from './agentcore-dialect.js';
import { EXCHANGE_KEY } from './exchange-keys.js';
import { type FrontEnd, type Lowered, providerArnOf, unknownValue } from './front-end.js';
import { Lowering, written } from './lowering.js';

/*
 * `agentcore.json` of the AgentCore CLI, as @aws/agentcore 0.30.0 and the construct that it synthesizes with
 * (@aws/agentcore-cdk 0.1.0-alpha.45) read it: `dist/schema` for the shapes, `Gateway.js` for what becomes of them.
 */

const SCHEMA_HOST = 'schema.agentcore.aws.dev';

/** The project file of the AgentCore CLI. */
export const agentcoreProject: FrontEnd = {
  id: 'agentcore-project',
  lower({ value }) {
    if (!isMap(value)) return undefined;
    const schema = own(value, '$schema');
    const isProject =
      (typeof schema === 'string' && schema.includes(SCHEMA_HOST)) ||
      (own(value, 'credentials') !== undefined && gatewaysOf(value).list !== undefined);
    return isProject ? new Project(value).lowered() : undefined;
  },
};

/** The gateways: at the top, and in older files under `mcp`. */
function gatewaysOf(value: unknown): { readonly list: unknown; readonly path: Path } {
  const top = own(value, 'agentCoreGateways');
  return top === undefined
    ? { list: own(own(value, 'mcp'), 'agentCoreGateways'), path: ['mcp', 'agentCoreGateways'] }
    : { list: top, path: ['agentCoreGateways'] };
}

class Project {
  private readonly lowering = new Lowering(projectDialect, itemsOnly);
  private readonly credentials = new Map<string, Credential>();
  /** The targets that name a grant, which the CLI does not take. */
  private readonly withGrant = new Set<string>();
  private readonly name: string;

  constructor(private readonly value: Readonly<Record<string, unknown>>) {
    const name = own(value, 'name');
    this.name = typeof name === 'string' ? name : '';
  }

  lowered(): Lowered {
    for (const entry of entries(own(this.value, 'credentials'), ['credentials'])) this.credential(entry);
    const gateways = gatewaysOf(this.value);
    for (const entry of entries(gateways.list, gateways.path)) this.gateway(entry);
    for (const list of ['runtimes', 'agents', 'harnesses']) {
      for (const { value, path } of entries(own(this.value, list), [list])) {
        connections(this.lowering, value, path, nameOf(value, list));
      }
    }
    for (const entry of entries(own(this.value, 'harnesses'), ['harnesses'])) this.harness(entry);
    return {
      ...this.lowering.lowered(),
      makesTemplates: true,
      isAhead: (logicalId) => this.withGrant.has(logicalId),
    };
  }

  private credential({ value, path }: Entry): void {
    const name = nameOf(value, 'a credential');
    const kind = own(value, 'authorizerType') ?? own(value, 'type');
    const named = written(own(value, 'name'), [...path, 'name']);
    const at = [...path, 'name'];
    let credential: Credential;
    if (kind === 'ApiKeyCredentialProvider') {
      const id = this.lowering.add(API_KEY_PROVIDER, name, at, { Name: named });
      credential = { reference: attribute(id) };
    } else if (kind === 'OAuthCredentialProvider' || kind === undefined) {
      credential = this.oauthCredential(value, path, name, named);
    } else {
      // Payments, and what later versions add: nothing is known of them.
      credential = { reference: unknownValue(`the credential ${name} is of a kind that is not known here`) };
    }
    if (!this.credentials.has(name)) this.credentials.set(name, credential);
  }

  private oauthCredential(value: Value, path: Path, name: string, named: unknown): Credential {
    const discoveryUrl = own(value, 'discoveryUrl');
    const vendor = own(value, 'vendor');
    const ignored = exchangeKeys(value, path).map((at) => written(at[at.length - 1], at));
    const dropped = { [IGNORED_BY_CLI]: ignored.length > 0 ? ignored : undefined };
    const at = [...path, 'name'];
    if (discoveryUrl === undefined || discoveryUrl === null || discoveryUrl === '') {
      // It exists already, and the CLI leaves it alone: whoever refers to it looks for its name elsewhere.
      const settings = unknownValue(
        `the credential ${name} has no discoveryUrl: its provider exists already`,
      );
      this.lowering.add(OAUTH2_PROVIDER, name, at, {
        Name: settings,
        CredentialProviderVendor: settings,
        Oauth2ProviderConfigInput: settings,
        ...dropped,
      });
      return { reference: providerArnOf(name) };
    }
    // The request that `agentcore deploy` sends is the same for each vendor: a custom block without an exchange.
    const id = this.lowering.add(OAUTH2_PROVIDER, name, at, {
      Name: named,
      CredentialProviderVendor:
        vendor === undefined ? written('CustomOauth2', at) : written(vendor, [...path, 'vendor']),
      Oauth2ProviderConfigInput: written(
        {
          CustomOauth2ProviderConfig: {
            ClientId: unknownValue('the client id stands in .env.local'),
            ClientSecret: unknownValue('the client secret stands in .env.local'),
            OauthDiscovery: { DiscoveryUrl: written(discoveryUrl, [...path, 'discoveryUrl']) },
          },
        },
        vendor === undefined ? at : [...path, 'vendor'],
      ),
      ...dropped,
    });
    return { reference: attribute(id) };
  }

  private gateway({ value, path }: Entry): void {
    const name = nameOf(value, 'a gateway');
    const type = own(value, 'authorizerType');
    const protocol = own(value, 'protocolType');
    const authorizer = own(own(value, 'authorizerConfiguration'), 'customJwtAuthorizer');
    const authorizerPath = [...path, 'authorizerConfiguration', 'customJwtAuthorizer'];
    const field = (key: string): unknown => written(own(authorizer, key), [...authorizerPath, key]);
    const role = own(value, 'executionRoleArn');
    const id = this.lowering.add('AWS::BedrockAgentCore::Gateway', name, [...path, 'name'], {
      Name: written(own(value, 'resourceName') ?? `${this.name}-${name}`, [...path, 'name']),
      AuthorizerType:
        type === undefined ? written('NONE', [...path, 'name']) : written(type, [...path, 'authorizerType']),
      // The construct drops a configuration that goes with no CUSTOM_JWT.
      AuthorizerConfiguration:
        isMap(authorizer) && type === 'CUSTOM_JWT'
          ? written(
              {
                CustomJWTAuthorizer: written(
                  {
                    DiscoveryUrl: field('discoveryUrl'),
                    AllowedAudience: field('allowedAudience'),
                    AllowedClients: field('allowedClients'),
                    AllowedScopes: field('allowedScopes'),
                    CustomClaims: field('customClaims'),
                  },
                  authorizerPath,
                ),
              },
              [...path, 'authorizerConfiguration'],
            )
          : undefined,
      ProtocolType:
        protocol === 'None'
          ? undefined
          : written(protocol ?? 'MCP', [...path, protocol === undefined ? 'name' : 'protocolType']),
      ProtocolConfiguration:
        protocol === 'None'
          ? undefined
          : written(
              { Mcp: { SearchType: own(value, 'enableSemanticSearch') === false ? 'NONE' : 'SEMANTIC' } },
              [...path, 'enableSemanticSearch'],
            ),
      RoleArn:
        role === undefined
          ? unknownValue('the AgentCore CLI makes the role of the gateway')
          : written(role, [...path, 'executionRoleArn']),
    });
    for (const target of entries(own(value, 'targets'), [...path, 'targets'])) this.target(target, id);
  }

  private target({ value, path }: Entry, gateway: string): void {
    const name = nameOf(value, 'a target');
    const id = this.lowering.add('AWS::BedrockAgentCore::GatewayTarget', name, [...path, 'name'], {
      Name: written(own(value, 'name'), [...path, 'name']),
      GatewayIdentifier: { 'Fn::GetAtt': [gateway, 'GatewayIdentifier'] },
      TargetConfiguration: written(targetConfiguration(value, path), [...path, 'targetType']),
      CredentialProviderConfigurations: written(this.credentialConfigurations(value, path), [
        ...path,
        'outboundAuth',
      ]),
    });
    if (own(own(value, 'outboundAuth'), 'grantType') !== undefined) this.withGrant.add(id);
  }

  /** What the construct makes of `outboundAuth`; undefined where it writes nothing. */
  private credentialConfigurations(value: Value, path: Path): unknown {
    const auth = own(value, 'outboundAuth');
    const type = own(auth, 'type');
    const at = [...path, 'outboundAuth'];
    const field = (key: string): unknown => written(own(auth, key), [...at, key]);
    const entry = (provider: unknown): unknown => [
      { CredentialProviderType: field('type'), CredentialProvider: written(provider, at) },
    ];
    switch (type) {
      case undefined:
      case 'NONE':
        return WITHOUT_AUTH.has(own(value, 'targetType'))
          ? [{ CredentialProviderType: 'GATEWAY_IAM_ROLE' }]
          : undefined;
      case 'OAUTH':
        return entry({
          OauthCredentialProvider: written(
            {
              ProviderArn: this.provider(own(auth, 'credentialName'), [...at, 'credentialName']),
              Scopes: field('scopes') ?? [],
              // The construct writes CLIENT_CREDENTIALS for every target; what is written is what is meant.
              GrantType: field('grantType') ?? written('CLIENT_CREDENTIALS', [...at, 'type']),
              CustomParameters: field('customParameters'),
              DefaultReturnUrl: field('defaultReturnUrl'),
            },
            at,
          ),
        });
      case 'API_KEY':
        return entry({
          ApiKeyCredentialProvider: {
            ProviderArn: this.provider(own(auth, 'credentialName'), [...at, 'credentialName']),
          },
        });
      case 'GATEWAY_IAM_ROLE':
        return entry(
          own(auth, 'service') === undefined
            ? undefined
            : { IamCredentialProvider: { Service: field('service'), Region: field('region') } },
        );
      default:
        return entry(undefined);
    }
  }

  /** A reference to the provider of a credential; one to nothing where no credential has the name. */
  private provider(name: unknown, path: Path): unknown {
    if (typeof name === 'object' || name === undefined) return written(name, path);
    const credential = this.credentials.get(String(name));
    return written(credential?.reference ?? attribute(String(name)), path);
  }

  /** A harness stands in a file of its own, as a nested template does. */
  private harness({ value, path }: Entry): void {
    const folder = own(value, 'path');
    if (typeof folder !== 'string') return;
    const file = `../${folder.replace(/(?<!\/)\/+$/, '')}/harness.json`;
    this.lowering.add('AWS::CloudFormation::Stack', nameOf(value, 'a harness'), [...path, 'name'], {
      TemplateURL: written(file, [...path, 'path']),
    });
  }
}

const OAUTH2_PROVIDER = 'AWS::BedrockAgentCore::OAuth2CredentialProvider';
const API_KEY_PROVIDER = 'AWS::BedrockAgentCore::ApiKeyCredentialProvider';

/** The types of targets that call with the gateway's role where no other credential is asked for. */
const WITHOUT_AUTH: ReadonlySet<unknown> = new Set([
  'lambda',
  'lambdaFunctionArn',
  'smithyModel',
  'apiGateway',
  'connector',
  'httpRuntime',
  'passthrough',
]);

interface Credential {
  /** What leads to its provider. */
  readonly reference: unknown;
}

type Value = Readonly<Record<string, unknown>>;

interface Entry {
  readonly value: Value;
  readonly path: Path;
}

/** The maps in a list. */
function entries(list: unknown, path: Path): Entry[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((value, index) => (isMap(value) ? [{ value, path: [...path, index] }] : []));
}

function nameOf(value: Value, otherwise: string): string {
  const name = own(value, 'name');
  return typeof name === 'string' && name !== '' ? name : otherwise;
}

/** Where a credential says something of the exchange, however deep: the CLI knows no key for it. */
function exchangeKeys(value: unknown, path: Path): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => exchangeKeys(item, [...path, index]));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) => {
    const at = [...path, key];
    const isGrant = /^grant.?type$/i.test(key) && EXCHANGE_GRANTS.has(entry);
    return isGrant || EXCHANGE_KEY.test(key) ? [at] : exchangeKeys(entry, at);
  });
}

const EXCHANGE_GRANTS: ReadonlySet<unknown> = new Set(['TOKEN_EXCHANGE', 'JWT_AUTHORIZATION_GRANT']);

function attribute(logicalId: string): unknown {
  return { 'Fn::GetAtt': [logicalId, 'CredentialProviderArn'] };
}

/** The union member that the construct writes for a `targetType`; undefined for what nobody knows. */
function targetConfiguration(value: Value, path: Path): unknown {
  const type = own(value, 'targetType');
  const endpoint = written(own(value, 'endpoint'), [...path, 'endpoint']);
  switch (type) {
    case 'mcpServer':
      return { Mcp: { McpServer: { Endpoint: endpoint } } };
    case 'lambda':
      // A target whose code runs in a runtime of its own is called as an MCP server.
      return own(own(value, 'compute'), 'host') === 'AgentCoreRuntime'
        ? { Mcp: { McpServer: {} } }
        : { Mcp: { Lambda: {} } };
    case 'lambdaFunctionArn':
      return { Mcp: { Lambda: {} } };
    case 'openApiSchema':
      return { Mcp: { OpenApiSchema: {} } };
    case 'smithyModel':
      return { Mcp: { SmithyModel: {} } };
    case 'apiGateway':
      return { Mcp: { ApiGateway: {} } };
    case 'connector':
      return { Mcp: { Connector: {} } };
    case 'httpRuntime':
      return { Http: { AgentcoreRuntime: {} } };
    case 'passthrough':
      return { Http: { Passthrough: {} } };
    default:
      return unknownValue('the type of the target is not one that is known here');
  }
}

/** What the construct makes up has no place of its own; the items of a list stand where they are written. */
function itemsOnly(step: PathStep): PathStep | undefined {
  return typeof step === 'number' ? step : undefined;
}
