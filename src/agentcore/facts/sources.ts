const developerGuide = 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide';
const controlReference = 'https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference';
const dataReference = 'https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference';
const templateReference = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

/** The pages and specifications that the tables cite, each named once; their titles are in `source-pages.ts`. */
export const sources = Object.freeze({
  /** What the exchange is, its two grants, and the vendors that come preconfigured for it. */
  onBehalfOf: `${developerGuide}/on-behalf-of-token-exchange.html`,
  /** The table of target types and the outbound authorization that each takes. */
  outboundAuthorization: `${developerGuide}/gateway-outbound-auth.html`,
  /** What `CredentialProviderConfigurations` holds for each type of credential. */
  targetAuthorization: `${developerGuide}/gateway-building-adding-targets-authorization.html`,
  inboundAuthorization: `${developerGuide}/gateway-inbound-auth.html`,
  /** Listing modes, tool schemas and what they do not go with. */
  mcpServerTargets: `${developerGuide}/gateway-target-MCPservers.html`,
  httpRuntimeTargets: `${developerGuide}/gateway-target-http-runtime.html`,
  httpPassthroughTargets: `${developerGuide}/gateway-target-http-passthrough.html`,
  createGatewayApi: `${developerGuide}/gateway-create-api.html`,
  clientAuthentication: `${developerGuide}/client-auth-methods.html`,
  privateKeyJwt: `${developerGuide}/private-key-jwt.html`,
  nestedStacks: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html',
  createCredentialProvider: `${controlReference}/API_CreateOauth2CredentialProvider.html`,
  providerConfigInput: `${controlReference}/API_Oauth2ProviderConfigInput.html`,
  credentialProviderConfiguration: `${controlReference}/API_CredentialProviderConfiguration.html`,
  tokenExchangeGrantTypeConfig: `${controlReference}/API_TokenExchangeGrantTypeConfigType.html`,
  getResourceOauth2Token: `${dataReference}/API_GetResourceOauth2Token.html`,
  getWorkloadAccessTokenForJwt: `${dataReference}/API_GetWorkloadAccessTokenForJWT.html`,
  getSecretValue: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html',
  targetOauthCredentialProvider: `${templateReference}/aws-properties-bedrockagentcore-gatewaytarget-oauthcredentialprovider.html`,
  harnessOauthCredentialProvider: `${templateReference}/aws-properties-bedrockagentcore-harness-oauthcredentialprovider.html`,
  registryRecordOauthCredentialProvider: `${templateReference}/aws-properties-agentregistry-registryrecord-registryrecordoauthcredentialprovider.html`,
  onBehalfOfConfig: `${templateReference}/aws-properties-bedrockagentcore-oauth2credentialprovider-onbehalfoftokenexchangeconfig.html`,
  tokenExchangeConfigProperty: `${templateReference}/aws-properties-bedrockagentcore-oauth2credentialprovider-tokenexchangegranttypeconfig.html`,
  customProviderConfig: `${templateReference}/aws-properties-bedrockagentcore-oauth2credentialprovider-customoauth2providerconfiginput.html`,
  targetConfiguration: `${templateReference}/aws-properties-bedrockagentcore-gatewaytarget-targetconfiguration.html`,
  gatewayType: `${templateReference}/aws-resource-bedrockagentcore-gateway.html`,
  /** Token exchange on custom providers, and the construct that hard-codes the client's own grant. */
  /** Read and run at version 0.30.0. */
  agentCoreCli: 'https://www.npmjs.com/package/@aws/agentcore/v/0.30.0',
  tokenExchangeIssue: 'https://github.com/aws/agentcore-cli/issues/1360',
  /** Rules that were each reproduced against AWS, with what it answers. */
  liveReproductions: 'https://github.com/badmintoncryer/cdk-preflight/blob/main/docs/rules.md',
  gatewayPermissions: `${developerGuide}/gateway-prerequisites-permissions.html`,
  iamPolicyEvaluation:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
  iamBoundaries: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
  dynamicReferences: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html',
  parameterNoEcho:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html',
  /** OAuth 2.0 Token Exchange. */
  rfc8693: 'https://www.rfc-editor.org/rfc/rfc8693',
  /** JWT Profile for OAuth 2.0 Authorization Grants. */
  rfc7523: 'https://www.rfc-editor.org/rfc/rfc7523#section-2.1',
  /** The OAuth 2.0 Authorization Framework. */
  rfc6749: 'https://www.rfc-editor.org/rfc/rfc6749#section-1.3',
  entraOnBehalfOf: 'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow',
  entraNationalClouds: 'https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud',
  /** Entra's own list of the hosts of its clouds, older names included. */
  entraInstances:
    'https://login.microsoftonline.com/common/discovery/instance?api-version=1.1&authorization_endpoint=https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
  entraExternalId:
    'https://learn.microsoft.com/entra/external-id/customers/concept-authentication-methods-customers',
  /** AADSTS50013 and AADSTS500131: an assertion of another issuer or audience. */
  entraErrors: 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes',
  b2cAccessTokens: 'https://learn.microsoft.com/azure/active-directory-b2c/b2clogin',
  b2cOnBehalfOf: 'https://learn.microsoft.com/azure/active-directory-b2c/error-codes',
  adfsOnBehalfOf: 'https://learn.microsoft.com/openspecs/windows_protocols/ms-oapx/',
  cognitoTokenExchange:
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-token-exchange.html',
  cognitoPlans:
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html',
  oktaTokenExchange: 'https://developer.okta.com/docs/guides/set-up-token-exchange/main/',
  auth0TokenExchange: 'https://auth0.com/docs/api/authentication/on-behalf-of-token-exchange/get-token',
  auth0CustomTokenExchange:
    'https://auth0.com/docs/get-started/authentication-and-authorization-flow/token-exchange-flow/call-your-api-using-the-custom-token-exchange-flow',
  keycloakTokenExchange: 'https://www.keycloak.org/securing-apps/token-exchange',
  googleSts: 'https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token',
  googleOauth2: 'https://developers.google.com/identity/protocols/oauth2',
  githubOauth2: 'https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps',
});
