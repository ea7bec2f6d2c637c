import { asksFor, type Consumer } from '../src/agentcore/consumer/consumer.js';
import type { Gateway } from '../src/agentcore/consumer/gateway.js';
import { audiencesOf, inboundIssuersOf } from '../src/agentcore/consumer/inbound-token.js';
import { isGuid, tenantOf } from '../src/agentcore/consumer/issuers.js';
import { consumerKindOf } from '../src/agentcore/facts/consumer-kinds.js';
import type { Issuer } from '../src/agentcore/facts/identity-provider-of.js';
import { authorizerOf } from '../src/agentcore/facts/look-up.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { issuersOf } from '../src/agentcore/provider/identity-provider.js';
import type { Provider } from '../src/agentcore/provider/provider.js';
import { defineRule, type RuleContext, type RuleReport } from '../src/lint/rule.js';
import { nameFrom } from '../src/views/naming.js';
import { textOf, withDefault } from '../src/views/read.js';

type Key = 'otherProvider' | 'otherTenant' | 'otherOrganization' | 'otherAudience' | 'perhapsOtherAudience';
type When = RuleReport['when'];
/** An exchange at an identity provider, behind a gateway. */
interface Exchange {
  readonly consumer: Consumer;
  readonly gateway: Gateway;
  readonly provider: Provider;
  readonly issuer: Issuer;
  readonly at: RuleReport['at'];
  readonly when: When;
  readonly trace: NonNullable<RuleReport['trace']>;
  readonly url: RuleReport['at'];
}

export const inboundIssuerMismatch = defineRule({
  id: 'inbound-issuer-mismatch',
  severity: 'error',
  on: 'target',
  summary:
    'A gateway admits tokens of one issuer, and the provider of its target exchanges them at another, which redeems only its own.',
  rationale:
    'An identity provider redeems its own tokens. Where the callers sign in elsewhere, or in another tenant, each exchange is refused (AADSTS50013, AADSTS500131 at Microsoft Entra ID), although gateway, provider and target are each right by themselves. The same goes for a token that was made for another application than the one that exchanges it.',
  remedy:
    'Let the callers sign in at the identity provider, and in the tenant, at which the token is exchanged, for the application that exchanges it: the ClientId of the provider among the AllowedAudience of the gateway.',
  sources: [sources.entraOnBehalfOf, sources.entraErrors, sources.oktaTokenExchange],
  facts: ['identity-providers'],
  messages: {
    otherProvider: {
      consequence: 'calls-fail',
      message:
        '{consumer} exchanges tokens at {exchange} through {provider}, but its gateway {gateway} admits tokens of {inbound}, so each exchange is refused.',
      help: 'Let {gateway} admit tokens of {exchange}, or exchange them at {inbound}.',
    },
    otherTenant: {
      consequence: 'calls-fail',
      message:
        '{consumer} exchanges tokens in the tenant {exchangeTenant} of {exchange} through {provider}, but its gateway {gateway} admits tokens of the tenant {inboundTenant}, so each exchange is refused.',
      help: 'Use one tenant in the DiscoveryUrl of {gateway} and of {provider}.',
    },
    otherOrganization: {
      consequence: null,
      leavesUnverified: true,
      message:
        '{consumer} exchanges tokens at {exchangeTenant} through {provider}, and its gateway {gateway} admits tokens of {inboundTenant}: unless the one trusts the other, each exchange is refused.',
      help: 'Use one organization in the DiscoveryUrl of {gateway} and of {provider}, or make the one a trusted server of the other.',
    },
    otherAudience: {
      consequence: 'calls-fail',
      message:
        '{consumer} exchanges tokens at {exchange} as the client {client} of {provider}, but its gateway {gateway} admits tokens for {audiences} only, so each exchange is refused.',
      help: 'Add {client} to AllowedAudience of {gateway}, and let the callers ask for tokens for it.',
    },
    perhapsOtherAudience: {
      consequence: null,
      leavesUnverified: true,
      message:
        '{consumer} exchanges tokens at {exchange} as the client {client} of {provider}, and its gateway {gateway} admits tokens for {audiences} only: unless that is another name of the client, each exchange is refused.',
      help: 'Add {client} to AllowedAudience of {gateway}, and let the callers ask for tokens for it.',
    },
  },
  check: {
    consumer(consumer, context) {
      if (consumerKindOf(consumer.kind).gateway !== 'before') return;
      for (const exchange of exchangesOf(consumer)) {
        for (const inbound of inboundIssuersOf(context.graph, exchange.gateway, exchange.when)) {
          const here = { ...exchange, when: inbound.when };
          const told = inbound.value !== undefined && reportIssuer(here, inbound.value, inbound.at, context);
          if (!told) checkAudience(here, context);
        }
      }
    },
  },
});

