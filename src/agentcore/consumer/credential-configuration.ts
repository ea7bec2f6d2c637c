import type { Scenario } from '../../evaluate/scenario.js';
import { type Alternative, chain } from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { memoizeByNode } from '../../views/memoize-by-node.js';
import { memoizeByScenario } from '../../views/memoize-by-scenario.js';
import { existence, readProperty } from '../../views/properties.js';
import { readEntry, readItems, withDefault } from '../../views/read.js';
import { type GatewayLink, resolveGateway } from './gateway.js';
import { type TargetKind, targetKind } from './target-kind.js';

/** One entry of a gateway target's `CredentialProviderConfigurations`, in one scenario. */
export interface CredentialConfiguration {
  readonly target: ResourceNode;
  /** The entry itself, a map. */
  readonly entry: Alternative;
  /** What `CredentialProviderType` says. */
  type(when?: Scenario): Alternative[];
  /** The `CredentialProvider` block. */
  provider(when?: Scenario): Alternative[];
  gateway(when?: Scenario): Alternative<GatewayLink>[];
  targetKind(when?: Scenario): Alternative<TargetKind>[];
}

/** The credential configurations of a gateway target in all scenarios in which it is created. */
export function credentialConfigurations(
  graph: ResourceGraph,
  target: ResourceNode,
  when: Scenario,
): CredentialConfiguration[] {
  return configurationsOf(graph, target)(when);
}

const configurationsOf = memoizeByNode((graph, target) =>
  memoizeByScenario((when) => readConfigurations(graph, target, when)),
);

function readConfigurations(
  graph: ResourceGraph,
  target: ResourceNode,
  when: Scenario,
): CredentialConfiguration[] {
  const { evaluator } = graph;
  return chain(existence(graph, target, when), (exists) => {
    if (!exists.value) return [];
    const list = readProperty(graph, target, 'CredentialProviderConfigurations', exists.when);
    return chain(list, (so) =>
      chain(readItems(evaluator, so), (entry) => {
        if (entry.value.kind !== 'map') return [];
        return [new ConfigurationEntry(graph, target, entry)];
      }),
    );
  });
}

class ConfigurationEntry implements CredentialConfiguration {
  private readonly types = memoizeByScenario((when) =>
    chain(this.read('CredentialProviderType', when), withDefault),
  );
  private readonly providers = memoizeByScenario((when) => this.read('CredentialProvider', when));

  constructor(
    private readonly graph: ResourceGraph,
    readonly target: ResourceNode,
    readonly entry: Alternative,
  ) {}

  type(when: Scenario = this.entry.when): Alternative[] {
    return this.types(when);
  }

  provider(when: Scenario = this.entry.when): Alternative[] {
    return this.providers(when);
  }

  gateway(when: Scenario = this.entry.when): Alternative<GatewayLink>[] {
    return targetGateway(this.graph, this.target)(when);
  }

  targetKind(when: Scenario = this.entry.when): Alternative<TargetKind>[] {
    return targetKind(this.graph, this.target)(when);
  }

  private read(key: string, when: Scenario): Alternative[] {
    return readEntry(this.graph.evaluator, { ...this.entry, when }, key);
  }
}

/** The gateway that a target belongs to, in each scenario. */
export const targetGateway = memoizeByNode((graph, target) =>
  memoizeByScenario((when) =>
    chain(readProperty(graph, target, 'GatewayIdentifier', when), (identifier) =>
      resolveGateway(graph, identifier),
    ),
  ),
);
