import { sources } from '../src/agentcore/facts/sources.js';
import { EXCHANGE_CONFIG } from '../src/agentcore/provider/on-behalf-of-names.js';
import { defineRule } from '../src/lint/rule.js';
import { textOf } from '../src/views/read.js';

export const actorTokenUnspecified = defineRule({
  id: 'actor-token-unspecified',
  severity: 'info',
  on: 'provider',
  summary: 'A provider exchanges tokens by RFC 8693 without saying which actor token goes along.',
  rationale:
    'TokenExchangeGrantTypeConfig is optional, so the choice between no actor token, one of the client and one of the AWS account is left to a default that no reader of the template sees.',
  remedy: 'Add TokenExchangeGrantTypeConfig with ActorTokenContent: NONE, M2M or AWS_IAM_ID_TOKEN_JWT.',
  sources: [sources.tokenExchangeConfigProperty, sources.tokenExchangeGrantTypeConfig],
  messages: {
    unspecified: {
      consequence: null,
      message:
        '{provider} exchanges tokens without a TokenExchangeGrantTypeConfig, so nothing says whether an actor token is sent.',
      help: 'Add TokenExchangeGrantTypeConfig with ActorTokenContent: NONE, M2M or AWS_IAM_ID_TOKEN_JWT.',
    },
  },
  check: {
    provider(provider, when, context) {
      for (const setup of provider.exchange(when)) {
        if (setup.value.kind !== 'configured') continue;
        const { config, grant, exchangeConfig } = setup.value.onBehalfOf;
        if (
          grant === undefined ||
          textOf(grant) !== 'TOKEN_EXCHANGE' ||
          exchangeConfig?.value.kind !== 'absent'
        )
          continue;
        context.report({
          message: 'unspecified',
          data: { provider: provider.name },
          at: grant.at,
          when: setup.when,
          trace: grant.trace,
          ...(config?.value.kind === 'map' && !exchangeConfig.at.exists
            ? {
                fix: {
                  title: 'Send no actor token',
                  safety: 'unsafe',
                  changes: [
                    {
                      kind: 'insert',
                      path: config.value.cursor.path,
                      key: EXCHANGE_CONFIG,
                      value: { ActorTokenContent: 'NONE' },
                    },
                  ],
                },
              }
            : {}),
        });
      }
    },
  },
});
