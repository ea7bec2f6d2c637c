import { type Fact, table } from './fact.js';
import { sources } from './sources.js';

/** What is known of a use that a target makes of the token that comes in. */
export type Standing = 'works' | 'fails' | 'unproven' | 'disputed';

export interface AuthorizerFact extends Fact {
  /** A value of `AuthorizerType` of a gateway. */
  readonly type: string;
  /** Whether the user's token that arrives can be exchanged for another. */
  readonly exchange: Standing;
  /** Whether the token that arrives can be handed on unchanged. */
  readonly passthrough: Standing;
  /** Whether targets can ask for AUTHORIZATION_CODE. */
  readonly authorizationCode: 'works' | 'fails' | 'unproven';
  /** Whether targets can sign with the credentials of the caller, CALLER_IAM_CREDENTIALS. */
  readonly callerCredentials: boolean;
  /** What the gateway says to an `AuthorizerConfiguration`; null where no source says. */
  readonly configuration: 'required' | 'refused' | null;
  /** A clause that follows the type in a message, without a full stop. */
  readonly explanation: string;
}

export const authorizers: readonly AuthorizerFact[] = table([
  {
    type: 'CUSTOM_JWT',
    exchange: 'works',
    passthrough: 'works',
    authorizationCode: 'works',
    callerCredentials: false,
    configuration: 'required',
    explanation: "validates the caller's token",
    source: sources.inboundAuthorization,
  },
  {
    type: 'AWS_IAM',
    exchange: 'fails',
    passthrough: 'fails',
    authorizationCode: 'fails',
    callerCredentials: true,
    configuration: 'refused',
    explanation: 'takes requests signed with AWS credentials, which carry no user token',
    source: sources.inboundAuthorization,
  },
  {
    type: 'NONE',
    exchange: 'unproven',
    // What AWS recommends for runtimes that validate OAuth tokens themselves.
    passthrough: 'works',
    authorizationCode: 'unproven',
    callerCredentials: false,
    configuration: 'refused',
    explanation: "checks nobody and hands on a caller's token unchecked",
    source: sources.inboundAuthorization,
  },
  {
    type: 'AUTHENTICATE_ONLY',
    exchange: 'disputed',
    passthrough: 'disputed',
    authorizationCode: 'unproven',
    callerCredentials: true,
    configuration: null,
    explanation:
      "checks the caller's token according to one page of AWS and carries none according to another",
    source: sources.inboundAuthorization,
    disputed:
      "The developer guide's page on inbound authorization says that AUTHENTICATE_ONLY is SigV4 and carries no bearer token; its page on creating gateways says that it is a JWT.",
  },
]);
