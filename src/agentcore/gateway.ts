import type { Scenario } from '../evaluate/scenario.js';
import { type Alternative, chain, onlyAtom } from '../evaluate/value.js';
import type { DeployedInstance } from '../graph/deployment.js';
import type { ResourceNode, World } from '../graph/world.js';
import { perNode } from './per-node.js';
import { perScenario } from './per-scenario.js';
import { existence, readProperty } from './properties.js';
import { withDefault } from './read.js';
import { TYPES } from './types.js';

/** Where a reference to a gateway leads. */
export type GatewayLink =
  | { readonly kind: 'gateway'; readonly gateway: Gateway }
  | { readonly kind: 'unresolved' };

/** A `Gateway` as the rules see it. */
export interface Gateway {
  readonly node: ResourceNode;
  /** What `AuthorizerType` says; parameters that nobody set are tried at their default. */
  authorizerType(when: Scenario): Alternative[];
  property(name: string, when: Scenario): Alternative[];
}

/** The view of a gateway. */
export const gatewayOf = perNode((world, node): Gateway => {
  const property = (name: string, when: Scenario): Alternative[] => readProperty(world, node, name, when);
  const authorizerType = perScenario((when) => chain(property('AuthorizerType', when), withDefault));
  return { node, property, authorizerType };
});

/** Resolves what `GatewayIdentifier` or `GatewayArn` gives. */
export function resolveGateway(world: World, reference: Alternative): Alternative<GatewayLink>[] {
  const unresolved: Alternative<GatewayLink> = { ...reference, value: { kind: 'unresolved' } };
  const atom = onlyAtom(reference.value);
  if (atom?.kind !== 'attribute') return [unresolved];
  const node = world.resource(atom.instance as DeployedInstance, atom.logicalId);
  if (node?.type !== TYPES.gateway) return [unresolved];
  return existence(world, node, reference.when).map((exists) => ({
    ...reference,
    when: exists.when,
    value: exists.value ? { kind: 'gateway', gateway: gatewayOf(world, node) } : { kind: 'unresolved' },
  }));
}
