import type { Scenario } from '../../evaluate/scenario.js';
import {
  type Alternative,
  chain,
  concatenate,
  knownText,
  literal,
  onlySymbol,
  type TextValue,
} from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { memoizeByNode } from '../../views/memoize-by-node.js';
import { memoizeByScenario } from '../../views/memoize-by-scenario.js';
import { openReason } from '../../views/open-value.js';
import { existence, readProperty } from '../../views/properties.js';
import { withDefault } from '../../views/read.js';
import { TYPES } from '../facts/resource-types.js';
import { type Candidate, inOrder } from './candidate.js';

/** Where a reference to a gateway leads. */
export type GatewayLink =
  | { readonly kind: 'gateway'; readonly gateway: Gateway }
  /** `reason` is a clause: "no template in view declares the gateway tools-abc". */
  | {
      readonly kind: 'unresolved';
      readonly reason: string;
      /** What the reference can lead to, where that is several things that nothing tells apart: two or more. */
      readonly candidates?: readonly Candidate<GatewayLink>[];
    };

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
  const unresolved = (reason: string): Alternative<GatewayLink>[] => [
    { ...reference, value: { kind: 'unresolved', reason } },
  ];
  const { value } = reference;
  if (value.kind === 'absent') return unresolved('it names no gateway');
  if (value.kind !== 'text') return unresolved(openReason(value));
  const symbol = onlySymbol(idIn(value));
  if (symbol === undefined) {
    const written = knownText(value);
    return written === undefined ? unresolved(openReason(value)) : resolveLiteral(graph, reference, written);
  }
  if (symbol.kind === 'opaque' && symbol.candidates !== undefined) {
    const candidates = symbol.candidates.map((at) => ({
      at,
      link: (when: Scenario) => chain(graph.evaluator.evaluate(at, when), (so) => resolveGateway(graph, so)),
    }));
    return [
      {
        ...reference,
        value: { kind: 'unresolved', reason: symbol.reason, candidates: inOrder(candidates) },
      },
    ];
  }
  if (symbol.kind !== 'attribute') return unresolved(openReason(value));
  const node = graph.resource(symbol.instance, symbol.logicalId);
  if (node?.type === TYPES.gateway) return gatewayAt(graph, reference, node);
  return unresolved(
    `${symbol.logicalId} is no gateway, but of the type ${node?.type ?? 'that nobody knows'}`,
  );
}

const ID_MARKER = ':gateway/';

/** The id in the ARN of a gateway that is put together; any other text as it is. */
function idIn(text: TextValue): TextValue {
  const index = text.parts.findIndex((part) => typeof part === 'string' && part.endsWith(ID_MARKER));
  return index < 0 ? text : concatenate(text.parts.slice(index + 1));
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
  written: string,
): Alternative<GatewayLink>[] {
  const [, region, account, id = written] = GATEWAY_ARN.exec(written) ?? [];
  const place = { region: region || undefined, account: account || undefined };
  const { at, when } = reference;
  const reason = `no template in view declares the gateway ${written}`;
  const answers = graph.byName(TYPES.gateway, 'GatewayIdentifier', literal(id), at.instance, when, place);
  return answers.flatMap((answer): Alternative<GatewayLink>[] => {
    const so = { ...reference, when: answer.when };
    const node =
      answer.kind === 'found'
        ? graph.resource(answer.entry.instance, String(answer.entry.target.path[1]))
        : undefined;
    return node === undefined
      ? [{ ...so, value: { kind: 'unresolved', reason } }]
      : gatewayAt(graph, so, node);
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
    value: exists.value
      ? { kind: 'gateway', gateway: gatewayOf(graph, node) }
      : { kind: 'unresolved', reason: `the gateway ${node.name} is not created` },
  }));
}
