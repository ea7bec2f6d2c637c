import { type Fact, table } from './fact.js';
import { sources } from './sources.js';

export interface KeyFact extends Fact {
  readonly key: string;
  readonly required: boolean;
}

/** The keys of `CustomOauth2ProviderConfig.OnBehalfOfTokenExchangeConfig`. */
export const onBehalfOfKeys: readonly KeyFact[] = table([
  { key: 'GrantType', required: true, source: sources.onBehalfOfConfig },
  { key: 'TokenExchangeGrantTypeConfig', required: false, source: sources.onBehalfOfConfig },
]);

/** The keys of `OnBehalfOfTokenExchangeConfig.TokenExchangeGrantTypeConfig`. */
export const tokenExchangeGrantTypeKeys: readonly KeyFact[] = table([
  { key: 'ActorTokenContent', required: true, source: sources.tokenExchangeConfigProperty },
  { key: 'ActorTokenScopes', required: false, source: sources.tokenExchangeConfigProperty },
]);

export interface ActorTokenContentFact extends Fact {
  /** A value of `ActorTokenContent`. */
  readonly content: 'NONE' | 'M2M' | 'AWS_IAM_ID_TOKEN_JWT';
  /** Whether `ActorTokenScopes` may stand beside it. */
  readonly takesScopes: boolean;
  /** What is sent as RFC 8693's `actor_token`, as a message says it. */
  readonly meaning: string;
}

export const actorTokenContents: readonly ActorTokenContentFact[] = table([
  {
    content: 'NONE',
    takesScopes: false,
    meaning: 'no actor token is sent',
    source: sources.tokenExchangeGrantTypeConfig,
  },
  {
    content: 'M2M',
    takesScopes: true,
    meaning: "a token of the client's own, fetched with its credentials",
    source: sources.tokenExchangeGrantTypeConfig,
  },
  {
    content: 'AWS_IAM_ID_TOKEN_JWT',
    takesScopes: false,
    meaning: 'an ID token of the AWS account, which needs outbound web identity federation',
    source: sources.tokenExchangeGrantTypeConfig,
  },
]);

/** A key that people write into one of the two blocks and CloudFormation does not know there. */
export interface ForeignKeyFact extends Fact {
  /** Compared without regard to case and to `-`, `_` and blanks: see `foreignKeyOf`. */
  readonly key: string;
  /** A clause that follows the key in a message, without a full stop. */
  readonly explanation: string;
  /** One sentence: what to do instead. */
  readonly instead: string;
}

const parameterOfRfc8693 = (key: string, explanation: string, instead: string): ForeignKeyFact => ({
  key,
  explanation,
  instead,
  source: `${sources.rfc8693}#section-2.1`,
});

export const foreignKeys: readonly ForeignKeyFact[] = table([
  parameterOfRfc8693(
    'SubjectToken',
    'is a parameter of RFC 8693 that AgentCore fills in with the inbound user token',
    'Remove it.',
  ),
  parameterOfRfc8693(
    'SubjectTokenType',
    'is a parameter of RFC 8693 that CloudFormation has no property for',
    'Remove it, or send it as subject_token_type in CustomParameters of the target.',
  ),
  parameterOfRfc8693(
    'ActorToken',
    'is a parameter of RFC 8693 that AgentCore fills in as ActorTokenContent says',
    'Remove it, and choose NONE, M2M or AWS_IAM_ID_TOKEN_JWT in TokenExchangeGrantTypeConfig.ActorTokenContent.',
  ),
  parameterOfRfc8693(
    'ActorTokenType',
    'is a parameter of RFC 8693 that AgentCore derives from ActorTokenContent',
    'Remove it, and choose NONE, M2M or AWS_IAM_ID_TOKEN_JWT in TokenExchangeGrantTypeConfig.ActorTokenContent.',
  ),
  parameterOfRfc8693(
    'Audience',
    'is a parameter of RFC 8693 that CloudFormation has no property for',
    'Remove it, and send audience in CustomParameters of the target.',
  ),
  parameterOfRfc8693(
    'Resource',
    'is a parameter of RFC 8693 that CloudFormation has no property for',
    'Remove it, and send resource in CustomParameters of the target.',
  ),
  parameterOfRfc8693(
    'RequestedTokenType',
    'is a parameter of RFC 8693 that CloudFormation has no property for',
    'Remove it, and send requested_token_type in CustomParameters of the target.',
  ),
  parameterOfRfc8693(
    'Scope',
    'is a parameter of RFC 8693 that the target sets',
    'Remove it, and list the scopes in Scopes of the target.',
  ),
  parameterOfRfc8693(
    'Scopes',
    'belongs to the target that uses the provider',
    'Remove it, and list the scopes in Scopes of the target; scopes of the actor token go into ActorTokenScopes.',
  ),
  {
    key: 'RequestedTokenUse',
    explanation: 'is a parameter of Microsoft Entra that CloudFormation has no property for',
    instead: 'Remove it, and send requested_token_use in CustomParameters of the target.',
    source: sources.entraOnBehalfOf,
  },
  {
    key: 'CustomParameters',
    explanation: 'belongs to the target that uses the provider',
    instead: 'Move it into the OauthCredentialProvider of the target.',
    source: sources.targetOauthCredentialProvider,
  },
  {
    key: 'ForwardInboundToken',
    explanation: 'was proposed in a feature request and never existed',
    instead:
      'Remove it: the exchange itself uses the inbound token, and CredentialProviderType JWT_PASSTHROUGH on the target hands it on unchanged.',
    source: sources.tokenExchangeIssue,
  },
]);
