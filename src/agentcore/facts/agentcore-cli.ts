import { AGENTCORE_CLI_VERSION } from '../../frontends/agentcore-cli.js';
import { type Fact, table } from './fact.js';
import { sources } from './sources.js';

/** What a version of the AgentCore CLI does with `agentcore.json`. */
export interface AgentCoreCliFact extends Fact {
  readonly version: string;
  /** A clause, without its full stop. */
  readonly says: string;
}

export const agentCoreCliFacts: readonly AgentCoreCliFact[] = table([
  {
    version: AGENTCORE_CLI_VERSION,
    says: 'a credential with a discoveryUrl becomes a provider with a custom block and without onBehalfOfTokenExchangeConfig, whatever its vendor',
    source: sources.agentCoreCli,
  },
  {
    version: AGENTCORE_CLI_VERSION,
    says: 'a credential without a discoveryUrl names a provider that exists already, and is left alone',
    source: sources.agentCoreCli,
  },
  {
    version: AGENTCORE_CLI_VERSION,
    says: 'a key of a credential that the CLI does not know, such as tokenExchange, is accepted by `agentcore validate` and dropped when the CLI writes the file',
    source: sources.tokenExchangeIssue,
  },
  {
    version: AGENTCORE_CLI_VERSION,
    says: 'every target of type OAUTH asks for CLIENT_CREDENTIALS; outboundAuth takes no grantType',
    source: sources.agentCoreCli,
  },
]);
