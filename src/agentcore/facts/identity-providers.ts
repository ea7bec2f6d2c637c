import { type Fact, table } from './fact.js';
import type { ProviderGrant } from './grants.js';
import { sources } from './sources.js';

export interface HostPatternFact extends Fact {
  /**
   * Labels of a host name. `*` in front stands for one label or more, `*` between labels for exactly one,
   * and everything else for itself.
   */
  readonly host: string;
}

export interface IdentityProviderFact extends Fact {
  /** How a message names it. */
  readonly name: string;
  /** The hosts of its discovery documents, issuers and token endpoints. */
  readonly hosts: readonly HostPatternFact[];
  /** The on-behalf-of grants that it speaks. */
  readonly grants: readonly ProviderGrant[];
  /** What a consumer of a custom provider must send in `CustomParameters`; null when nothing. */
  readonly requiredParameter: { readonly name: string; readonly value: string } | null;
}

const hosts = (source: string, ...patterns: readonly string[]): readonly HostPatternFact[] =>
  patterns.map((host) => ({ host, source }));

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
    requiredParameter: { name: 'requested_token_use', value: 'on_behalf_of' },
    source: sources.entraOnBehalfOf,
  },
  {
    name: 'Amazon Cognito',
    hosts: hosts(sources.cognitoGrants, 'cognito-idp.*.amazonaws.com', '*.auth.*.amazoncognito.com'),
    grants: [],
    requiredParameter: null,
    source: sources.cognitoGrants,
  },
  {
    name: 'Okta',
    hosts: hosts(sources.oktaTokenExchange, '*.okta.com', '*.oktapreview.com', '*.okta-emea.com'),
    grants: ['TOKEN_EXCHANGE'],
    requiredParameter: null,
    source: sources.oktaTokenExchange,
  },
  {
    name: 'Auth0',
    hosts: hosts(sources.auth0TokenExchange, '*.auth0.com'),
    grants: ['TOKEN_EXCHANGE'],
    requiredParameter: null,
    source: sources.auth0TokenExchange,
  },
]);
