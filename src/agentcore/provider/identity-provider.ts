import type { Scenario } from '../../evaluate/scenario.js';
import { type Alternative, chain, type TextSymbol, type Value } from '../../evaluate/value.js';
import { own } from '../../plain/map.js';
import { memoizeByScenario } from '../../views/memoize-by-scenario.js';
import { withDefault } from '../../views/read.js';
import { type Issuer, issuerOf } from '../facts/identity-provider-of.js';
import type { Provider, ProviderUnion } from './provider.js';

/** Where a custom provider's block names its identity provider, the most telling place first. */
const URL_ROUTES: readonly (readonly string[])[] = [
  ['OauthDiscovery', 'DiscoveryUrl'],
  ['OauthDiscovery', 'AuthorizationServerMetadata', 'TokenEndpoint'],
  ['OauthDiscovery', 'AuthorizationServerMetadata', 'Issuer'],
];

const known = new WeakMap<Provider, (when: Scenario) => Alternative<Issuer | undefined>[]>();

/**
 * Where a provider gets its tokens: the identity provider that is behind it and the URL that tells, or the one at which
 * a built-in vendor exchanges. Undefined where nothing is known of it.
 */
export function issuersOf(provider: Provider, when: Scenario): Alternative<Issuer | undefined>[] {
  let find = known.get(provider);
  if (find === undefined) {
    find = memoizeByScenario((within) => findIssuers(provider, within));
    known.set(provider, find);
  }
  return find(when);
}

function findIssuers(provider: Provider, when: Scenario): Alternative<Issuer | undefined>[] {
  return chain(provider.union(when), (union) => {
    if (!('vendor' in union.value)) return [{ ...union, value: undefined }];
    if (!union.value.vendor.custom) return vendorIssuers(provider, { ...union, value: union.value });
    let found: Alternative<Issuer | undefined>[] = [{ ...union, value: undefined }];
    for (const route of URL_ROUTES) {
      found = chain(found, (before) =>
        before.value !== undefined
          ? [before]
          : chain(provider.blockProperty(union.value, route, before.when), withDefault).map((url) => ({
              ...url,
              value: issuerBehind(url.value),
            })),
      );
    }
    return found;
  });
}

/** Where a built-in vendor exchanges tokens. */
function vendorIssuers(
  provider: Provider,
  union: Alternative<Extract<ProviderUnion, { readonly vendor: unknown }>>,
): Alternative<Issuer | undefined>[] {
  const { exchangesAt } = union.value.vendor;
  if (exchangesAt === null) return [{ ...union, value: undefined }];
  const tenants = chain(provider.blockProperty(union.value, [exchangesAt.tenant], union.when), withDefault);
  if (tenants.length === 0) return [{ ...union, value: issuerOf(exchangesAt.host) }];
  return tenants.map((tenant) => ({
    ...tenant,
    value: issuerOf(`https://${exchangesAt.host}/${urlText(tenant.value) ?? ''}`),
  }));
}

/** The identity provider that a URL is of; undefined where nothing is known of it. */
export function issuerBehind(url: Value): Issuer | undefined {
  const text = urlText(url);
  return text === undefined ? undefined : issuerOf(text);
}

function urlText(url: Value): string | undefined {
  if (url.kind !== 'text') return undefined;
  return url.parts.map((part) => (typeof part === 'string' ? part : urlPart(part))).join('');
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
