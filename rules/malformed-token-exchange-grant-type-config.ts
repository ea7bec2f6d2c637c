import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';

const ID = 'malformed-token-exchange-grant-type-config';

export const malformedTokenExchangeGrantTypeConfig = defineRule({
  id: ID,
  severity: 'error',
  on: 'provider',
  summary:
    'A TokenExchangeGrantTypeConfig has no or an unknown ActorTokenContent, ActorTokenScopes that cannot apply, unknown keys, or stands beside JWT_AUTHORIZATION_GRANT.',
  rationale:
    'The block says which actor token goes with the exchange of RFC 8693. The creation of the provider fails where it is incomplete, and where it is not read as it was meant the wrong token, or none, is sent.',
  remedy:
    'Write ActorTokenContent: NONE, M2M or AWS_IAM_ID_TOKEN_JWT; ActorTokenScopes only with M2M, as a list of strings. With JWT_AUTHORIZATION_GRANT the block goes: no actor token is configured there.',
  sources: [sources.tokenExchangeConfigProperty, sources.tokenExchangeGrantTypeConfig, sources.onBehalfOf],
  messages: {
    besideJwtGrant: {
      message:
        '{provider} has TokenExchangeGrantTypeConfig beside GrantType JWT_AUTHORIZATION_GRANT, which takes no actor token.',
      help: 'Remove TokenExchangeGrantTypeConfig, or change the GrantType to TOKEN_EXCHANGE.',
    },
    misplaced: {
      message: '{provider} has {key} under {parent}, where CloudFormation does not know it.',
      help: 'Move it into OnBehalfOfTokenExchangeConfig as TokenExchangeGrantTypeConfig.',
    },
    misspelledKey: {
      message:
        '{block} of {provider} has {key}, which CloudFormation does not know; it is called {suggestion}.',
      help: 'Rename it to {suggestion}.',
    },
    foreignKey: {
      message: '{block} of {provider} has {key}, which {explanation}.',
      help: '{instead}',
    },
    keyOfOtherBlock: {
      message: '{block} of {provider} has {key}, which belongs in OnBehalfOfTokenExchangeConfig.',
      help: 'Move it up into OnBehalfOfTokenExchangeConfig as {name}.',
    },
    unknownKey: {
      message: '{block} of {provider} has {key}, which CloudFormation does not know; it takes {keys}.',
      help: 'Remove {key}.',
    },
    wrongType: {
      message: 'TokenExchangeGrantTypeConfig of {provider} is {type}, where a map belongs.',
      help: 'Write a map with ActorTokenContent (NONE, M2M or AWS_IAM_ID_TOKEN_JWT).',
    },
    noContent: {
      message: 'TokenExchangeGrantTypeConfig of {provider} has no ActorTokenContent, which is required.',
      help: 'Add ActorTokenContent: NONE, or M2M or AWS_IAM_ID_TOKEN_JWT where an actor token is to be sent.',
    },
    contentWrongType: {
      message: 'The ActorTokenContent of {provider} is {type}, where a string belongs.',
      help: 'Write NONE, M2M or AWS_IAM_ID_TOKEN_JWT.',
    },
    misspelledContent: {
      message:
        "The ActorTokenContent '{written}' of {provider} is not one of {contents}; did you mean {suggestion}?",
      help: 'Write {suggestion}.',
    },
    unknownContent: {
      message: "The ActorTokenContent '{written}' of {provider} is not one of {contents}.",
      help: 'Write one of {contents}.',
    },
    scopesWithoutM2m: {
      message:
        '{provider} has ActorTokenScopes beside ActorTokenContent {content}, with which {meaning}: scopes apply to M2M only.',
      help: 'Remove ActorTokenScopes, or change ActorTokenContent to M2M.',
    },
    scopesNoList: {
      message: 'The ActorTokenScopes of {provider} are {type}, where a list of strings belongs.',
      help: 'Write a list of strings.',
    },
    scopeNoString: {
      message: 'The ActorTokenScopes of {provider} hold {type}, where strings belong.',
      help: 'Write a list of strings.',
    },
  },
  check: {
    provider(provider, when, context) {
      for (const { rule, problem } of provider.onBehalfOfProblems(when)) {
        if (rule === ID) context.report({ ...problem, message: problem.code as 'misplaced' });
      }
    },
  },
});
