import { asksFor, type Consumer } from '../src/agentcore/consumer/consumer.js';
import type { IdentityProviderFact } from '../src/agentcore/facts/identity-providers.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { identityProvidersOf } from '../src/agentcore/provider/identity-provider.js';
import { defineRule, type RuleContext, type RuleReport } from '../src/lint/rule.js';
import { type MisspelledKey, misspelledKey } from '../src/views/misspelled-key.js';
import { nameFrom } from '../src/views/naming.js';
import { readEntry, textOf, withDefault } from '../src/views/read.js';

type Key = 'missing' | 'misspelledKey' | 'wrongValue';
type Fix = NonNullable<RuleReport['fix']>;
type Required = NonNullable<IdentityProviderFact['requiredParameter']>;
type Exchange = Pick<RuleReport<Key>, 'at' | 'when'> & {
  readonly data: Readonly<Record<string, string>>;
  readonly trace: NonNullable<RuleReport['trace']>;
  readonly related: NonNullable<RuleReport['related']>;
};

const CUSTOM_PARAMETERS = 'CustomParameters';

export const missingRequestedTokenUse = defineRule({
  id: 'missing-requested-token-use',
  severity: 'warning',
  on: 'consumer',
  summary:
    'A consumer exchanges tokens at Microsoft Entra ID through a CustomOauth2 provider without requested_token_use=on_behalf_of.',
  rationale:
    'Entra ID tells an on-behalf-of request by the parameter requested_token_use. The built-in vendor MicrosoftOauth2 sends it by itself; through a CustomOauth2 provider the consumer has to, or Entra answers with an AADSTS error.',
  remedy: 'Send requested_token_use: on_behalf_of in CustomParameters of the consumer.',
  sources: [sources.entraOnBehalfOf, sources.onBehalfOf],
  messages: {
    missing: {
      consequence: 'calls-fail',
      message:
        '{consumer} exchanges tokens at {identityProvider} through {provider} without {name} in its CustomParameters, so the exchange is refused.',
      help: 'Add {name}: {value} to CustomParameters, beside GrantType.',
    },
    misspelledKey: {
      consequence: 'calls-fail',
      message:
        '{consumer} exchanges tokens at {identityProvider} through {provider} with {written} in place of {key}, so the exchange is refused.',
      help: 'Write {key}.',
    },
    wrongValue: {
      consequence: 'calls-fail',
      message:
        "{consumer} exchanges tokens at {identityProvider} through {provider} with {name} '{written}' in its CustomParameters, so the exchange is refused.",
      help: 'Set {name} to {value}.',
    },
  },
  check: {
    consumer(consumer, context) {
      for (const grant of asksFor(consumer, 'TOKEN_EXCHANGE')) {
        for (const link of consumer.provider(grant.when)) {
          if (link.value.kind !== 'provider') continue;
          const { provider } = link.value;
          for (const setup of provider.exchange(link.when)) {
            if (setup.value.kind !== 'configured') continue;
            for (const { value: identityProvider, ...url } of identityProvidersOf(provider, setup.when)) {
              const required = identityProvider?.requiredParameter;
              if (identityProvider === undefined || required === undefined || required === null) continue;
              const data = {
                consumer: consumer.node.name,
                provider: nameFrom(provider.node, consumer.node),
                identityProvider: identityProvider.name,
                ...required,
              };
              checkParameters(consumer, required, context, {
                data,
                at: grant.at,
                when: url.when,
                trace: [...grant.trace, ...link.trace, ...url.trace],
                related: [{ message: `this URL is one of ${identityProvider.name}`, at: url.at }],
              });
            }
          }
        }
      }
    },
  },
});

function checkParameters(
  consumer: Consumer,
  required: Required,
  context: RuleContext<Key>,
  exchange: Exchange,
): void {
  for (const parameters of consumer.property(CUSTOM_PARAMETERS, exchange.when)) {
    const misspelled = consumer.misspelled(CUSTOM_PARAMETERS);
    if (misspelled !== undefined) {
      context.report(inPlaceOf(CUSTOM_PARAMETERS, misspelled, { ...exchange, when: parameters.when }));
      continue;
    }
    if (parameters.value.kind === 'absent') {
      const fix = parameters.at.exists
        ? undefined
        : insertion(consumer.block.value, CUSTOM_PARAMETERS, { [required.name]: required.value });
      context.report({ ...exchange, message: 'missing', when: parameters.when, ...fix });
    }
    if (parameters.value.kind !== 'map') continue;
    for (const parameter of readEntry(context.graph.evaluator, parameters, required.name).flatMap(
      withDefault,
    )) {
      const { when, at } = parameter;
      const written = textOf(parameter);
      const slip = misspelledKey(parameters.value, required.name, [required.name]);
      if (slip !== undefined) {
        context.report(inPlaceOf(required.name, slip, { ...exchange, when }));
      } else if (parameter.value.kind === 'absent') {
        const fix = at.exists ? undefined : insertion(parameters.value, required.name, required.value);
        context.report({
          ...exchange,
          message: 'missing',
          at: parameters.value.cursor,
          part: 'key',
          when,
          ...fix,
        });
      } else if (written !== undefined && written !== required.value) {
        const fix =
          typeof at.raw === 'string'
            ? replacement({ kind: 'replace', path: at.path, value: required.value })
            : undefined;
        context.report({
          ...exchange,
          message: 'wrongValue',
          data: { ...exchange.data, written },
          at,
          when,
          ...fix,
        });
      }
    }
  }
}

function inPlaceOf(key: string, { written, ...place }: MisspelledKey, exchange: Exchange): RuleReport<Key> {
  return { ...exchange, message: 'misspelledKey', data: { ...exchange.data, written, key }, ...place };
}

function insertion(
  map: Consumer['block']['value'],
  key: string,
  value: string | Readonly<Record<string, string>>,
): { fix: Fix } | undefined {
  return map.kind === 'map' ? replacement({ kind: 'insert', path: map.cursor.path, key, value }) : undefined;
}

function replacement(change: Fix['changes'][number]): { fix: Fix } {
  return { fix: { title: 'Send requested_token_use=on_behalf_of', safety: 'unsafe', changes: [change] } };
}
