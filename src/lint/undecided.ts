import type { ResourceNode } from '../graph/resource-graph.js';

/** A question that went past a limit: nothing is known of what it asked. */
export interface Undecided {
  readonly node: ResourceNode;
  readonly reason: string;
}
