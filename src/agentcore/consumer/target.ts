import type { Scenario } from '../../evaluate/scenario.js';
import { type Alternative, chain } from '../../evaluate/value.js';
import type { ResourceNode } from '../../graph/resource-graph.js';
import { memoizeByNode } from '../../views/memoize-by-node.js';
import { withDefault } from '../../views/read.js';
import { readRouteOnce } from '../../views/routes.js';
import type { Consumer } from './consumer.js';
import { targetGateway } from './credential-configuration.js';
import type { GatewayLink } from './gateway.js';
import { consumersOf } from './kinds.js';
import { type TargetKind, targetKind } from './target-kind.js';

/** A `GatewayTarget` as the rules see it, whatever its credentials. */
export interface Target {
  readonly node: ResourceNode;
  /** What it is. */
  kind(when: Scenario): Alternative<TargetKind>[];
  /** The gateway that it belongs to. */
  gateway(when: Scenario): Alternative<GatewayLink>[];
  /** A property of the block that says what it is, such as `ListingMode` of an MCP server. */
  property(kind: Alternative<TargetKind>, name: string): Alternative[];
  /** Its OAuth blocks. */
  consumers(when: Scenario): Consumer[];
}

/** The view of a gateway target. */
export const targetOf = memoizeByNode(
  (graph, node): Target => ({
    node,
    kind: targetKind(graph, node),
    gateway: targetGateway(graph, node),
    property: ({ value, when }, name) =>
      value.kind === 'known' ? chain(readRouteOnce(graph, node, value.key, [name], when), withDefault) : [],
    consumers: (when) => consumersOf(graph, node, when),
  }),
);
