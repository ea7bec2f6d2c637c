import { memoize } from '../../plain/memoize.js';
import { type IdentityProviderFact, identityProviders } from './identity-providers.js';

/**
 * The identity provider behind a host name or an http(s) URL, or undefined when the host is of no known provider.
 *
 * Only the host counts, so a URL may hold anything after it. A part of the host that is not known (a parameter,
 * `${AWS::Region}`) is written as `*` by the caller: it matches where any label would, and never a fixed one.
 */
export const identityProviderOf = memoize((hostOrUrl): IdentityProviderFact | undefined => {
  const host = hostOf(hostOrUrl);
  if (host === undefined) return undefined;
  const labels = host.split('.');
  return identityProviders.find((provider) =>
    provider.hosts.some((row) => matches(row.host.split('.'), labels)),
  );
});

/** The lower-case host, or undefined when the text is neither a host nor an http(s) URL. */
function hostOf(hostOrUrl: string): string | undefined {
  const text = hostOrUrl.includes('://') ? hostOrUrl : `https://${hostOrUrl}`;
  // The same parser that decides where a request goes: user information, ports and backslashes deceive a regex.
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  return url.hostname.replace(/\.$/, '');
}

function matches(pattern: readonly string[], labels: readonly string[]): boolean {
  const extra = labels.length - pattern.length;
  if (extra !== 0 && pattern[0] !== '*') return false;
  return pattern.every((expected, index) => {
    const label = labels[index + extra];
    return expected === '*' ? label !== undefined && label !== '' : label === expected;
  });
}
