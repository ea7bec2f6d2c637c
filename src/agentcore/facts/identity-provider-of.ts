import { memoize } from '../../plain/memoize.js';
import { type IdentityProviderFact, identityProviders } from './identity-providers.js';

/** Where tokens come from or are exchanged, as its URL tells. */
export interface Issuer {
  readonly identityProvider: IdentityProviderFact;
  /** Lower case; `*` stands for a part that nobody knows. */
  readonly host: string;
  /** The segments of the path, without empty ones; a segment that holds `*` is not known. */
  readonly path: readonly string[];
}

/**
 * The identity provider behind a host name or an http(s) URL, or undefined when it is of none that is known.
 *
 * A part that is not known (a parameter, `${AWS::Region}`) is written as `*` by the caller: it matches where any label
 * or segment would, and never a fixed one.
 */
export function identityProviderOf(hostOrUrl: string): IdentityProviderFact | undefined {
  return issuerOf(hostOrUrl)?.identityProvider;
}

/** Like {@link identityProviderOf}, with the host and path that told. */
export const issuerOf = memoize((hostOrUrl): Issuer | undefined => {
  const url = urlOf(hostOrUrl);
  if (url === undefined) return undefined;
  const labels = url.host.split('.');
  const identityProvider = identityProviders.find((provider) =>
    provider.hosts.some((row) => matchesHost(row.host.split('.'), labels) && matchesPath(row.path, url.path)),
  );
  return identityProvider === undefined ? undefined : { ...url, identityProvider };
});

/** The lower-case host and the path; undefined when the text is neither a host nor an http(s) URL. */
export function urlOf(hostOrUrl: string): Pick<Issuer, 'host' | 'path'> | undefined {
  const text = hostOrUrl.includes('://') ? hostOrUrl : `https://${hostOrUrl}`;
  // The same parser that decides where a request goes: user information, ports and backslashes deceive a regex.
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  return {
    host: url.hostname.replace(/\.$/, ''),
    path: url.pathname.split('/').filter((segment) => segment !== ''),
  };
}

/** Whether the segments in front of a path are those of a pattern. */
export function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.every((expected, index) =>
    expected === '*' ? path[index] !== undefined : path[index]?.toLowerCase() === expected,
  );
}

function matchesHost(pattern: readonly string[], labels: readonly string[]): boolean {
  if (pattern.length === 1) return pattern[0] === '*' ? labels.join('') !== '' : false;
  const extra = labels.length - pattern.length;
  if (extra !== 0 && pattern[0] !== '*') return false;
  return pattern.every((expected, index) => {
    const label = labels[index + extra];
    return expected === '*' ? label !== undefined && label !== '' : label === expected;
  });
}
