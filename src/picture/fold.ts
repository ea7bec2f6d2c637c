import type { Picture, PictureNode, PictureNodeKind } from './picture.js';

/** What a node takes in of the nodes at its ends: their names as lines of its own. */
const FOLDED: ReadonlySet<PictureNodeKind> = new Set(['inbound-authorizer', 'role', 'identity-provider']);

/**
 * The picture without the nodes that only say something of another one: a gateway tells by whom it may be called and
 * which role it has, and a provider its identity provider. So the drawing has three columns, and its names can be read
 * on a small screen.
 */
export function foldEnds(picture: Picture): Picture {
  const folded = new Map(picture.nodes.filter(({ kind }) => FOLDED.has(kind)).map((node) => [node.id, node]));
  if (folded.size === 0) return picture;
  const around = new Map<string, PictureNode[]>();
  const edges = picture.edges.filter(({ from, to }) => {
    const [end, host] = folded.has(from) ? [from, to] : [to, from];
    const node = folded.get(end);
    if (node === undefined) return true;
    const known = around.get(host);
    if (known === undefined) around.set(host, [node]);
    else known.push(node);
    return false;
  });
  return {
    ...picture,
    edges,
    nodes: picture.nodes.flatMap((node) => {
      if (folded.has(node.id)) return [];
      const ends = around.get(node.id);
      return ends === undefined ? [node] : [withEnds(node, ends)];
    }),
  };
}

function withEnds(node: PictureNode, ends: readonly PictureNode[]): PictureNode {
  const hosts = ends.filter(({ kind }) => kind === 'identity-provider').map(({ label }) => label);
  const lines = ends.map(({ kind, label, detail }) =>
    kind === 'identity-provider' ? label : kind === 'role' ? `role ${label}` : detail,
  );
  return {
    ...node,
    lines: [...new Set(lines.filter((line) => line !== ''))],
    causes: [
      ...node.causes,
      ...ends.flatMap((end) => end.causes.map((cause) => ({ ...cause, says: `${end.label} ${cause.says}` }))),
    ],
    facts:
      hosts.length === 0
        ? node.facts
        : [...node.facts, { name: 'Identity provider', value: hosts.join(', '), environments: null }],
    findings: [...new Set([...node.findings, ...ends.flatMap((end) => end.findings)])].sort((a, b) => a - b),
  };
}

/** The picture without the roles that nothing fails by. */
export function withoutQuietRoles(picture: Picture): Picture {
  const quiet = new Set(
    picture.nodes.filter(({ kind, causes }) => kind === 'role' && causes.length === 0).map(({ id }) => id),
  );
  return quiet.size === 0
    ? picture
    : {
        ...picture,
        nodes: picture.nodes.filter(({ id }) => !quiet.has(id)),
        edges: picture.edges.filter(({ from, to }) => !quiet.has(from) && !quiet.has(to)),
      };
}
