import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';

export const malformedTokenExchangeGrantTypeConfig = defineRule({
  id: 'malformed-token-exchange-grant-type-config',
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
      consequence: 'deployment-fails',
      message:
        '{provider} has TokenExchangeGrantTypeConfig beside GrantType JWT_AUTHORIZATION_GRANT, which takes no actor token, so the deployment fails.',
      help: 'Remove TokenExchangeGrantTypeConfig, or change the GrantType to TOKEN_EXCHANGE.',
    },
    misplaced: {
      consequence: 'deployment-fails',
      message:
        '{provider} has {key} under {parent}, where CloudFormation does not know it, so the deployment fails.',
      help: 'Move it into OnBehalfOfTokenExchangeConfig as TokenExchangeGrantTypeConfig.',
    },
    misspelledKey: {
      consequence: 'deployment-fails',
      message:
        '{block} of {provider} has {key}, which CloudFormation does not know; it is called {suggestion}, so the deployment fails.',
      help: 'Rename it to {suggestion}.',
    },
    foreignKey: {
      consequence: 'deployment-fails',
      message: '{block} of {provider} has {key}, which {explanation}, so the deployment fails.',
      help: '{instead}',
    },
    keyOfOtherBlock: {
      consequence: 'deployment-fails',
      message:
        '{block} of {provider} has {key}, which belongs in OnBehalfOfTokenExchangeConfig, so the deployment fails.',
      help: 'Move it up into OnBehalfOfTokenExchangeConfig as {name}.',
    },
    unknownKey: {
      consequence: 'deployment-fails',
      message:
        '{block} of {provider} has {key}, which CloudFormation does not know; it takes {keys}, so the deployment fails.',
      help: 'Remove {key}.',
    },
    wrongType: {
      consequence: 'deployment-fails',
      message:
        'TokenExchangeGrantTypeConfig of {provider} is {type}, where a map is expected, so the deployment fails.',
      help: 'Write a map with ActorTokenContent (NONE, M2M or AWS_IAM_ID_TOKEN_JWT).',
    },
    noContent: {
      consequence: 'deployment-fails',
      message:
        'TokenExchangeGrantTypeConfig of {provider} has no ActorTokenContent, which is required, so the deployment fails.',
      help: 'Add ActorTokenContent: NONE, or M2M or AWS_IAM_ID_TOKEN_JWT where an actor token is to be sent.',
    },
    contentWrongType: {
      consequence: 'deployment-fails',
      message:
        'The ActorTokenContent of {provider} is {type}, where a string is expected, so the deployment fails.',
      help: 'Write NONE, M2M or AWS_IAM_ID_TOKEN_JWT.',
    },
    misspelledContent: {
      consequence: 'deployment-fails',
      message:
        "The ActorTokenContent '{written}' of {provider} is not one of {contents}, so the deployment fails; did you mean {suggestion}?",
      help: 'Write {suggestion}.',
    },
    unknownContent: {
      consequence: 'deployment-fails',
      message:
        "The ActorTokenContent '{written}' of {provider} is not one of {contents}, so the deployment fails.",
      help: 'Write one of {contents}.',
    },
    scopesWithoutM2m: {
      consequence: 'deployment-fails',
      message:
        '{provider} has ActorTokenScopes beside ActorTokenContent {content}: scopes go with M2M only, so the deployment fails.',
      help: 'Remove ActorTokenScopes, or change ActorTokenContent to M2M.',
    },
    scopesNoList: {
      consequence: 'deployment-fails',
      message:
        'The ActorTokenScopes of {provider} are {type}, where a list of strings is expected, so the deployment fails.',
      help: 'Write a list of strings.',
    },
    scopeNoString: {
      consequence: 'deployment-fails',
      message:
        'The ActorTokenScopes of {provider} hold {type}, where strings are expected, so the deployment fails.',
      help: 'Write a list of strings.',
    },
  },
  check: {
    provider(provider, when, context) {
      for (const found of provider.onBehalfOfProblems(when)) {
        if (found.about === 'exchangeConfig') context.report(found.problem);
      }
    },
  },
});
