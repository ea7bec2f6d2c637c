import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';

export const malformedOnBehalfOfConfig = defineRule({
  id: 'malformed-on-behalf-of-config',
  severity: 'error',
  on: 'provider',
  summary:
    'An OnBehalfOfTokenExchangeConfig is misplaced, misspelled, of the wrong type, without GrantType, with an unknown one, or with a key that CloudFormation does not know.',
  rationale:
    'A block that CloudFormation does not read as it was meant leaves the provider without token exchange. Keys of RFC 8693, of the AWS CLI and of the data plane look right and mean nothing here.',
  remedy:
    'OnBehalfOfTokenExchangeConfig stands in Oauth2ProviderConfigInput.CustomOauth2ProviderConfig of the provider and holds GrantType (TOKEN_EXCHANGE or JWT_AUTHORIZATION_GRANT) and, with TOKEN_EXCHANGE, TokenExchangeGrantTypeConfig. Nothing else.',
  sources: [sources.onBehalfOfConfig, sources.onBehalfOf, sources.rfc8693],
  messages: {
    misspelled: {
      consequence: 'deployment-fails',
      message:
        '{provider} has {key} in its CustomOauth2ProviderConfig, which CloudFormation does not know; it is called OnBehalfOfTokenExchangeConfig, so the deployment fails.',
      help: 'Rename it to OnBehalfOfTokenExchangeConfig.',
    },
    wholeResource: {
      consequence: 'deployment-fails',
      message:
        '{provider} writes {key} and the properties around it as the API does, and CloudFormation knows them with a capital letter only, so the deployment fails.',
      help: 'Write all properties of {provider} with a capital letter, down to OnBehalfOfTokenExchangeConfig and its GrantType.',
    },
    misplaced: {
      consequence: 'deployment-fails',
      message:
        '{provider} has {key} under {parent}, where CloudFormation does not know it, so the deployment fails.',
      help: 'Move it into Oauth2ProviderConfigInput.CustomOauth2ProviderConfig.',
    },
    onConsumer: {
      consequence: 'deployment-fails',
      message:
        '{consumer} has {key}, which is a block of its credential provider and means nothing here, so the deployment fails.',
      help: 'Move it into Oauth2ProviderConfigInput.CustomOauth2ProviderConfig of the provider; the target only asks for GrantType TOKEN_EXCHANGE.',
    },
    wrongType: {
      consequence: 'deployment-fails',
      message:
        'OnBehalfOfTokenExchangeConfig of {provider} is {type}, where a map is expected, so the deployment fails.',
      help: 'Write a map with GrantType (TOKEN_EXCHANGE or JWT_AUTHORIZATION_GRANT).',
    },
    noGrant: {
      consequence: 'deployment-fails',
      message: 'OnBehalfOfTokenExchangeConfig of {provider} has no GrantType, so the deployment fails.',
      help: 'Add GrantType: TOKEN_EXCHANGE, or JWT_AUTHORIZATION_GRANT for Microsoft Entra.',
    },
    grantWrongType: {
      consequence: 'deployment-fails',
      message:
        'The GrantType of OnBehalfOfTokenExchangeConfig of {provider} is {type}, where a string is expected, so the deployment fails.',
      help: 'Write TOKEN_EXCHANGE or JWT_AUTHORIZATION_GRANT.',
    },
    foreignGrant: {
      consequence: 'deployment-fails',
      message: "The GrantType '{written}' of {provider} makes the deployment fail: it {explanation}.",
      help: 'Write {grants}.',
    },
    misspelledGrant: {
      consequence: 'deployment-fails',
      message:
        "The GrantType '{written}' of {provider} is not one that OnBehalfOfTokenExchangeConfig takes, so the deployment fails; did you mean {suggestion}?",
      help: 'Write {suggestion}.',
    },
    unknownGrant: {
      consequence: 'deployment-fails',
      message:
        "The GrantType '{written}' of {provider} is not one that OnBehalfOfTokenExchangeConfig takes, so the deployment fails.",
      help: 'Write {grants}.',
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
        '{block} of {provider} has {key}, which belongs in TokenExchangeGrantTypeConfig, so the deployment fails.',
      help: 'Move it as {name} into TokenExchangeGrantTypeConfig, which stands beside GrantType TOKEN_EXCHANGE.',
    },
    unknownKey: {
      consequence: 'deployment-fails',
      message:
        '{block} of {provider} has {key}, which CloudFormation does not know; it takes {keys}, so the deployment fails.',
      help: 'Remove {key}.',
    },
  },
  check: {
    provider(provider, when, context) {
      const whole = provider.misspelledOnBehalfOf();
      if (whole !== undefined) {
        context.report({
          message: 'wholeResource',
          data: { provider: provider.name, key: String(whole.path.at(-1)) },
          at: whole,
          part: 'key',
          when,
        });
      }
      for (const found of provider.onBehalfOfProblems(when)) {
        if (found.about === 'onBehalfOf') context.report(found.problem);
      }
    },
    consumer(consumer, context) {
      for (const at of consumer.misplacedOnBehalfOf()) {
        const key = String(at.path[at.path.length - 1]);
        context.report({
          message: 'onConsumer',
          data: { consumer: consumer.node.name, key },
          at,
          part: 'key',
          when: consumer.block.when,
        });
      }
    },
  },
});
