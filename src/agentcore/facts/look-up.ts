import { type AuthorizerFact, authorizers } from './authorizers.js';
import { type CredentialTypeFact, credentialTypes } from './credential-types.js';
import { type GrantAliasFact, grantAliases } from './grants.js';
import { type ForeignKeyFact, foreignKeys } from './on-behalf-of.js';
import { type TargetKindFact, targetKinds } from './targets.js';
import { type VendorFact, vendors } from './vendors.js';

/** The vendor of exactly this name, or undefined. */
export function vendorOf(name: string): VendorFact | undefined {
  return vendors.find((row) => row.vendor === name);
}

/** What is meant by a word that stands where a grant should, in any spelling of it; undefined when nobody knows. */
export function grantAliasOf(written: string): GrantAliasFact | undefined {
  const spelling = bare(written);
  return (
    grantAliases.find((row) => bare(row.written) === spelling) ??
    // `tokenExchange` and `token-exchange` are spellings of the wire name's last part.
    grantAliases.find((row) => bare(row.written.slice(row.written.lastIndexOf(':') + 1)) === spelling)
  );
}

/** What to do about a key that CloudFormation does not know in the on-behalf-of blocks; undefined when nobody knows. */
export function foreignKeyOf(key: string): ForeignKeyFact | undefined {
  const spelling = bare(key);
  return foreignKeys.find((row) => bare(row.key) === spelling);
}

/** The target kind that two keys below `TargetConfiguration` choose, or undefined. */
export function targetKindOf(protocol: string, key: string): TargetKindFact | undefined {
  return targetKinds.find((row) => row.path[0] === protocol && row.path[1] === key);
}

/** The authorizer of exactly this type, or undefined. */
export function authorizerOf(type: string): AuthorizerFact | undefined {
  return authorizers.find((row) => row.type === type);
}

/** The credential type of exactly this name, or undefined. */
export function credentialTypeOf(type: string): CredentialTypeFact | undefined {
  return credentialTypes.find((row) => row.type === type);
}

/** A word without what tells camelCase, snake_case, kebab-case and SCREAMING_CASE apart. */
function bare(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, '');
}
