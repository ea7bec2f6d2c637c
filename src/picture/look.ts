import type { Look, Picture, PictureEdge, PictureNode, PictureNodeKind } from './picture.js';
import { isConditional } from './words.js';

/** What an edge looks like. Where the identity is lost, the edge that says as whom the call is made shows it. */
export function lookOfEdge(edge: PictureEdge): Look {
  const { status, lost, calledAs } = edge;
  return { status, lost: lost && calledAs !== null, conditional: isConditional(edge) };
}

/** What there is nothing to say about. */
export const PLAIN: Look = { status: 'plain', lost: false, conditional: false };

/**
 * What each node looks like, by its id. A tool looks as its exchange ended, or failed where its calls fail without one;
 * whatever else is the cause of a failure looks failed, too. A look is conditional where nothing of it always holds.
 */
export function lookOfNodes(picture: Picture): ReadonlyMap<string, Look> {
  const tools = new Map<string, PictureEdge[]>();
  for (const edge of picture.edges) {
    if (edge.status === 'plain') continue;
    for (const id of [edge.from, edge.to]) {
      const known = tools.get(id);
      if (known === undefined) tools.set(id, [edge]);
      else known.push(edge);
    }
  }
  return new Map(picture.nodes.map((node) => [node.id, lookOfNode(node, tools.get(node.id) ?? [])]));
}

/** The kinds that stand around tools: how an edge to one ended says nothing of it. */
const AROUND: ReadonlySet<PictureNodeKind> = new Set<PictureNodeKind>([
  'inbound-authorizer',
  'role',
  'gateway',
  'provider',
  'identity-provider',
  'unresolved',
]);

/** Whether a node is a tool: what is called, or what calls. */
export function isTool({ kind }: PictureNode): boolean {
  return !AROUND.has(kind);
}

function lookOfNode(node: PictureNode, edges: readonly PictureEdge[]): Look {
  if (!isTool(node)) {
    if (node.causes.length === 0) return PLAIN;
    return {
      status: 'failed',
      lost: node.causes.some(({ lost }) => lost),
      conditional: node.causes.every(isConditional),
    };
  }
  const status = node.outcome ?? (edges.some((edge) => edge.status === 'failed') ? 'failed' : 'plain');
  const same = edges.filter((edge) => edge.status === status);
  return {
    status,
    lost: edges.some((edge) => edge.lost),
    conditional: same.length > 0 && same.every(isConditional),
  };
}
