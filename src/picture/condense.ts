import { pluralOf } from './icons.js';
import type { Picture, PictureEdge, PictureNode, PictureNodeKind } from './picture.js';

export interface Condensed {
  readonly picture: Picture;
  /** The nodes that a group stands for, by the id of the group's node. */
  readonly members: ReadonlyMap<string, readonly PictureNode[]>;
}

/** These are told apart even when there is nothing to say about them: which gateway leads where is never hidden. */
const ALWAYS_ALONE: ReadonlySet<PictureNodeKind> = new Set(['gateway', 'unresolved', 'identity-provider']);

/** What belongs to a gateway is a group with what belongs to the same one only. */
const BELONGS_TO_GATEWAY: ReadonlySet<PictureNodeKind> = new Set(['inbound-authorizer', 'role']);

/**
 * Draws nodes that there is nothing to say about as one: of the same kind and stack, called by the same gateways as the
 * same caller under the same conditions, without a finding, and with no failed or unverified edge. So a picture of a
 * thousand targets shows the few that matter, and still which gateway leads to which of them.
 *
 * @param alone the nodes that stay by themselves whatever they are
 */
export function condense(picture: Picture, alone: ReadonlySet<string> = new Set()): Condensed {
  const groups = groupQuietNodes(picture, alone);
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

function groupQuietNodes(picture: Picture, alone: ReadonlySet<string>): readonly (readonly PictureNode[])[] {
  const loud = new Set<string>();
  const gateways = new Map<string, Set<string>>();
  const kinds = new Map(picture.nodes.map((node) => [node.id, node.kind]));
  const belongs = (id: string, to: string, ...how: readonly unknown[]): void => {
    const known = gateways.get(id);
    const key = JSON.stringify([to, ...how]);
    if (known) known.add(key);
    else gateways.set(id, new Set([key]));
  };
  for (const { from, to, status, findings, lost, calledAs, scenario, environments } of picture.edges) {
    if (status === 'failed' || status === 'unverified' || lost || findings.length > 0) {
      loud.add(from).add(to);
    }
    // An edge that says as whom a call is made has the tool at one end and what calls it, or is called, at the other.
    if (calledAs !== null) {
      belongs(to, from, calledAs, scenario, environments);
      belongs(from, to, calledAs, scenario, environments);
    } else if (BELONGS_TO_GATEWAY.has(kinds.get(from) ?? 'gateway')) belongs(from, to);
  }
  const groups = new Map<string, PictureNode[]>();
  for (const node of picture.nodes) {
    const quiet =
      !loud.has(node.id) &&
      !alone.has(node.id) &&
      !ALWAYS_ALONE.has(node.kind) &&
      node.findings.length === 0 &&
      node.causes.length === 0 &&
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
  const { lines, ...head } = first;
  return {
    ...head,
    id: `group of ${first.id}`,
    label: `${group.length} ${pluralOf(first.kind)}`,
    detail: `${group
      .slice(0, 3)
      .map((node) => node.label)
      .join(', ')}${group.length > 3 ? ', …' : ''}`,
    range: null,
    facts: [],
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
    const { label, calledAs, status, lost, scenario, environments } = edge;
    const key = JSON.stringify(
      grouped ? [from, to, label, calledAs, status, lost, scenario, environments] : ['alone', merged.size],
    );
    const known = merged.get(key);
    if (known) known.count += 1;
    else merged.set(key, { edge: { ...edge, from, to }, count: 1 });
  }
  return [...merged.values()].map(({ edge, count }) =>
    count > 1 && edge.label !== '' ? { ...edge, label: `${edge.label} × ${count}` } : edge,
  );
}
