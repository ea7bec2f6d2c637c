import { providerGrants } from '../src/agentcore/facts/grants.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { issuersOf } from '../src/agentcore/provider/identity-provider.js';
import type { OnBehalfOf } from '../src/agentcore/provider/on-behalf-of.js';
import { EXCHANGE_CONFIG } from '../src/agentcore/provider/on-behalf-of-names.js';
import { defineRule, type RuleReport } from '../src/lint/rule.js';
import { textOf } from '../src/views/read.js';

export const identityProviderGrantMismatch = defineRule({
  id: 'identity-provider-grant-mismatch',
  severity: 'warning',
  on: 'provider',
  summary:
    'The identity provider behind the discovery URL is known not to speak the grant that the provider is set up for.',
  rationale:
    'The two grants of OnBehalfOfTokenExchangeConfig are different protocols: TOKEN_EXCHANGE is RFC 8693 and JWT_AUTHORIZATION_GRANT is RFC 7523. Microsoft Entra ID and AD FS speak the second only, Okta, Auth0, Google and Amazon Cognito the first, and Azure AD B2C neither. The template deploys all the same, and each exchange is answered with an error.',
  remedy: 'Choose the grant that the identity provider speaks.',
  sources: [
    sources.onBehalfOf,
    sources.entraOnBehalfOf,
    sources.oktaTokenExchange,
    sources.auth0TokenExchange,
    sources.cognitoTokenExchange,
    sources.b2cOnBehalfOf,
    sources.adfsOnBehalfOf,
  ],
  facts: ['identity-providers', 'provider-grants'],
  messages: {
    otherGrant: {
      consequence: 'calls-fail',
      message:
        '{provider} is set up for {grant} ({specification}), but {identityProvider} behind it speaks {spoken} only: each exchange is refused.',
      help: 'Set GrantType of OnBehalfOfTokenExchangeConfig to {spoken}{alongside}.',
    },
    noGrant: {
      consequence: 'calls-fail',
      message:
        '{provider} is set up for {grant} ({specification}), but {identityProvider} behind it exchanges no tokens: each exchange is refused.',
      help: 'Use an identity provider that speaks one of the two grants, or take OnBehalfOfTokenExchangeConfig out.',
    },
  },
  check: {
    provider(provider, when, context) {
      for (const setup of provider.exchange(when)) {
        const grant = setup.value.kind === 'configured' ? setup.value.onBehalfOf.grant : undefined;
        const fact = grant && providerGrants.find((row) => row.grant === textOf(grant));
        if (setup.value.kind !== 'configured' || grant === undefined || fact === undefined) continue;
        for (const { value: issuer, ...url } of issuersOf(provider, setup.when)) {
          const identityProvider = issuer?.identityProvider;
          if (identityProvider === undefined || identityProvider.grants.includes(fact.grant)) continue;
          if (identityProvider.unknownGrants.includes(fact.grant)) continue;
          const [spoken] = identityProvider.grants;
          const fix = spoken === undefined ? undefined : switchGrant(setup.value.onBehalfOf, spoken);
          context.report({
            message: spoken === undefined ? 'noGrant' : 'otherGrant',
            data: {
              provider: provider.name,
              grant: fact.grant,
              specification: fact.specification,
              identityProvider: identityProvider.name,
              spoken: spoken ?? '',
              alongside: spoken === 'JWT_AUTHORIZATION_GRANT' ? `, without a ${EXCHANGE_CONFIG}` : '',
            },
            at: grant.at,
            when: url.when,
            trace: [...grant.trace, ...url.trace],
            related: [{ message: `this URL is one of ${identityProvider.name}`, at: url.at }],
            ...(fix === undefined ? {} : { fix }),
          });
        }
      }
    },
  },
});

/** Writes the other grant, where the grant is written in place; the JWT grant takes no exchange settings beside it. */
function switchGrant({ grant, exchangeConfig }: OnBehalfOf, spoken: string): RuleReport['fix'] {
  if (typeof grant?.at.raw !== 'string') return undefined;
  const leftOver =
    spoken === 'JWT_AUTHORIZATION_GRANT' && exchangeConfig?.value.kind === 'map'
      ? exchangeConfig.at
      : undefined;
  if (leftOver !== undefined && leftOver.path.at(-1) !== EXCHANGE_CONFIG) return undefined;
  return {
    title: `Change the grant to ${spoken}`,
    safety: 'unsafe',
    changes: [
      { kind: 'replace', path: grant.at.path, value: spoken },
      ...(leftOver === undefined ? [] : [{ kind: 'remove' as const, path: leftOver.path }]),
    ],
  };
}
