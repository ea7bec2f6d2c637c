import type { Scenario } from '../evaluate/scenario.js';
import { type Alternative, type Atom, chain, type Value } from '../evaluate/value.js';
import { own } from '../template/own.js';
import { identityProviderOf } from './facts/identity-provider-of.js';
import type { IdentityProviderFact } from './facts/identity-providers.js';
import { perScenario } from './per-scenario.js';
import type { Provider } from './provider.js';
import { withDefault } from './read.js';

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
    find = perScenario((within) => findIdentityProviders(provider, within));
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
function urlPart(atom: Atom): string {
  if (atom.kind === 'variable') return atom.variable.name === 'AWS::URLSuffix' ? 'amazonaws.com' : '*';
  if (atom.kind !== 'attribute') return '*';
  const type = own(own(atom.instance.template.section('Resources'), atom.logicalId), 'Type');
  if (type !== 'AWS::Cognito::UserPool') return '*';
  if (atom.attribute === 'ProviderURL') return 'https://cognito-idp.*.amazonaws.com/*';
  return atom.attribute === 'ProviderName' ? 'cognito-idp.*.amazonaws.com/*' : '*';
}