/** The exchanges of a target at an identity provider that is known to redeem only its own tokens, or nearly so. */
function exchangesOf(consumer: Consumer): Exchange[] {
  return asksFor(consumer, 'TOKEN_EXCHANGE').flatMap((grant) =>
    consumer.provider(grant.when).flatMap((link) => {
      if (link.value.kind !== 'provider') return [];
      const { provider } = link.value;
      return provider.exchange(link.when).flatMap((setup) => {
        const { value } = setup;
        const configured = value.kind === 'configured' ? value.onBehalfOf.grant : undefined;
        const spoken =
          configured === undefined
            ? value.kind === 'built-in' && value.vendor.nativeExchange
            : textOf(configured);
        return issuersOf(provider, setup.when).flatMap((issuer) => {
          const at = issuer.value;
          if (at === undefined || at.identityProvider.redeems === 'unknown') return [];
          if (!at.identityProvider.grants.some((known) => known === spoken)) return [];
          return consumer.gateway(issuer.when).flatMap((gateway) =>
            gateway.value.kind !== 'gateway'
              ? []
              : [
                  {
                    consumer,
                    gateway: gateway.value.gateway,
                    provider,
                    issuer: at,
                    at: grant.at,
                    when: gateway.when,
                    trace: [...grant.trace, ...link.trace, ...gateway.trace],
                    url: issuer.at,
                  },
                ],
          );
        });
      });
    }),
  );
}

/** Reports tokens of another issuer, where that is certain; whether there was anything to report. */
function reportIssuer(
  exchange: Exchange,
  inbound: Issuer,
  at: RuleReport['at'],
  context: RuleContext<Key>,
): boolean {
  const { issuer } = exchange;
  const related = [
    { message: `tokens of ${inbound.identityProvider.name} are admitted here`, at },
    { message: `tokens are exchanged at ${issuer.identityProvider.name} here`, at: exchange.url },
  ];
  const report = (message: Key, data: Record<string, string>, severity: 'error' | 'warning'): true => {
    context.report({
      ...baseOf(exchange),
      message,
      severity,
      data: { ...dataOf(exchange), ...data },
      related,
    });
    return true;
  };
  if (issuer.identityProvider.redeems === 'own-tenant') {
    if (inbound.identityProvider !== issuer.identityProvider)
      return report('otherProvider', { inbound: inbound.identityProvider.name }, 'error');
    const [exchangeTenant, inboundTenant] = [tenantOf(issuer), tenantOf(inbound)];
    return (
      exchangeTenant !== undefined &&
      inboundTenant !== undefined &&
      exchangeTenant !== inboundTenant &&
      report('otherTenant', { exchangeTenant, inboundTenant }, 'error')
    );
  }
  const isLiteral = !issuer.host.includes('*') && !inbound.host.includes('*');
  return (
    isLiteral &&
    inbound.identityProvider === issuer.identityProvider &&
    inbound.host !== issuer.host &&
    report('otherOrganization', { exchangeTenant: issuer.host, inboundTenant: inbound.host }, 'warning')
  );
}

/** The audience counts where an identity provider redeems only tokens that were made for the client. */
function checkAudience(exchange: Exchange, context: RuleContext<Key>): void {
  const { gateway, provider, issuer } = exchange;
  if (issuer.identityProvider.redeems !== 'own-tenant') return;
  for (const type of gateway.authorizerType(exchange.when)) {
    if (authorizerOf(textOf(type) ?? '')?.exchange !== 'works') continue;
    for (const union of provider.union(type.when)) {
      for (const id of provider.blockProperty(union.value, ['ClientId'], union.when).flatMap(withDefault)) {
        const client = textOf(id);
        if (client === undefined || !isGuid(client)) continue;
        for (const audience of audiencesOf(context.graph, gateway, id.when)) {
          const texts = audience.value.entries.map(textOf);
          const guids = texts.map((text) => guidOf(text ?? ''));
          const isOther = (guid: string | undefined) =>
            guid !== undefined && guid.toLowerCase() !== client.toLowerCase();
          if (texts.length === 0 || !guids.every(isOther)) continue;
          const bare = texts.every((text) => text !== undefined && isGuid(text));
          context.report({
            ...baseOf(exchange),
            when: audience.when,
            message: bare ? 'otherAudience' : 'perhapsOtherAudience',
            severity: bare ? 'error' : 'warning',
            data: { ...dataOf(exchange), client, audiences: texts.join(' and ') },
            related: [
              { message: 'the audiences are listed here', at: audience.value.list.at, part: 'key' },
              { message: 'the client is named here', at: id.at },
            ],
          });
        }
      }
    }
  }
}

/** The application of an audience: a GUID by itself, or `api://` and nothing but it. */
function guidOf(audience: string): string | undefined {
  const text = audience.startsWith('api://') ? audience.slice('api://'.length) : audience;
  return isGuid(text) ? text : undefined;
}

function baseOf({ at, when, trace }: Exchange) {
  return { at, when, trace };
}

function dataOf({ consumer, gateway, provider, issuer }: Exchange): Record<string, string> {
  return {
    consumer: consumer.node.name,
    gateway: gateway.node.name,
    provider: nameFrom(provider.node, consumer.node),
    exchange: issuer.identityProvider.name,
  };
}
