import { type Fact, table } from './fact.js';
import { sources } from './sources.js';

/** How a client authenticates itself at the identity provider: `ClientAuthenticationMethod`. */
export type ClientAuthentication =
  | 'CLIENT_SECRET_BASIC'
  | 'CLIENT_SECRET_POST'
  | 'AWS_IAM_ID_TOKEN_JWT'
  | 'PRIVATE_KEY_JWT';

export interface ClientAuthenticationFact extends Fact {
  readonly method: ClientAuthentication;
  /** Whether the client has a secret: `ClientSecret`, or `ClientSecretConfig` where its source is EXTERNAL. */
  readonly secret: boolean;
  /** The block that the method cannot do without; null when there is none. */
  readonly block: 'PrivateKeyJwtConfig' | null;
}

export const clientAuthentications: readonly ClientAuthenticationFact[] = table([
  { method: 'CLIENT_SECRET_BASIC', secret: true, block: null, source: sources.clientAuthentication },
  { method: 'CLIENT_SECRET_POST', secret: true, block: null, source: sources.clientAuthentication },
  { method: 'AWS_IAM_ID_TOKEN_JWT', secret: false, block: null, source: sources.clientAuthentication },
  {
    method: 'PRIVATE_KEY_JWT',
    secret: false,
    block: 'PrivateKeyJwtConfig',
    source: sources.privateKeyJwt,
  },
]);

/** The method where a provider names none. */
export const defaultClientAuthentication: ClientAuthentication = 'CLIENT_SECRET_BASIC';

export interface RoleActionFact extends Fact {
  /** The IAM action, with its service prefix. IAM compares actions without regard to case. */
  readonly action: string;
  /** What the gateway does with it, as a message says it. */
  readonly purpose: string;
  /** Whether it is called for every grant, or for TOKEN_EXCHANGE alone. */
  readonly grants: 'every' | 'TOKEN_EXCHANGE';
  /** The client authentications that it is called for; null for all. */
  readonly authentications: readonly ClientAuthentication[] | null;
  /** What a statement's `Resource` must be able to match; null where the sources differ on what is checked. */
  readonly resource: 'provider' | 'client secret' | null;
}

/** What a gateway calls as its own role to get a token for an OAuth target. */
export const roleActions: readonly RoleActionFact[] = table([
  {
    action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
    purpose: "binds the user's token to the gateway's workload identity",
    grants: 'TOKEN_EXCHANGE',
    authentications: null,
    resource: null,
    source: sources.getWorkloadAccessTokenForJwt,
  },
  {
    action: 'bedrock-agentcore:GetResourceOauth2Token',
    purpose: 'asks the provider for the token',
    grants: 'every',
    authentications: null,
    resource: 'provider',
    source: sources.getResourceOauth2Token,
  },
  {
    action: 'secretsmanager:GetSecretValue',
    purpose: "reads the provider's client secret",
    grants: 'every',
    authentications: ['CLIENT_SECRET_BASIC', 'CLIENT_SECRET_POST'],
    resource: 'client secret',
    source: sources.getSecretValue,
  },
  {
    action: 'sts:GetWebIdentityToken',
    purpose: 'makes the ID token with which the client authenticates itself',
    grants: 'TOKEN_EXCHANGE',
    authentications: ['AWS_IAM_ID_TOKEN_JWT'],
    resource: null,
    source: sources.clientAuthentication,
  },
  {
    action: 'kms:Sign',
    purpose: 'signs the assertion with which the client authenticates itself',
    grants: 'TOKEN_EXCHANGE',
    authentications: ['PRIVATE_KEY_JWT'],
    resource: null,
    source: sources.privateKeyJwt,
  },
  {
    action: 'kms:DescribeKey',
    purpose: 'looks up the key that signs',
    grants: 'TOKEN_EXCHANGE',
    authentications: ['PRIVATE_KEY_JWT'],
    resource: null,
    source: sources.privateKeyJwt,
  },
]);

/** The name of the secret that AgentCore keeps for a provider whose secret is MANAGED, up to the provider's name. */
export const managedSecretPrefix = 'bedrock-agentcore-identity!default/oauth2/';
