import { type Fact, table } from './fact.js';
import { sources } from './sources.js';

export interface CredentialTypeFact extends Fact {
  /** A value of `CredentialProviderType` of a target. */
  readonly type: string;
  /** The one key of `CredentialProvider` that goes with it; null when nothing does. */
  readonly block: string | null;
  readonly requirement: 'required' | 'optional' | 'none';
}

export const credentialTypes: readonly CredentialTypeFact[] = table([
  {
    type: 'OAUTH',
    block: 'OauthCredentialProvider',
    requirement: 'required',
    source: sources.targetAuthorization,
  },
  {
    type: 'API_KEY',
    block: 'ApiKeyCredentialProvider',
    requirement: 'required',
    source: sources.targetAuthorization,
  },
  {
    // The block names the service to sign for; Lambda, API Gateway and Smithy targets do without it.
    type: 'GATEWAY_IAM_ROLE',
    block: 'IamCredentialProvider',
    requirement: 'optional',
    source: sources.targetAuthorization,
  },
  {
    type: 'CALLER_IAM_CREDENTIALS',
    block: 'IamCredentialProvider',
    requirement: 'optional',
    source: sources.targetAuthorization,
  },
  { type: 'JWT_PASSTHROUGH', block: null, requirement: 'none', source: sources.targetAuthorization },
]);

/** Every key that `CredentialProvider` takes, each once. */
export const credentialBlocks: readonly string[] = table([
  ...new Set(credentialTypes.flatMap((row) => (row.block === null ? [] : [row.block]))),
]);
