import { sources } from './sources.js';

/** A page that facts come from, as people cite it. */
export interface SourcePage {
  readonly title: string;
  /** The day on which what the tables take from it was last read there or confirmed otherwise, as `YYYY-MM-DD`. */
  readonly confirmed: string;
}

/** The day on which most pages were last read. */
const REVIEW = '2026-11-28';

const page = (title: string, confirmed: string = REVIEW): SourcePage => ({ title, confirmed });

/** The titles of the pages in `sources`, and when each was last looked at. Kept apart: a run needs neither. */
const pages: Readonly<Record<keyof typeof sources, SourcePage>> = {
  onBehalfOf: page('AgentCore developer guide: On-behalf-of token exchange'),
  outboundAuthorization: page('AgentCore developer guide: Set up outbound authorization for your gateway'),
  targetAuthorization: page(
    'AgentCore developer guide: Specify the authorization type and credentials to access the gateway target',
  ),
  inboundAuthorization: page('AgentCore developer guide: Set up inbound authorization for your gateway'),
  mcpServerTargets: page('AgentCore developer guide: MCP servers targets'),
  httpRuntimeTargets: page('AgentCore developer guide: AgentCore Runtime targets'),
  httpPassthroughTargets: page('AgentCore developer guide: HTTP passthrough targets'),
  nestedStacks: page('CloudFormation user guide: Embed stacks within other stacks using nested stacks'),
  createGatewayApi: page('AgentCore developer guide: Create a gateway with the API'),
  clientAuthentication: page('AgentCore developer guide: Client authentication methods'),
  privateKeyJwt: page('AgentCore developer guide: Private Key JWT client authentication'),
  createCredentialProvider: page('AgentCore control plane API: CreateOauth2CredentialProvider', '2026-11-21'),
  providerConfigInput: page('AgentCore control plane API: Oauth2ProviderConfigInput'),
  credentialProviderConfiguration: page('AgentCore control plane API: CredentialProviderConfiguration'),
  tokenExchangeGrantTypeConfig: page('AgentCore control plane API: TokenExchangeGrantTypeConfigType'),
  getResourceOauth2Token: page('AgentCore data plane API: GetResourceOauth2Token', '2026-11-21'),
  getWorkloadAccessTokenForJwt: page('AgentCore data plane API: GetWorkloadAccessTokenForJWT', '2026-11-21'),
  getSecretValue: page('Secrets Manager API: GetSecretValue', '2026-11-21'),
  targetOauthCredentialProvider: page('CloudFormation: GatewayTarget OAuthCredentialProvider'),
  harnessOauthCredentialProvider: page('CloudFormation: Harness OAuthCredentialProvider'),
  registryRecordOauthCredentialProvider: page('CloudFormation: RegistryRecord OAuthCredentialProvider'),
  onBehalfOfConfig: page('CloudFormation: OAuth2CredentialProvider OnBehalfOfTokenExchangeConfig'),
  tokenExchangeConfigProperty: page('CloudFormation: OAuth2CredentialProvider TokenExchangeGrantTypeConfig'),
  customProviderConfig: page('CloudFormation: OAuth2CredentialProvider CustomOauth2ProviderConfigInput'),
  targetConfiguration: page('CloudFormation: GatewayTarget TargetConfiguration'),
  gatewayType: page('CloudFormation: AWS::BedrockAgentCore::Gateway'),
  agentCoreCli: page('AgentCore CLI 0.30.0, as it is published on npm'),
  tokenExchangeIssue: page('aws/agentcore-cli issue 1360'),
  liveReproductions: page('cdk-preflight 0.0.143: rules, each reproduced against AWS', '2026-09-05'),
  gatewayPermissions: page(
    'AgentCore developer guide: Set up permissions for AgentCore Gateway',
    '2026-11-21',
  ),
  iamPolicyEvaluation: page('IAM user guide: Policy evaluation logic', '2026-11-21'),
  iamBoundaries: page('IAM user guide: Permissions boundaries for IAM entities'),
  dynamicReferences: page('CloudFormation user guide: Get values stored in other services', '2026-11-21'),
  parameterNoEcho: page('CloudFormation user guide: Parameters'),
  rfc8693: page('RFC 8693: OAuth 2.0 Token Exchange', '2026-11-21'),
  rfc7523: page('RFC 7523: JWT Profile for OAuth 2.0 Authorization Grants, section 2.1', '2026-11-21'),
  rfc6749: page('RFC 6749: The OAuth 2.0 Authorization Framework, section 1.3', '2026-11-21'),
  entraOnBehalfOf: page('Microsoft identity platform: OAuth 2.0 On-Behalf-Of flow', '2026-11-21'),
  entraNationalClouds: page('Microsoft Entra: National clouds', '2026-11-21'),
  entraInstances: page('Microsoft Entra: instance discovery', '2026-11-21'),
  entraExternalId: page('Microsoft Entra External ID: authentication methods', '2026-11-21'),
  entraErrors: page('Microsoft Entra: AADSTS error codes'),
  b2cAccessTokens: page('Azure AD B2C: b2clogin.com'),
  b2cOnBehalfOf: page('Azure AD B2C: error codes (AADB2C90086)'),
  adfsOnBehalfOf: page('MS-OAPX: OAuth 2.0 Protocol Extensions, 2.2.3.1 and 3.1.5.2.1.1'),
  cognitoTokenExchange: page('Cognito developer guide: Exchanging tokens for downstream services'),
  cognitoPlans: page('Cognito developer guide: User pool feature plans'),
  oktaTokenExchange: page('Okta: Set up OAuth 2.0 On-Behalf-Of Token Exchange'),
  auth0TokenExchange: page('Auth0: On-Behalf-Of Token Exchange'),
  auth0CustomTokenExchange: page('Auth0: Custom Token Exchange'),
  keycloakTokenExchange: page('Keycloak: Using token exchange'),
  googleSts: page('Google Cloud: Security Token Service API, token'),
  googleOauth2: page('Google: Using OAuth 2.0 to access Google APIs'),
  githubOauth2: page('GitHub: Authorizing OAuth apps'),
};

/**
 * The page behind a fact's source.
 * @param source a URL, with or without a fragment
 * @returns undefined for a URL that the tables do not name
 */
export function sourcePageOf(source: string): SourcePage | undefined {
  const names = Object.keys(sources) as (keyof typeof sources)[];
  const exact = names.find((name) => sources[name] === source);
  const found = exact ?? names.find((name) => source.startsWith(`${sources[name]}#`));
  return found === undefined ? undefined : pages[found];
}
