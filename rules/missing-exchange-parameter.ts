import { asksFor, type Consumer } from '../src/agentcore/consumer/consumer.js';
import { faultsOf, holdsAt, type ParameterFault } from '../src/agentcore/consumer/exchange-request.js';
import { inboundIssuersOf } from '../src/agentcore/consumer/inbound-token.js';
import { isSameIssuer } from '../src/agentcore/consumer/issuers.js';
import type { Issuer } from '../src/agentcore/facts/identity-provider-of.js';
import type { ExchangeRequest } from '../src/agentcore/facts/identity-providers.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { issuersOf } from '../src/agentcore/provider/identity-provider.js';
import { defineRule, type RuleContext, type RuleReport } from '../src/lint/rule.js';
import { misspelledKey } from '../src/views/misspelled-key.js';
import { nameFrom } from '../src/views/naming.js';
import { textOf } from '../src/views/read.js';

type Key = 'missing' | 'misspelledKey' | 'wrongValue' | 'wrongDefault';
type Fix = NonNullable<RuleReport['fix']>;
type Parameters = ReturnType<Consumer['property']>[number];
/** What the reports of an exchange have in common. */
interface Exchange {
  readonly consumer: Consumer;
  readonly request: ExchangeRequest;
  readonly data: Readonly<Record<string, string>>;
  readonly at: RuleReport['at'];
  readonly trace: NonNullable<RuleReport['trace']>;
  readonly related: NonNullable<RuleReport['related']>;
}

const CUSTOM_PARAMETERS = 'CustomParameters';

export const missingExchangeParameter = defineRule({
  id: 'missing-exchange-parameter',
  formerIds: ['missing-requested-token-use'],
  severity: 'error',
  on: 'consumer',
  summary:
    'The exchange at an identity provider lacks a parameter that it insists on, or sends a value that it refuses.',
  rationale:
    'The two grants are standards, and each identity provider asks for something of its own: Microsoft Entra ID and AD FS for requested_token_use, Okta for audience and the type of the subject token, which AgentCore gives as jwt unless told otherwise. Nothing of it is checked when the template is deployed: each call is refused by the identity provider.',
  remedy:
    'Send what the identity provider asks for in CustomParameters, beside GrantType. The built-in vendor MicrosoftOauth2 sends requested_token_use by itself.',
  sources: [
    sources.onBehalfOf,
    sources.entraOnBehalfOf,
    sources.adfsOnBehalfOf,
    sources.oktaTokenExchange,
    sources.auth0TokenExchange,
    sources.auth0CustomTokenExchange,
    sources.keycloakTokenExchange,
    sources.googleSts,
  ],
  facts: ['exchange-parameters'],
  messages: {
    missing: {
      consequence: 'calls-fail',
      message:
        '{consumer} exchanges tokens at {identityProvider} through {provider} without {names} in its CustomParameters, so each exchange is refused.',
      help: 'Send {values} in CustomParameters, beside GrantType.',
    },
    misspelledKey: {
      consequence: 'calls-fail',
      message:
        '{consumer} exchanges tokens at {identityProvider} through {provider} with {written} in place of {key}, so each exchange is refused.',
      help: 'Write {key}.',
    },
    wrongValue: {
      consequence: 'calls-fail',
      message:
        "{consumer} exchanges tokens at {identityProvider} through {provider} with {names} '{written}' in its CustomParameters, so each exchange is refused.",
      help: '{instead}',
    },
    wrongDefault: {
      consequence: 'calls-fail',
      message:
        '{consumer} exchanges tokens at {identityProvider} through {provider} without {names} in its CustomParameters: AgentCore then sends {written}, and each exchange is refused.',
      help: 'Send {values} in CustomParameters, beside GrantType.',
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
            const spoken = setup.value.onBehalfOf.grant;
            for (const { value: issuer, ...url } of issuersOf(provider, setup.when)) {
              const request = issuer?.identityProvider.request;
              if (issuer === undefined || request === undefined || request === null) continue;
              if (!holdsAt(request, issuer)) continue;
              const { name } = issuer.identityProvider;
              const demanded = request.parameters.filter((row) => row.grant === (spoken && textOf(spoken)));
              if (demanded.length === 0) continue;
              const exchange: Exchange = {
                consumer,
                request,
                data: {
                  consumer: consumer.node.name,
                  provider: nameFrom(provider.node, consumer.node),
                  identityProvider: name,
                },
                at: grant.at,
                trace: [...grant.trace, ...link.trace, ...url.trace],
                related: [{ message: `this URL is one of ${name}`, at: url.at }],
              };
              for (const when of whereDemanded(consumer, request, issuer, url.when, context)) {
                for (const parameters of consumer.property(CUSTOM_PARAMETERS, when)) {
                  // A slip of the key is the business of unknown-oauth-property.
                  if (consumer.misspelled(CUSTOM_PARAMETERS) !== undefined) continue;
                  for (const { value: faults, when: so } of faultsOf(
                    context.graph,
                    parameters,
                    request,
                    demanded,
                  )) {
                    report(exchange, { ...parameters, when: so }, faults, context);
                  }
                }
              }
            }
          }
        }
      }
    },
  },
});

