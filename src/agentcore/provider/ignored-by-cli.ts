import type { Scenario } from '../../evaluate/scenario.js';
import type { Alternative } from '../../evaluate/value.js';
import { IGNORED_BY_CLI } from '../../frontends/agentcore-cli.js';
import type { ResourceGraph } from '../../graph/resource-graph.js';
import { readProperty } from '../../views/properties.js';
import { readItems } from '../../views/read.js';
import type { Provider } from './provider.js';

/** The keys of a credential in `agentcore.json` that would set up an exchange, and that the AgentCore CLI drops. */
export function keysIgnoredByCli(graph: ResourceGraph, provider: Provider, when: Scenario): Alternative[] {
  return readProperty(graph, provider.node, IGNORED_BY_CLI, when).flatMap((list) =>
    readItems(graph.evaluator, list),
  );
}
