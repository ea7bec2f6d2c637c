/** The tables of facts, as `cfn-tx-lint facts` and the pages of the rules name them. */
export const FACT_TABLES = [
  'identity-providers',
  'exchange-parameters',
  'cognito',
  'authorizers',
  'target-kinds',
  'credentials',
  'listing-modes',
  'protocols',
  'consumer-grants',
  'provider-grants',
  'grant-words',
  'on-behalf-of-keys',
  'vendors',
  'client-authentication',
  'role-actions',
  'agentcore-cli',
] as const;
export type FactTableName = (typeof FACT_TABLES)[number];
