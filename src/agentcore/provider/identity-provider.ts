import type { Scenario } from '../../evaluate/scenario.js';
import { type Alternative, chain, type TextSymbol, type Value } from '../../evaluate/value.js';
import { own } from '../../plain/map.js';
import { memoizeByScenario } from '../../views/memoize-by-scenario.js';
import { withDefault } from '../../views/read.js';
import { identityProviderOf } from '../facts/identity-provider-of.js';
import type { IdentityProviderFact } from '../facts/identity-providers.js';
import type { Provider } from './provider.js';

/** Where a custom provider's block names its identity provider, the most telling place first. */
const URL_ROUTES: readonly (readonly string[])[] = [
  ['OauthDiscovery', 'DiscoveryUrl'],
  ['OauthDiscovery', 'AuthorizationServerMetadata', 'TokenEndpoint'],
  ['OauthDiscovery', 'AuthorizationServerMetadata', 'Issuer'],
];

const known = new WeakMap<Provider, (when: Scenario) => Alternative<IdentityProviderFact | undefined>[]>();

/** The identity provider behind a provider, with the URL that tells; undefined where nothing is known of it. */
export function identityProvidersOf(
  provider: Provider,
  when: Scenario,
): Alternative<IdentityProviderFact | undefined>[] {
  let find = known.get(provider);
  if (find === undefined) {
    find = memoizeByScenario((within) => findIdentityProviders(provider, within));
    known.set(provider, find);
  }
  return find(when);
}

function findIdentityProviders(
  provider: Provider,
  when: Scenario,
): Alternative<IdentityProviderFact | undefined>[] {
  return provider.union(when).flatMap((union) => {
    if (!('vendor' in union.value) || !union.value.vendor.custom) return [{ ...union, value: undefined }];
    let found: Alternative<IdentityProviderFact | undefined>[] = [{ ...union, value: undefined }];
    for (const route of URL_ROUTES) {
      found = chain(found, (before) =>
        before.value !== undefined
          ? [before]
          : chain(provider.blockProperty(union.value, route, before.when), withDefault).map((url) => ({
              ...url,
              value: identityProviderBehind(url.value),
            })),
      );
    }
    return found;
  });
}

function identityProviderBehind(url: Value): IdentityProviderFact | undefined {
  if (url.kind !== 'text') return undefined;
  return identityProviderOf(
    url.parts.map((part) => (typeof part === 'string' ? part : urlPart(part))).join(''),
  );
}

/** An unknown part of a URL, with what is known of it all the same; `*` is anything. */
function urlPart(symbol: TextSymbol): string {
  if (symbol.kind === 'variable') return symbol.variable.name === 'AWS::URLSuffix' ? 'amazonaws.com' : '*';
  if (symbol.kind !== 'attribute') return '*';
  const type = own(own(symbol.instance.template.section('Resources'), symbol.logicalId), 'Type');
  if (type !== 'AWS::Cognito::UserPool') return '*';
  if (symbol.attribute === 'ProviderURL') return 'https://cognito-idp.*.amazonaws.com/*';
  return symbol.attribute === 'ProviderName' ? 'cognito-idp.*.amazonaws.com/*' : '*';
}
