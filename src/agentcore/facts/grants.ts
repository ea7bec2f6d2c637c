import type { ConsumerGrant } from './consumer-kinds.js';
import { type Fact, table } from './fact.js';
import { sources } from './sources.js';

export type ProviderGrant = 'TOKEN_EXCHANGE' | 'JWT_AUTHORIZATION_GRANT';

export interface ProviderGrantFact extends Fact {
  /** A value of `OnBehalfOfTokenExchangeConfig.GrantType`. */
  readonly grant: ProviderGrant;
  /** The specification, as a message names it. */
  readonly specification: string;
  /** The `grant_type` that AgentCore sends to the identity provider. */
  readonly wireName: string;
}

export const providerGrants: readonly ProviderGrantFact[] = table([
  {
    grant: 'TOKEN_EXCHANGE',
    specification: 'RFC 8693',
    wireName: 'urn:ietf:params:oauth:grant-type:token-exchange',
    source: sources.rfc8693,
  },
  {
    grant: 'JWT_AUTHORIZATION_GRANT',
    specification: 'RFC 7523 section 2.1',
    wireName: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    source: sources.rfc7523,
  },
]);

/** A word that people write as a grant and CloudFormation does not take in that place. */
export interface GrantAliasFact extends Fact {
  /** Compared without regard to case and to `-`, `_` and blanks: see `grantAliasOf`. */
  readonly written: string;
  /** What it means as the `GrantType` of a consumer; null when it means none of them. */
  readonly consumerGrant: ConsumerGrant | null;
  /** What it means as the `GrantType` of an `OnBehalfOfTokenExchangeConfig`; null when it means neither. */
  readonly providerGrant: ProviderGrant | null;
  /** A clause that follows the written word in a message, without a full stop. */
  readonly explanation: string;
}

export const grantAliases: readonly GrantAliasFact[] = table([
  {
    written: 'urn:ietf:params:oauth:grant-type:token-exchange',
    consumerGrant: 'TOKEN_EXCHANGE',
    providerGrant: 'TOKEN_EXCHANGE',
    explanation: 'is the name that OAuth sends over the wire; CloudFormation writes TOKEN_EXCHANGE',
    source: sources.rfc8693,
  },
  {
    written: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    consumerGrant: 'TOKEN_EXCHANGE',
    providerGrant: 'JWT_AUTHORIZATION_GRANT',
    explanation:
      'is the name that OAuth sends over the wire; CloudFormation writes JWT_AUTHORIZATION_GRANT on the provider and TOKEN_EXCHANGE on its targets',
    source: sources.rfc7523,
  },
  {
    written: 'JWT_AUTHORIZATION_GRANT',
    consumerGrant: 'TOKEN_EXCHANGE',
    providerGrant: 'JWT_AUTHORIZATION_GRANT',
    explanation:
      'belongs in the OnBehalfOfTokenExchangeConfig of the provider; a target asks for TOKEN_EXCHANGE with both grants of the provider',
    source: sources.onBehalfOf,
  },
  {
    written: 'JWT_BEARER',
    consumerGrant: 'TOKEN_EXCHANGE',
    providerGrant: 'JWT_AUTHORIZATION_GRANT',
    explanation:
      'is how OAuth names the grant of RFC 7523; CloudFormation writes JWT_AUTHORIZATION_GRANT on the provider and TOKEN_EXCHANGE on its targets',
    source: sources.rfc7523,
  },
  {
    written: 'ON_BEHALF_OF_TOKEN_EXCHANGE',
    consumerGrant: 'TOKEN_EXCHANGE',
    providerGrant: null,
    explanation:
      'is the oauth2Flow of the call GetResourceOauth2Token; in a template a target asks for TOKEN_EXCHANGE, and the provider names TOKEN_EXCHANGE or JWT_AUTHORIZATION_GRANT',
    source: sources.getResourceOauth2Token,
  },
  {
    written: 'ON_BEHALF_OF',
    consumerGrant: 'TOKEN_EXCHANGE',
    providerGrant: null,
    explanation:
      'names the pattern, not a grant; a target asks for TOKEN_EXCHANGE, and the provider names TOKEN_EXCHANGE or JWT_AUTHORIZATION_GRANT',
    source: sources.onBehalfOf,
  },
  {
    written: 'OBO',
    consumerGrant: 'TOKEN_EXCHANGE',
    providerGrant: null,
    explanation:
      'names the pattern, not a grant; a target asks for TOKEN_EXCHANGE, and the provider names TOKEN_EXCHANGE or JWT_AUTHORIZATION_GRANT',
    source: sources.onBehalfOf,
  },
  {
    written: 'USER_FEDERATION',
    consumerGrant: 'AUTHORIZATION_CODE',
    providerGrant: null,
    explanation:
      'is the oauth2Flow of the call GetResourceOauth2Token; in a template it is AUTHORIZATION_CODE',
    source: sources.getResourceOauth2Token,
  },
  {
    written: 'M2M',
    consumerGrant: 'CLIENT_CREDENTIALS',
    providerGrant: null,
    explanation:
      'is the oauth2Flow of the call GetResourceOauth2Token; in a template it is CLIENT_CREDENTIALS',
    source: sources.getResourceOauth2Token,
  },
  {
    written: 'CLIENT_CREDENTIALS',
    consumerGrant: 'CLIENT_CREDENTIALS',
    providerGrant: null,
    explanation:
      'is a grant that a target asks for; it exchanges no token and has no place in an OnBehalfOfTokenExchangeConfig',
    source: sources.rfc6749,
  },
  {
    written: 'AUTHORIZATION_CODE',
    consumerGrant: 'AUTHORIZATION_CODE',
    providerGrant: null,
    explanation:
      'is a grant that a target asks for; it exchanges no token and has no place in an OnBehalfOfTokenExchangeConfig',
    source: sources.rfc6749,
  },
  {
    written: 'JWT_PASSTHROUGH',
    consumerGrant: null,
    providerGrant: null,
    explanation: 'is a CredentialProviderType of a target, not a grant',
    source: sources.credentialProviderConfiguration,
  },
]);
