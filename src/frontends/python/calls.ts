import type { ApiKind } from '../api-shapes.js';

/** What a call says. */
export type CallKind =
  /** A request to the control plane, with the names of the API. */
  | { readonly does: 'create' | 'update'; readonly what: ApiKind; readonly keys: readonly string[] }
  /** Code that asks for a token of a provider. */
  | { readonly does: 'ask'; readonly names: AskingNames };

/** The names of the arguments with which code asks for a token. */
export interface AskingNames {
  readonly provider: string;
  readonly flow: string;
  readonly scopes: string;
  readonly customParameters: string;
  /** What goes to the identity provider as `audience` and `resource`. */
  readonly audiences: string;
  readonly resources: string;
  readonly returnUrl: string;
}

const TARGET_KEYS = [
  'clientToken',
  'credentialProviderConfigurations',
  'description',
  'gatewayIdentifier',
  'metadataConfiguration',
  'name',
  'privateEndpoint',
  'targetConfiguration',
  'targetId',
];

const PROVIDER_KEYS = ['credentialProviderVendor', 'name', 'oauth2ProviderConfigInput', 'tags'];

const GATEWAY_KEYS = [
  'authorizerConfiguration',
  'authorizerType',
  'clientToken',
  'description',
  'exceptionLevel',
  'interceptorConfigurations',
  'kmsKeyArn',
  'name',
  'policyEngineConfiguration',
  'protocolConfiguration',
  'protocolType',
  'roleArn',
  'tags',
];

/**
 * The calls that are read, by the name of the method of boto3 or the decorator of the AgentCore SDK.
 * Source: the API reference of the control plane, `GetResourceOauth2Token` of the data plane, and
 * `bedrock_agentcore.identity.auth` of the SDK for Python.
 */
export const CALLS: ReadonlyMap<string, CallKind> = new Map<string, CallKind>([
  ['create_gateway', { does: 'create', what: 'gateway', keys: GATEWAY_KEYS }],
  ['create_gateway_target', { does: 'create', what: 'target', keys: TARGET_KEYS }],
  ['update_gateway_target', { does: 'update', what: 'target', keys: TARGET_KEYS }],
  ['create_oauth2_credential_provider', { does: 'create', what: 'provider', keys: PROVIDER_KEYS }],
  ['update_oauth2_credential_provider', { does: 'update', what: 'provider', keys: PROVIDER_KEYS }],
  [
    'requires_access_token',
    {
      does: 'ask',
      names: {
        provider: 'provider_name',
        flow: 'auth_flow',
        scopes: 'scopes',
        customParameters: 'custom_parameters',
        audiences: 'audiences',
        resources: 'resources',
        returnUrl: 'callback_url',
      },
    },
  ],
  [
    'get_resource_oauth2_token',
    {
      does: 'ask',
      names: {
        provider: 'resourceCredentialProviderName',
        flow: 'oauth2Flow',
        scopes: 'scopes',
        customParameters: 'customParameters',
        audiences: 'audiences',
        resources: 'resources',
        returnUrl: 'resourceOauth2ReturnUrl',
      },
    },
  ],
]);

export const CALL_NAMES: readonly string[] = [...CALLS.keys()];

/** What code calls the grants that a target asks for. Source: `Oauth2FlowType` in the data plane's API reference. */
export const FLOWS: ReadonlyMap<string, string> = new Map([
  ['M2M', 'CLIENT_CREDENTIALS'],
  ['USER_FEDERATION', 'AUTHORIZATION_CODE'],
  ['ON_BEHALF_OF_TOKEN_EXCHANGE', 'TOKEN_EXCHANGE'],
]);

/**
 * What stands for a flow in the template that is made: the grant. The name of a grant is no flow, and stands for what
 * is no grant: the flow.
 */
export function grantOfFlow(flow: string): string {
  const [named] = [...FLOWS].find(([, grant]) => grant === flow) ?? [];
  return FLOWS.get(flow) ?? named ?? flow;
}
