import type { Scenario } from '../../evaluate/scenario.js';
import { type Alternative, displayText } from '../../evaluate/value.js';
import type { Provider } from './provider.js';

/** Where the block of a provider names its identity provider, the most telling place first. */
const ROUTES: readonly (readonly string[])[] = [
  ['OauthDiscovery', 'DiscoveryUrl'],
  ['OauthDiscovery', 'AuthorizationServerMetadata', 'Issuer'],
  ['Issuer'],
];

/** The hosts of the identity providers behind a provider, as far as they are known; each once. */
export function identityHosts(provider: Provider, when: Scenario): string[] {
  return [
    ...new Set(
      provider.union(when).flatMap((union) => {
        const named = ROUTES.flatMap((route) =>
          hostsOf(provider.blockProperty(union.value, route, union.when)),
        );
        if (named.length > 0 || !('vendor' in union.value)) return named;
        const { exchangesAt } = union.value.vendor;
        return exchangesAt === null ? [] : [exchangesAt.host];
      }),
    ),
  ];
}

/** The hosts of URLs, as far as they are known. */
export function hostsOf(urls: readonly Alternative[]): string[] {
  return [
    ...new Set(
      urls.flatMap(({ value }) => {
        const host =
          value.kind === 'text'
            ? /^https?:\/\/(?:[^/?#]*@)?([^/?#]+)/.exec(displayText(value))?.[1]
            : undefined;
        return host === undefined ? [] : [host];
      }),
    ),
  ];
}
