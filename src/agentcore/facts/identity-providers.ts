import { type Fact, table } from './fact.js';
import type { ProviderGrant } from './grants.js';
import { sources } from './sources.js';

export interface HostPatternFact extends Fact {
  /**
   * Labels of a host name. `*` in front stands for one label or more, `*` between labels for exactly one,
   * and everything else for itself; `*` alone is any host.
   */
  readonly host: string;
  /** The segments of the path that tell, in front of whatever follows; `*` is any one segment. None where the host tells. */
  readonly path: readonly string[];
}

/** A parameter of the exchange request that an identity provider insists on. */
export interface ExchangeParameterFact extends Fact {
  readonly name: string;
  /** The grant whose request it belongs to. */
  readonly grant: ProviderGrant;
  /** The only values that are taken; null where others may be. */
  readonly accepted: readonly string[] | null;
  /** Values that are refused. */
  readonly refused: readonly string[];
  /** Whether the request is refused without it. */
  readonly required: boolean;
  /** Asked for only where another parameter has one of these values, or is none of them where `not`. */
  readonly beside?: { readonly name: string; readonly values: readonly string[]; readonly not?: true };
  /** What to write: a value, or in angle brackets what only the user knows. */
  readonly write: string;
}

/** What the exchange at an identity provider has to send. */
export interface ExchangeRequest {
  /** Whether a request that breaks it was seen to be refused (error), or only the documentation says so (warning). */
  readonly severity: 'error' | 'warning';
  readonly parameters: readonly ExchangeParameterFact[];
  /** Parameters, or values of one, that make another kind of request, of which nothing is known here. */
  readonly silentWith: readonly { readonly name: string; readonly value: string | null }[];
  /** The path of the URL that the demand holds for, every segment literal; null for any. */
  readonly path: readonly string[] | null;
  /** A path among those for which nothing is known all the same. */
  readonly exceptPath: readonly string[] | null;
  /** Whether it holds only for tokens that the same issuer made: those of others go another way at the same endpoint. */
  readonly ownTokensOnly: boolean;
}

/** Which tokens an identity provider redeems. */
export type Redeems =
  /** Its own tenant's and no others: certain. */
  | 'own-tenant'
  /** Its own organization's, unless another is trusted. */
  | 'own-organization'
  /** Those of others as well, or nobody knows. */
  | 'unknown';

export interface IdentityProviderFact extends Fact {
  /** How a message names it. */
  readonly name: string;
  /** The hosts, or paths, of its discovery documents, issuers and token endpoints. */
  readonly hosts: readonly HostPatternFact[];
  /** The on-behalf-of grants that it speaks. */
  readonly grants: readonly ProviderGrant[];
  /** Grants of which no source says whether it speaks them. */
  readonly unknownGrants: readonly ProviderGrant[];
  readonly request: ExchangeRequest | null;
  readonly redeems: Redeems;
}

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const JWT = 'urn:ietf:params:oauth:token-type:jwt';
const ID_JAG = 'urn:ietf:params:oauth:token-type:id-jag';

/** What AgentCore sends in a request of RFC 8693 unless `CustomParameters` says otherwise. */
export const sentByDefault: readonly (Fact & { readonly name: string; readonly value: string })[] = table([
  { name: 'subject_token_type', value: JWT, source: sources.onBehalfOf },
]);

const hosts = (source: string, ...patterns: readonly string[]): readonly HostPatternFact[] =>
  patterns.map((host) => ({ host, path: [], source }));

const ANYTHING = { accepted: null, refused: [], required: true } as const;
const REQUESTED_TOKEN_USE = {
  name: 'requested_token_use',
  grant: 'JWT_AUTHORIZATION_GRANT',
  accepted: ['on_behalf_of'],
  refused: [],
  required: true,
  write: 'on_behalf_of',
} as const;
/** Auth0's on-behalf-of request, told from its custom token exchange by the type of the subject token. */
const AUTH0_ON_BEHALF_OF = { name: 'subject_token_type', values: [ACCESS_TOKEN, JWT] } as const;

