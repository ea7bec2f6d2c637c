import { consumerKindOf } from '../src/agentcore/facts/consumer-kinds.js';
import { grantAliasOf } from '../src/agentcore/facts/look-up.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { nearest } from '../src/plain/did-you-mean.js';
import { replacement } from '../src/views/fixes.js';
import { textOf } from '../src/views/read.js';

export const invalidGrantType = defineRule({
  id: 'invalid-grant-type',
  severity: 'error',
  on: 'consumer',
  summary: 'The GrantType of a consumer is not one that it takes.',
  rationale:
    'Other checkers drop the whole block when ProviderArn is an intrinsic function, so a misspelled grant passes them. CloudFormation refuses it only when it deploys.',
  remedy:
    'A gateway target takes CLIENT_CREDENTIALS, AUTHORIZATION_CODE and TOKEN_EXCHANGE; a harness takes the first two. JWT_AUTHORIZATION_GRANT belongs in the OnBehalfOfTokenExchangeConfig of the provider: the target asks for TOKEN_EXCHANGE with both grants of the provider.',
  sources: [
    sources.targetOauthCredentialProvider,
    sources.harnessOauthCredentialProvider,
    sources.onBehalfOf,
  ],
  messages: {
    foreign: {
      consequence: 'deployment-fails',
      message: "The GrantType '{written}' of {consumer} {explanation}.",
      help: 'Write {suggestion}.',
    },
    foreignWithout: {
      consequence: 'deployment-fails',
      message: "The GrantType '{written}' of {consumer} {explanation}.",
      help: 'Write one of {grants}.',
    },
    misspelled: {
      consequence: 'deployment-fails',
      message:
        "The GrantType '{written}' of {consumer} is not one that a {kind} takes; did you mean {suggestion}?",
      help: 'Write {suggestion}.',
    },
    unknown: {
      consequence: 'deployment-fails',
      message: "The GrantType '{written}' of {consumer} is not one that a {kind} takes.",
      help: 'Write one of {grants}.',
    },
    harnessExchange: {
      consequence: 'deployment-fails',
      message: '{consumer} asks for TOKEN_EXCHANGE, which a harness cannot: it takes {grants}.',
      help: 'Let a gateway target make the exchange: give the target the provider and GrantType TOKEN_EXCHANGE.',
    },
    misspelledKey: {
      consequence: 'deployment-fails',
      message:
        'The key {written} in the OAuth block of {consumer} is not one that CloudFormation knows; did you mean GrantType?',
      help: 'Write GrantType.',
    },
    wrongType: {
      consequence: 'deployment-fails',
      message: 'The GrantType of {consumer} is {type}, where a string belongs.',
      help: 'Write one of {grants}.',
    },
  },
  check: {
    consumer(consumer, context) {
      const { grants } = consumer;
      const data = () => ({
        consumer: consumer.node.name,
        kind: consumerKindOf(consumer.kind).noun,
        grants: listed(grants),
      });
      const misspelled = consumer.misspelled('GrantType');
      if (misspelled !== undefined) {
        context.report({
          message: 'misspelledKey',
          data: { ...data(), written: misspelled.written },
          at: misspelled.at,
          part: misspelled.part,
          fix: misspelled.fix,
          when: consumer.block.when,
          trace: consumer.block.trace,
        });
      }
      for (const grant of consumer.grant()) {
        const { at, when, trace, value } = grant;
        if (value.kind === 'list' || value.kind === 'map' || value.kind === 'null') {
          const type = value.kind === 'null' ? 'null' : `a ${value.kind}`;
          context.report({ message: 'wrongType', data: { ...data(), type }, at, when, trace });
          continue;
        }
        const written = textOf(grant);
        if (written === undefined || grants.some((known) => known === written)) continue;
        if (written === 'TOKEN_EXCHANGE') {
          context.report({ message: 'harnessExchange', data: data(), at, when, trace });
          continue;
        }
        const alias = grantAliasOf(written);
        const meant = alias === undefined ? nearest(written, grants) : (alias.consumerGrant ?? undefined);
        const suggestion = meant !== undefined && grants.some((known) => known === meant) ? meant : undefined;
        const fix = replacement(grant, suggestion);
        context.report({
          message:
            alias !== undefined && !isSpellingOf(written, alias.consumerGrant)
              ? suggestion === undefined
                ? 'foreignWithout'
                : 'foreign'
              : suggestion === undefined
                ? 'unknown'
                : 'misspelled',
          data: { ...data(), written, explanation: alias?.explanation ?? '', suggestion: suggestion ?? '' },
          at,
          when,
          trace,
          ...(fix === undefined ? {} : { fix }),
        });
      }
    },
  },
});

/** Whether a word is a grant in another case or with other separators. */
function isSpellingOf(written: string, grant: string | null): boolean {
  const bare = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, '');
  return grant !== null && bare(written) === bare(grant);
}

function listed(grants: readonly string[]): string {
  return `${grants.slice(0, -1).join(', ')} or ${grants[grants.length - 1]}`;
}
