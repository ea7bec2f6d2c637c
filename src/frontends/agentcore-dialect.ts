import type { Dialect, Saying } from './front-end.js';

const PROJECT_WORDS: Readonly<Record<string, string>> = {
  ApiKeyCredentialProvider: 'an API key',
  AuthorizerConfiguration: 'authorizerConfiguration',
  AuthorizerType: 'authorizerType',
  CredentialProvider: 'credentialName',
  CredentialProviderType: 'outboundAuth.type',
  CredentialProviderVendor: 'vendor',
  CustomJWTAuthorizer: 'customJwtAuthorizer',
  CustomParameters: 'customParameters',
  DefaultReturnUrl: 'defaultReturnUrl',
  DiscoveryUrl: 'discoveryUrl',
  GatewayArn: 'gatewayArn',
  GrantType: 'grantType',
  OauthCredentialProvider: 'outboundAuth',
  OutboundAuth: 'outboundAuth',
  OnBehalfOfTokenExchangeConfig: 'onBehalfOfTokenExchangeConfig',
  ProtocolType: 'protocolType',
  ProviderArn: 'outboundAuth.credentialName',
  RoleArn: 'executionRoleArn',
  TargetConfiguration: 'targetType',
};

const HARNESS_WORDS: Readonly<Record<string, string>> = {
  ...PROJECT_WORDS,
  ProviderArn: 'outboundAuth.oauth.providerArn',
  GrantType: 'outboundAuth.oauth.grantType',
};

const SAYINGS: Readonly<Record<string, Saying>> = {};

/** The words of `agentcore.json`. */
export const projectDialect: Dialect = {
  name: 'agentcore.json',
  word: (name) => PROJECT_WORDS[name] ?? name,
  sayings: SAYINGS,
  fixes: false,
  facts: {},
};

/** The words of `harness.json`. */
export const harnessDialect: Dialect = {
  name: 'harness.json',
  word: (name) => HARNESS_WORDS[name] ?? name,
  sayings: SAYINGS,
  fixes: false,
  facts: {},
};
