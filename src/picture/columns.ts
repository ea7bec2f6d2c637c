import type { ConsumerNodeKind } from '../agentcore/facts/consumer-kinds.js';
import type { Picture, PictureEdge, PictureNode, PictureNodeKind } from './picture.js';

/** What stands above each column, from the token's arrival to where it is exchanged. */
export const COLUMNS = [
  'Inbound authorizer',
  'Gateway',
  'Target',
  'Credential provider',
  'Identity provider',
] as const;

/** Where consumers of every kind stand. */
export const CONSUMER_COLUMN = 2;

const COLUMN_OF: Readonly<Record<Exclude<PictureNodeKind, 'unresolved' | ConsumerNodeKind>, number>> = {
  'inbound-authorizer': 0,
  role: 0,
  gateway: 1,
  provider: 3,
  'identity-provider': 4,
};

/** What an unresolved reference most often stands for. */
const PROVIDER_COLUMN = 3;

/**
 * The column of each node, as an index into `COLUMNS`. An unresolved reference takes the column after the node that
 * refers to it, or the one before the node that it leads to: it stands where the missing resource would.
 */
export function assignColumns(picture: Picture): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  for (const node of picture.nodes) if (node.kind !== 'unresolved') columns.set(node.id, columnOf(node.kind));
  const edgesOf = groupEdges(picture.edges);
  for (const node of picture.nodes) {
    if (node.kind === 'unresolved')
      columns.set(node.id, columnOfUnresolved(node, edgesOf.get(node.id) ?? [], columns));
  }
  return columns;
}

function columnOf(kind: Exclude<PictureNodeKind, 'unresolved'>): number {
  return isFixed(kind) ? COLUMN_OF[kind] : CONSUMER_COLUMN;
}

function isFixed(kind: PictureNodeKind): kind is keyof typeof COLUMN_OF {
  return Object.hasOwn(COLUMN_OF, kind);
}

function columnOfUnresolved(
  node: PictureNode,
  edges: readonly PictureEdge[],
  columns: ReadonlyMap<string, number>,
): number {
  let before = -1;
  let after: number = COLUMNS.length;
  for (const edge of edges) {
    if (edge.to === node.id) before = Math.max(before, columns.get(edge.from) ?? before);
    if (edge.from === node.id) after = Math.min(after, columns.get(edge.to) ?? after);
  }
  if (before >= 0) return Math.min(before + 1, COLUMNS.length - 1);
  return after < COLUMNS.length ? Math.max(after - 1, 0) : PROVIDER_COLUMN;
}

function groupEdges(edges: readonly PictureEdge[]): ReadonlyMap<string, readonly PictureEdge[]> {
  const groups = new Map<string, PictureEdge[]>();
  for (const edge of edges) {
    for (const id of new Set([edge.from, edge.to])) {
      const group = groups.get(id);
      if (group) group.push(edge);
      else groups.set(id, [edge]);
    }
  }
  return groups;
}
