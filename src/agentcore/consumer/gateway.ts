import type { Scenario } from '../../evaluate/scenario.js';
import { type Alternative, chain, knownText, literal, onlySymbol } from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { memoizeByNode } from '../../views/memoize-by-node.js';
import { memoizeByScenario } from '../../views/memoize-by-scenario.js';
import { existence, readProperty } from '../../views/properties.js';
import { withDefault } from '../../views/read.js';
import { TYPES } from '../facts/resource-types.js';

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
export const gatewayOf = memoizeByNode((graph, node): Gateway => {
  const property = (name: string, when: Scenario): Alternative[] => readProperty(graph, node, name, when);
  const authorizerType = memoizeByScenario((when) => chain(property('AuthorizerType', when), withDefault));
  return { node, property, authorizerType };
});

/** Resolves what `GatewayIdentifier` or `GatewayArn` gives. */
export function resolveGateway(graph: ResourceGraph, reference: Alternative): Alternative<GatewayLink>[] {
  const unresolved: Alternative<GatewayLink> = { ...reference, value: { kind: 'unresolved' } };
  const symbol = onlySymbol(reference.value);
  if (symbol === undefined) return resolveLiteral(graph, reference) ?? [unresolved];
  if (symbol.kind !== 'attribute') return [unresolved];
  const node = graph.resource(symbol.instance, symbol.logicalId);
  return node?.type === TYPES.gateway ? gatewayAt(graph, reference, node) : [unresolved];
}

/** `arn:PARTITION:bedrock-agentcore:REGION:ACCOUNT:gateway/ID` */
const GATEWAY_ARN = /^arn:[^:]+:bedrock-agentcore:([^:]*):([^:]*):gateway\/([^/]+)$/;

/**
 * A gateway by the id that it has since it was made, or by its ARN: only inputs that describe what is deployed know
 * them.
 */
function resolveLiteral(
  graph: ResourceGraph,
  reference: Alternative,
): Alternative<GatewayLink>[] | undefined {
  const written = knownText(reference.value);
  if (written === undefined) return undefined;
  const [, region, account, id = written] = GATEWAY_ARN.exec(written) ?? [];
  const place = { region: region || undefined, account: account || undefined };
  const { at, when } = reference;
  const lookup = graph.byName(TYPES.gateway, 'GatewayIdentifier', literal(id), at.instance, when, place);
  if (lookup.kind !== 'found') return undefined;
  return lookup.matches.flatMap(({ entry, when: matched }) => {
    const node = graph.resource(entry.instance, String(entry.target.path[1]));
    return node === undefined ? [] : gatewayAt(graph, { ...reference, when: matched }, node);
  });
}

function gatewayAt(
  graph: ResourceGraph,
  reference: Alternative,
  node: ResourceNode,
): Alternative<GatewayLink>[] {
  return existence(graph, node, reference.when).map((exists) => ({
    ...reference,
    when: exists.when,
    value: exists.value ? { kind: 'gateway', gateway: gatewayOf(graph, node) } : { kind: 'unresolved' },
  }));
}
