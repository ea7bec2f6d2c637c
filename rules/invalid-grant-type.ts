import type { Consumer } from '../src/agentcore/consumer/consumer.js';
import { grantParameter } from '../src/agentcore/consumer/grant-parameter.js';
import { consumerKindOf } from '../src/agentcore/facts/consumer-kinds.js';
import { grantAliasOf } from '../src/agentcore/facts/look-up.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule, type RuleContext, type RuleReport } from '../src/lint/rule.js';
import { nearest } from '../src/plain/did-you-mean.js';
import { replacement } from '../src/views/fixes.js';
import { textOf } from '../src/views/read.js';

export const invalidGrantType = defineRule({
  id: 'invalid-grant-type',
  severity: 'error',
  on: 'consumer',
  summary: 'The GrantType of a target, harness or registry record is not one that it takes.',
  rationale:
    'Other checkers drop the whole block when ProviderArn is an intrinsic function, so a misspelled grant passes them. CloudFormation refuses it only when it deploys.',
  remedy:
    'A gateway target takes CLIENT_CREDENTIALS, AUTHORIZATION_CODE and TOKEN_EXCHANGE; a harness takes the first two in CloudFormation, and a registry record the first. JWT_AUTHORIZATION_GRANT belongs in the OnBehalfOfTokenExchangeConfig of the provider: the target asks for TOKEN_EXCHANGE with both grants of the provider. In CustomParameters a grant has no effect.',
  sources: [
    sources.targetOauthCredentialProvider,
    sources.harnessOauthCredentialProvider,
    sources.onBehalfOf,
  ],
  facts: ['consumer-grants', 'grant-words'],
  messages: {
    foreign: {
      consequence: 'deployment-fails',
      message: "The GrantType '{written}' of {consumer} makes the deployment fail: it {explanation}.",
      help: 'Write {suggestion}.',
    },
    foreignWithout: {
      consequence: 'deployment-fails',
      message: "The GrantType '{written}' of {consumer} makes the deployment fail: it {explanation}.",
      help: 'Write one of {grants}.',
    },
    misspelled: {
      consequence: 'deployment-fails',
      message:
        "The GrantType '{written}' of {consumer} is not one that a {kind} takes, so the deployment fails; did you mean {suggestion}?",
      help: 'Write {suggestion}.',
    },
    unknown: {
      consequence: 'deployment-fails',
      message:
        "The GrantType '{written}' of {consumer} is not one that a {kind} takes, so the deployment fails.",
      help: 'Write one of {grants}.',
    },
    harnessExchange: {
      consequence: 'deployment-fails',
      message:
        '{consumer} asks for TOKEN_EXCHANGE, which a {kind} does not take in CloudFormation, only {grants}, so the deployment fails.',
      help: 'Let a gateway target make the exchange: give the target the provider and GrantType TOKEN_EXCHANGE.',
    },
    inCustomParameters: {
      consequence: 'deployment-fails',
      message:
        '{consumer} has {written} in its CustomParameters, where it has no effect, and no GrantType, so the deployment fails to set the grant and calls run as the shared client.',
      help: 'Remove {written} from CustomParameters, and write GrantType: {suggestion} beside it.',
    },
    wrongType: {
      consequence: 'deployment-fails',
      message: 'The GrantType of {consumer} is {type}, where a string is expected, so the deployment fails.',
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
      for (const grant of consumer.grant()) {
        const { at, when, trace, value } = grant;
        if (value.kind === 'absent') {
          if (consumer.misspelled('GrantType') === undefined) checkParameters(consumer, when, context);
          continue;
        }
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

function checkParameters(
  consumer: Consumer,
  when: RuleReport['when'],
  context: RuleContext<'inCustomParameters'>,
): void {
  for (const { value } of grantParameter(context.graph.evaluator, consumer, when)) {
    if (value === undefined) continue;
    const { key, entry, at } = value;
    const written = textOf(entry);
    const alias = written === undefined ? undefined : grantAliasOf(written)?.consumerGrant;
    const meant = consumer.grants.find((grant) => grant === written || grant === alias);
    context.report({
      message: 'inCustomParameters',
      data: {
        consumer: consumer.node.name,
        written: key,
        suggestion: meant ?? listed(consumer.grants),
      },
      at,
      part: 'key',
      when: entry.when,
      trace: entry.trace,
    });
  }
}

/** Whether a word is a grant in another case or with other separators. */
function isSpellingOf(written: string, grant: string | null): boolean {
  const bare = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, '');
  return grant !== null && bare(written) === bare(grant);
}

function listed(grants: readonly string[]): string {
  if (grants.length < 2) return grants.join('');
  return `${grants.slice(0, -1).join(', ')} or ${grants[grants.length - 1]}`;
}
