import { type Fact, table } from './fact.js';
import { sources } from './sources.js';

/** A value of `CredentialProviderVendor`, and the one block of `Oauth2ProviderConfigInput` that goes with it. */
export interface VendorFact extends Fact {
  readonly vendor: string;
  readonly configBlock: string;
  /** Only the custom vendor's block holds an `OnBehalfOfTokenExchangeConfig`. */
  readonly custom: boolean;
}

const builtIn = (vendor: string, configBlock: string): VendorFact => ({
  vendor,
  configBlock,
  custom: false,
  source: sources.providerConfigInput,
});

/** Vendors whose endpoints AgentCore knows, and which share one block. */
const included = (vendor: string): VendorFact => builtIn(vendor, 'IncludedOauth2ProviderConfig');

export const vendors: readonly VendorFact[] = table([
  {
    vendor: 'CustomOauth2',
    configBlock: 'CustomOauth2ProviderConfig',
    custom: true,
    source: sources.providerConfigInput,
  },
  builtIn('GoogleOauth2', 'GoogleOauth2ProviderConfig'),
  builtIn('GithubOauth2', 'GithubOauth2ProviderConfig'),
  builtIn('SlackOauth2', 'SlackOauth2ProviderConfig'),
  builtIn('SalesforceOauth2', 'SalesforceOauth2ProviderConfig'),
  builtIn('MicrosoftOauth2', 'MicrosoftOauth2ProviderConfig'),
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
