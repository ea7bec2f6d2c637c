import { type Fact, table } from './fact.js';
import { sources } from './sources.js';

export interface ExchangeActionFact extends Fact {
  /** The IAM action, with its service prefix. IAM compares actions without regard to case. */
  readonly action: string;
  /** What the gateway does with it, as a message says it. */
  readonly purpose: string;
}

/** What a gateway calls as its own role to exchange a token. */
export const exchangeActions: readonly ExchangeActionFact[] = table([
  {
    action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
    purpose: "binds the user's token to the gateway's workload identity",
    source: sources.getWorkloadAccessTokenForJwt,
  },
  {
    action: 'bedrock-agentcore:GetResourceOauth2Token',
    purpose: 'asks the provider for the exchanged token',
    source: sources.getResourceOauth2Token,
  },
  {
    action: 'secretsmanager:GetSecretValue',
    purpose: "reads the provider's client secret",
    source: sources.getSecretValue,
  },
]);
