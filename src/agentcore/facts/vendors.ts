import { type Fact, table } from './fact.js';
import type { ProviderGrant } from './grants.js';
import { sources } from './sources.js';

/** A value of `CredentialProviderVendor`, and the one block of `Oauth2ProviderConfigInput` that goes with it. */
export interface VendorFact extends Fact {
  readonly vendor: string;
  readonly configBlock: string;
  /** Only the custom vendor's block holds an `OnBehalfOfTokenExchangeConfig`. */
  readonly custom: boolean;
  /** Whether it has a two-legged grant, so that CLIENT_CREDENTIALS can work; null where no source was read. */
  readonly clientCredentials: boolean | null;
  /** The grant that it exchanges tokens with although its block holds no `OnBehalfOfTokenExchangeConfig`; else null. */
  readonly nativeExchange: ProviderGrant | null;
  /** Where it exchanges them: the host, and the property of its block that names the tenant; null where it does not. */
  readonly exchangesAt: { readonly host: string; readonly tenant: string } | null;
}

const builtIn = (vendor: string, configBlock: string, known: Partial<VendorFact> = {}): VendorFact => ({
  vendor,
  configBlock,
  custom: false,
  clientCredentials: null,
  nativeExchange: null,
  exchangesAt: null,
  source: sources.providerConfigInput,
  ...known,
});

/** Vendors whose endpoints AgentCore knows, and which share one block. */
const included = (vendor: string): VendorFact => builtIn(vendor, 'IncludedOauth2ProviderConfig');

export const vendors: readonly VendorFact[] = table([
  {
    vendor: 'CustomOauth2',
    configBlock: 'CustomOauth2ProviderConfig',
    custom: true,
    clientCredentials: null,
    nativeExchange: null,
    exchangesAt: null,
    source: sources.providerConfigInput,
  },
  builtIn('GoogleOauth2', 'GoogleOauth2ProviderConfig', {
    clientCredentials: false,
    source: sources.googleOauth2,
  }),
  builtIn('GithubOauth2', 'GithubOauth2ProviderConfig', {
    clientCredentials: false,
    source: sources.githubOauth2,
  }),
  builtIn('SlackOauth2', 'SlackOauth2ProviderConfig'),
  builtIn('SalesforceOauth2', 'SalesforceOauth2ProviderConfig'),
  builtIn('MicrosoftOauth2', 'MicrosoftOauth2ProviderConfig', {
    nativeExchange: 'JWT_AUTHORIZATION_GRANT',
    exchangesAt: { host: 'login.microsoftonline.com', tenant: 'TenantId' },
    source: sources.onBehalfOf,
    disputed:
      'The developer guide lists Microsoft as preconfigured for the exchange; aws/agentcore-cli issue 1360, which is older, counts it among the vendors that cannot. The rule option nativeVendors gives the older reading.',
  }),
  builtIn('AtlassianOauth2', 'AtlassianOauth2ProviderConfig'),
  builtIn('LinkedinOauth2', 'LinkedinOauth2ProviderConfig'),
  included('XOauth2'),
  included('OktaOauth2'),
  included('OneLoginOauth2'),
  included('PingOneOauth2'),
  included('FacebookOauth2'),
  included('YandexOauth2'),
  included('RedditOauth2'),
  included('ZoomOauth2'),
  included('TwitchOauth2'),
  included('SpotifyOauth2'),
  included('DropboxOauth2'),
  included('NotionOauth2'),
  included('HubspotOauth2'),
  included('CyberArkOauth2'),
  included('FusionAuthOauth2'),
  included('Auth0Oauth2'),
  included('CognitoOauth2'),
]);

/** Every key that `Oauth2ProviderConfigInput` takes, each once. */
export const configBlocks: readonly string[] = table([...new Set(vendors.map((row) => row.configBlock))]);
