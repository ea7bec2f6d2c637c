import { pluralOf } from './icons.js';
import type { Picture, PictureEdge, PictureNode, PictureNodeKind } from './picture.js';

export interface Condensed {
  readonly picture: Picture;
  /** The nodes that a group stands for, by the id of the group's node. */
  readonly members: ReadonlyMap<string, readonly PictureNode[]>;
}

/** These are told apart even when there is nothing to say about them. */
const ALWAYS_ALONE: ReadonlySet<PictureNodeKind> = new Set(['unresolved', 'identity-provider']);

/**
 * Draws nodes that there is nothing to say about as one: of the same kind and stack, behind the same gateways, without
 * a finding, and with no failed or unverified edge. So a picture of a thousand targets shows the few that matter.
 */
export function condense(picture: Picture): Condensed {
  const groups = groupQuietNodes(picture);
  const standIn = new Map<string, string>();
  const members = new Map<string, readonly PictureNode[]>();
  const heads = new Map<string, PictureNode>();
  for (const group of groups) {
    const [first] = group;
    if (first === undefined || group.length < 2) continue;
    const head = groupNode(first, group);
    members.set(head.id, group);
    heads.set(first.id, head);
    for (const node of group) standIn.set(node.id, head.id);
  }
  const nodes = picture.nodes.flatMap((node) => heads.get(node.id) ?? (standIn.has(node.id) ? [] : node));
  return { picture: { ...picture, nodes, edges: mergeEdges(picture.edges, standIn) }, members };
}

function groupQuietNodes(picture: Picture): readonly (readonly PictureNode[])[] {
  const loud = new Set<string>();
  const gateways = new Map<string, Set<string>>();
  const kinds = new Map(picture.nodes.map((node) => [node.id, node.kind]));
  for (const edge of picture.edges) {
    if (edge.status === 'failed' || edge.status === 'unverified' || edge.findings.length > 0) {
      loud.add(edge.from).add(edge.to);
    }
    if (kinds.get(edge.from) === 'gateway') {
      const known = gateways.get(edge.to);
      if (known) known.add(edge.from);
      else gateways.set(edge.to, new Set([edge.from]));
    }
  }
  const groups = new Map<string, PictureNode[]>();
  for (const node of picture.nodes) {
    const quiet =
      !loud.has(node.id) &&
      !ALWAYS_ALONE.has(node.kind) &&
      node.findings.length === 0 &&
      (node.outcome === null || node.outcome === 'verified');
    const behind = [...(gateways.get(node.id) ?? [])].sort();
    const key = JSON.stringify(
      quiet ? [node.kind, node.stack, node.outcome, node.environments, behind] : [node.id],
    );
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  return [...groups.values()];
}

function groupNode(first: PictureNode, group: readonly PictureNode[]): PictureNode {
  return {
    ...first,
    id: `group of ${first.id}`,
    label: `${group.length} ${pluralOf(first.kind)}`,
    detail: `${group
      .slice(0, 3)
      .map((node) => node.label)
      .join(', ')}${group.length > 3 ? ', …' : ''}`,
    range: null,
  };
}

/** Points edges at the groups and draws equal ones once, with their number in the label. */
function mergeEdges(
  edges: readonly PictureEdge[],
  standIn: ReadonlyMap<string, string>,
): readonly PictureEdge[] {
  const merged = new Map<string, { edge: PictureEdge; count: number }>();
  for (const edge of edges) {
    const from = standIn.get(edge.from) ?? edge.from;
    const to = standIn.get(edge.to) ?? edge.to;
    const grouped = from !== edge.from || to !== edge.to;
    const key = JSON.stringify(
      grouped ? [from, to, edge.label, edge.status, edge.environments] : ['alone', merged.size],
    );
    const known = merged.get(key);
    if (known) known.count += 1;
    else merged.set(key, { edge: { ...edge, from, to }, count: 1 });
  }
  return [...merged.values()].map(({ edge, count }) =>
    count > 1 && edge.label !== '' ? { ...edge, label: `${edge.label} × ${count}` } : edge,
  );
}
