import type { Issuer } from '../facts/identity-provider-of.js';

/** The part of an issuer's path that tells its tenants, realms and servers apart, by the identity provider's path. */
function tenantPath({ path, identityProvider }: Issuer): readonly string[] {
  const row = identityProvider.hosts.find(({ path: pattern }) => pattern.length > 0);
  return path.slice(0, row?.path.length ?? 0);
}

/** Whether two URLs certainly are of the same issuer: the same host and realm, every part of them literal. */
export function isSameIssuer(one: Issuer, other: Issuer): boolean {
  if (one.identityProvider !== other.identityProvider || one.host !== other.host) return false;
  const [mine, theirs] = [tenantPath(one), tenantPath(other)];
  const literal = !one.host.includes('*') && !mine.some((segment) => segment.includes('*'));
  return (
    literal && mine.length === theirs.length && mine.every((segment, index) => segment === theirs[index])
  );
}

/** A tenant of Microsoft Entra ID as its URLs name it: a GUID. Names are no use: one tenant can have several. */
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
  return GUID.test(text);
}

/** The tenant of a URL of Microsoft Entra ID; undefined where it names none, or nobody knows which. */
export function tenantOf({ path }: Issuer): string | undefined {
  const [tenant] = path;
  return tenant !== undefined && isGuid(tenant) ? tenant.toLowerCase() : undefined;
}
