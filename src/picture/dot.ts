import { withoutQuietRoles } from './fold.js';
import { type Outcome, ofConsumers } from './icons.js';
import { lookOfEdge, lookOfNodes, PLAIN } from './look.js';
import type { Look, Picture, PictureEdge, PictureNode, PictureNodeKind } from './picture.js';
import { LIGHT } from './style.js';
import { shortText } from './text.js';
import { type StackTree, stackTrees } from './trees.js';
import { causeLine, detailLines, edgeLines } from './words.js';

const SHAPES: Readonly<Record<PictureNodeKind, string>> = {
  'inbound-authorizer': 'note',
  role: 'octagon',
  gateway: 'house',
  ...ofConsumers(({ shape }) => shape.dot),
  provider: 'cylinder',
  'identity-provider': 'ellipse',
  unresolved: 'box',
};

const SIGNS: Readonly<Record<Outcome, string>> = { verified: '✓', failed: '✗', unverified: '?' };

const NODE_COLORS: Readonly<Record<Outcome, string>> = {
  verified: `color="${LIGHT.verified}"`,
  failed: `color="${LIGHT.failed}" fillcolor="${LIGHT.failedCard}" penwidth=2`,
  unverified: `color="${LIGHT.unverified}" fillcolor="${LIGHT.unverifiedCard}"`,
};

const EDGE_COLORS: Readonly<Record<Outcome, string>> = {
  verified: `color="${LIGHT.verified}" fontcolor="${LIGHT.verified}"`,
  failed: `color="${LIGHT.failed}" fontcolor="${LIGHT.failed}" penwidth=2`,
  unverified: `color="${LIGHT.unverified}" fontcolor="${LIGHT.unverified}"`,
};

/**
 * The picture in Graphviz's language, stacks as clusters. Ids are made up, and all text of a template stands in quoted
 * strings in which no escape is left.
 *
 * @returns the text, ending in a line feed
 */
export function renderDot(whole: Picture): string {
  const picture = withoutQuietRoles(whole);
  const looks = lookOfNodes(picture);
  const { roots, loose } = stackTrees(picture);
  const ids = new Map(picture.nodes.map((node, index) => [node.id, `n${index}`]));
  const drawn = (nodes: readonly PictureNode[], indent: string): string[] =>
    nodes.map(
      (node) => `${indent}${ids.get(node.id)} [${nodeAttributes(node, looks.get(node.id) ?? PLAIN)}];`,
    );
  const clusters = (trees: readonly StackTree[], indent: string): string[] =>
    trees.flatMap((tree) => [
      `${indent}subgraph cluster_s${tree.index} {`,
      `${indent}  label=${quote(tree.label)}; tooltip=${quote(tree.file)};`,
      ...drawn(tree.nodes, `${indent}  `),
      ...clusters(tree.children, `${indent}  `),
      `${indent}}`,
    ]);
  const edges = picture.edges.flatMap((edge) => {
    const [from, to] = [ids.get(edge.from), ids.get(edge.to)];
    return from === undefined || to === undefined ? [] : `  ${from} -> ${to}${edgeAttributes(edge)};`;
  });
  return `${[
    'digraph "Token exchange" {',
    '  charset="UTF-8"; rankdir=LR; nodesep=0.25; ranksep=0.8;',
    `  graph [fontname="Helvetica,Arial,sans-serif" fontsize=11 labeljust=l style=rounded color="${LIGHT.stackLine}" bgcolor="${LIGHT.card}"];`,
    `  node [fontname="Helvetica,Arial,sans-serif" fontsize=11 style=filled fillcolor="${LIGHT.card}" color="${LIGHT.line}"];`,
    `  edge [fontname="Helvetica,Arial,sans-serif" fontsize=9 color="${LIGHT.line}"];`,
    ...clusters(roots, '  '),
    ...drawn(loose, '  '),
    ...edges,
    '}',
  ].join('\n')}\n`;
}

function nodeAttributes(node: PictureNode, look: Look): string {
  const lines = [`${signOf(look)}${node.label}`, ...detailLines(node), ...node.causes.map(causeLine)];
  const place = node.file === null ? [] : [`tooltip=${quote(placeOf(node))}`];
  const colors = look.status === 'plain' ? [] : [NODE_COLORS[look.status]];
  // What a failure comes from has a thick border.
  const cause = node.causes.length > 0 ? ['penwidth=4'] : [];
  const dashed = look.conditional || node.kind === 'unresolved' ? ['style="filled,dashed"'] : [];
  return [
    `label=${quote(...lines)}`,
    `shape=${SHAPES[node.kind]}`,
    ...colors,
    ...cause,
    ...dashed,
    ...place,
  ].join(' ');
}

function signOf({ status }: Pick<Look, 'status'>): string {
  return status === 'plain' ? '' : `${SIGNS[status]} `;
}

function placeOf({ file, range }: PictureNode): string {
  return range === null ? `${file}` : `${file}:${range.start.line}:${range.start.column}`;
}

function edgeAttributes(edge: PictureEdge): string {
  const { status, conditional } = lookOfEdge(edge);
  const [first, ...others] = edgeLines(edge);
  const attributes = [
    first === undefined ? '' : `label=${quote(`${signOf({ status })}${first}`, ...others)}`,
    status === 'plain' ? '' : EDGE_COLORS[status],
    conditional ? 'style=dashed' : '',
  ].filter((one) => one !== '');
  return attributes.length === 0 ? '' : ` [${attributes.join(' ')}]`;
}

/**
 * A quoted string of these lines. Graphviz reads backslashes and, in labels, HTML's entities; GitHub's log reads
 * `##[command]`.
 */
function quote(...lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    shortText(line)
      .replaceAll('&', '&amp;')
      .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"')
      .replaceAll('##[', '##&#91;'),
  );
  return `"${escaped.join('\\n')}"`;
}