/** Identity providers whose grants are known. Any other host is unknown, which is no reason for a finding. */
export const identityProviders: readonly IdentityProviderFact[] = table([
  {
    name: 'Microsoft Entra ID',
    hosts: [
      ...hosts(
        sources.entraNationalClouds,
        'login.microsoftonline.com',
        'login.microsoftonline.us',
        'login.microsoftonline.de',
        'login.partner.microsoftonline.cn',
      ),
      ...hosts(
        sources.entraInstances,
        'sts.windows.net',
        'login.windows.net',
        'login.microsoft.com',
        'login.chinacloudapi.cn',
        'login.usgovcloudapi.net',
      ),
      ...hosts(sources.entraExternalId, '*.ciamlogin.com'),
    ],
    grants: ['JWT_AUTHORIZATION_GRANT'],
    unknownGrants: [],
    request: {
      severity: 'error',
      parameters: [{ ...REQUESTED_TOKEN_USE, source: sources.entraOnBehalfOf }],
      silentWith: [],
      path: null,
      exceptPath: null,
      ownTokensOnly: false,
    },
    redeems: 'own-tenant',
    source: sources.entraOnBehalfOf,
  },
  {
    name: 'Azure AD B2C',
    hosts: hosts(sources.b2cAccessTokens, '*.b2clogin.com'),
    grants: [],
    unknownGrants: [],
    request: null,
    redeems: 'unknown',
    source: sources.b2cOnBehalfOf,
  },
  {
    name: 'AD FS',
    hosts: [{ host: '*', path: ['adfs'], source: sources.adfsOnBehalfOf }],
    grants: ['JWT_AUTHORIZATION_GRANT'],
    unknownGrants: [],
    request: {
      severity: 'error',
      parameters: [
        { ...REQUESTED_TOKEN_USE, source: sources.adfsOnBehalfOf },
        {
          ...ANYTHING,
          name: 'resource',
          grant: 'JWT_AUTHORIZATION_GRANT',
          write: '<identifier of the API that is called>',
          source: sources.adfsOnBehalfOf,
        },
      ],
      silentWith: [],
      path: null,
      exceptPath: null,
      ownTokensOnly: false,
    },
    redeems: 'unknown',
    source: sources.adfsOnBehalfOf,
  },
  {
    // Since 12 November 2026, on the Essentials and Plus plans.
    name: 'Amazon Cognito',
    hosts: hosts(sources.cognitoTokenExchange, 'cognito-idp.*.amazonaws.com', '*.auth.*.amazoncognito.com'),
    grants: ['TOKEN_EXCHANGE'],
    unknownGrants: [],
    request: null,
    redeems: 'unknown',
    source: sources.cognitoTokenExchange,
  },
  {
    name: 'Okta',
    hosts: hosts(sources.oktaTokenExchange, '*.okta.com', '*.oktapreview.com', '*.okta-emea.com'),
    grants: ['TOKEN_EXCHANGE'],
    unknownGrants: [],
    request: {
      severity: 'error',
      parameters: [
        {
          ...ANYTHING,
          name: 'audience',
          grant: 'TOKEN_EXCHANGE',
          write: '<audience of the API that is called>',
          source: sources.oktaTokenExchange,
        },
        {
          ...ANYTHING,
          name: 'subject_token_type',
          grant: 'TOKEN_EXCHANGE',
          refused: [JWT],
          write: ACCESS_TOKEN,
          source: sources.oktaTokenExchange,
        },
      ],
      silentWith: [],
      // A custom authorization server; of the organization's own server, /oauth2/v1, nothing is known.
      path: ['oauth2', '*'],
      exceptPath: ['oauth2', 'v1'],
      ownTokensOnly: false,
    },
    redeems: 'own-organization',
    source: sources.oktaTokenExchange,
  },
  {
    name: 'Auth0',
    hosts: hosts(sources.auth0TokenExchange, '*.auth0.com'),
    grants: ['TOKEN_EXCHANGE'],
    unknownGrants: [],
    request: {
      severity: 'warning',
      parameters: [
        {
          ...ANYTHING,
          name: 'subject_token_type',
          grant: 'TOKEN_EXCHANGE',
          refused: [JWT],
          write: ACCESS_TOKEN,
          source: sources.auth0TokenExchange,
        },
        {
          ...ANYTHING,
          name: 'requested_token_type',
          grant: 'TOKEN_EXCHANGE',
          accepted: [ACCESS_TOKEN],
          beside: AUTH0_ON_BEHALF_OF,
          write: ACCESS_TOKEN,
          source: sources.auth0TokenExchange,
        },
        {
          ...ANYTHING,
          name: 'audience',
          grant: 'TOKEN_EXCHANGE',
          beside: AUTH0_ON_BEHALF_OF,
          write: '<identifier of the API that is called>',
          source: sources.auth0TokenExchange,
        },
        {
          name: 'requested_token_type',
          grant: 'TOKEN_EXCHANGE',
          accepted: null,
          refused: [ACCESS_TOKEN],
          required: false,
          // Custom token exchange: a type of one's own, since urn:ietf is reserved.
          beside: { ...AUTH0_ON_BEHALF_OF, not: true },
          write: '',
          source: sources.auth0CustomTokenExchange,
        },
      ],
      silentWith: [
        { name: 'subject_token_type', value: 'urn:ietf:params:oauth:token-type:id_token' },
        { name: 'requested_token_type', value: ID_JAG },
      ],
      path: null,
      exceptPath: null,
      ownTokensOnly: false,
    },
    redeems: 'unknown',
    source: sources.auth0TokenExchange,
  },
  {
    name: 'Keycloak',
    hosts: [
      { host: '*', path: ['realms', '*'], source: sources.keycloakTokenExchange },
      { host: '*', path: ['auth', 'realms', '*'], source: sources.keycloakTokenExchange },
    ],
    grants: ['TOKEN_EXCHANGE'],
    unknownGrants: ['JWT_AUTHORIZATION_GRANT'],
    request: {
      severity: 'warning',
      parameters: [
        {
          ...ANYTHING,
          name: 'subject_token_type',
          grant: 'TOKEN_EXCHANGE',
          refused: [JWT],
          write: ACCESS_TOKEN,
          source: sources.keycloakTokenExchange,
        },
      ],
      silentWith: [{ name: 'subject_issuer', value: null }],
      path: null,
      exceptPath: null,
      ownTokensOnly: true,
    },
    redeems: 'unknown',
    source: sources.keycloakTokenExchange,
  },
  {
    name: 'Google Security Token Service',
    hosts: hosts(sources.googleSts, 'sts.googleapis.com'),
    grants: ['TOKEN_EXCHANGE'],
    unknownGrants: [],
    request: {
      severity: 'warning',
      parameters: [
        {
          ...ANYTHING,
          name: 'audience',
          grant: 'TOKEN_EXCHANGE',
          write: '<resource name of the workload identity pool provider>',
          source: sources.googleSts,
        },
        {
          ...ANYTHING,
          name: 'requested_token_type',
          grant: 'TOKEN_EXCHANGE',
          write: ACCESS_TOKEN,
          source: sources.googleSts,
        },
      ],
      silentWith: [],
      path: null,
      exceptPath: null,
      ownTokensOnly: false,
    },
    redeems: 'unknown',
    source: sources.googleSts,
  },
]);

/** What a Cognito user pool client must allow to exchange tokens. */
export interface CognitoExchangeFact extends Fact {
  /** An entry of `ExplicitAuthFlows`. */
  readonly flow: string;
  /** Whether the exchange sends an actor token. */
  readonly actorToken: boolean;
}

export const cognitoExchangeFlows: readonly CognitoExchangeFact[] = table([
  { flow: 'ALLOW_TOKEN_EXCHANGE_IMPERSONATION', actorToken: false, source: sources.cognitoTokenExchange },
  { flow: 'ALLOW_TOKEN_EXCHANGE_DELEGATION', actorToken: true, source: sources.cognitoTokenExchange },
]);

/** The plans of a user pool, `UserPoolTier`, that do not exchange tokens. */
export const cognitoPlansWithoutExchange: readonly (Fact & { readonly plan: string })[] = table([
  { plan: 'LITE', source: sources.cognitoTokenExchange },
]);