/** The scenarios in which the demand holds: of some, only where the gateway admits tokens of the same issuer. */
function whereDemanded(
  consumer: Consumer,
  request: ExchangeRequest,
  issuer: Issuer,
  when: RuleReport['when'],
  { graph }: RuleContext<Key>,
): RuleReport['when'][] {
  if (!request.ownTokensOnly) return [when];
  return consumer
    .gateway(when)
    .flatMap((link) =>
      link.value.kind !== 'gateway'
        ? []
        : inboundIssuersOf(graph, link.value.gateway, link.when).flatMap((inbound) =>
            inbound.value !== undefined && isSameIssuer(inbound.value, issuer) ? [inbound.when] : [],
          ),
    );
}

function report(
  exchange: Exchange,
  parameters: Parameters,
  faults: readonly ParameterFault[],
  context: RuleContext<Key>,
): void {
  const { when } = parameters;
  const { severity } = exchange.request;
  const base = { at: exchange.at, when, trace: exchange.trace, related: exchange.related, severity };
  // All that is not there is one slip.
  const missing = faults.filter(({ entry }) => entry === undefined);
  const slips = missing.map(({ parameter }) =>
    misspelledKey(parameters.value, parameter.name, [parameter.name]),
  );
  for (const [index, slip] of slips.entries()) {
    if (slip === undefined) continue;
    const { written, ...place } = slip;
    const key = missing[index]?.parameter.name ?? '';
    context.report({ ...base, message: 'misspelledKey', data: { ...exchange.data, written, key }, ...place });
  }
  const left = missing.filter((_, index) => slips[index] === undefined);
  const [first] = left;
  if (first !== undefined) {
    const sent = left.length === 1 ? first.sent : undefined;
    context.report({
      ...base,
      ...(parameters.value.kind === 'map' ? { at: parameters.value.cursor, part: 'key' as const } : {}),
      message: sent === undefined ? 'missing' : 'wrongDefault',
      data: { ...exchange.data, ...words(left), written: sent ?? '' },
      ...insertion(exchange.consumer, parameters, left),
    });
  }
  for (const { parameter, sent, entry } of faults) {
    if (entry === undefined) continue;
    const { name, write } = parameter;
    context.report({
      ...base,
      message: 'wrongValue',
      data: {
        ...exchange.data,
        names: name,
        written: sent ?? '',
        instead: write === '' ? `Remove ${name}.` : `Set ${name} to ${write}.`,
      },
      at: entry.at,
      trace: [...exchange.trace, ...entry.trace],
      ...(typeof entry.at.raw === 'string' && isValue(write)
        ? fix(name, { kind: 'replace', path: entry.at.path, value: write })
        : {}),
    });
  }
}

function words(faults: readonly ParameterFault[]): { readonly names: string; readonly values: string } {
  return {
    names: joined(faults.map(({ parameter }) => parameter.name)),
    values: joined(faults.map(({ parameter }) => `${parameter.name}: ${parameter.write}`)),
  };
}

function joined(all: readonly string[]): string {
  return all.length < 3 ? all.join(' and ') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** Whether it can be written as it stands: what only the user knows stands in angle brackets. */
function isValue(write: string): boolean {
  return write !== '' && !write.startsWith('<');
}

/** The fix that sends what is missing, where all of it is known and `CustomParameters` is written in place. */
function insertion(
  consumer: Consumer,
  parameters: Parameters,
  faults: readonly ParameterFault[],
): { fix: Fix } | undefined {
  if (faults.some(({ parameter }) => !isValue(parameter.write))) return undefined;
  const names = joined(faults.map(({ parameter }) => parameter.name));
  const entries = faults.map(({ parameter }) => [parameter.name, parameter.write] as const);
  if (parameters.value.kind === 'map') {
    const { path } = parameters.value.cursor;
    const [only] = entries;
    if (entries.length !== 1 || only === undefined || parameters.value.cursor.child(only[0]).exists)
      return undefined;
    return fix(names, { kind: 'insert', path, key: only[0], value: only[1] });
  }
  const block = consumer.block.value;
  if (parameters.at.exists || block.kind !== 'map') return undefined;
  return fix(names, {
    kind: 'insert',
    path: block.cursor.path,
    key: CUSTOM_PARAMETERS,
    value: Object.fromEntries(entries),
  });
}

function fix(names: string, change: Fix['changes'][number]): { fix: Fix } {
  return { fix: { title: `Send ${names}`, safety: 'unsafe', changes: [change] } };
}
