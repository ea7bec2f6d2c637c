import { type Fact, table } from './fact.js';
import { sources } from './sources.js';

export interface AuthorizerFact extends Fact {
  /** A value of `AuthorizerType` of a gateway. */
  readonly type: string;
  /** Whether a user token can arrive at the gateway, to be exchanged or passed on. */
  readonly receivesUserToken: boolean;
  /** A clause that follows the type in a message, without a full stop. */
  readonly explanation: string;
}

export const authorizers: readonly AuthorizerFact[] = table([
  {
    type: 'CUSTOM_JWT',
    receivesUserToken: true,
    explanation: "validates the caller's token",
    source: sources.inboundAuthorization,
  },
  {
    type: 'AWS_IAM',
    receivesUserToken: false,
    explanation: 'takes requests signed with AWS credentials, which carry no user token',
    source: sources.inboundAuthorization,
  },
  {
    type: 'NONE',
    receivesUserToken: false,
    explanation: 'asks for no token at all',
    source: sources.inboundAuthorization,
  },
  {
    type: 'AUTHENTICATE_ONLY',
    receivesUserToken: true,
    explanation: "checks the caller's token and hands it on unmodified",
    source: sources.inboundAuthorization,
  },
]);
