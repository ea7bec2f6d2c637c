import { edgeText, nodeDetail } from './environments.js';
import { type Outcome, ofConsumers } from './icons.js';
import type { Picture, PictureEdge, PictureNode, PictureNodeKind } from './picture.js';
import { LIGHT } from './style.js';
import { shortText } from './text.js';
import { type StackTree, stackTrees } from './trees.js';

const SHAPES: Readonly<Record<PictureNodeKind, string>> = {
  'inbound-authorizer': 'note',
  gateway: 'house',
  ...ofConsumers(({ shape }) => shape.dot),
  provider: 'cylinder',
  'identity-provider': 'ellipse',
  unresolved: 'box',
};

const SIGNS: Readonly<Record<Outcome, string>> = { verified: '✓', failed: '✗', unverified: '?' };

const NODE_LOOKS: Readonly<Record<Outcome, string>> = {
  verified: `color="${LIGHT.verified}"`,
  failed: `color="${LIGHT.failed}" fillcolor="${LIGHT.failedCard}" penwidth=2`,
  unverified: `color="${LIGHT.unverified}" fillcolor="${LIGHT.unverifiedCard}" style="filled,dashed"`,
};

const EDGE_LOOKS: Readonly<Record<PictureEdge['status'], string>> = {
  plain: '',
  verified: `color="${LIGHT.verified}" fontcolor="${LIGHT.verified}"`,
  failed: `color="${LIGHT.failed}" fontcolor="${LIGHT.failed}" penwidth=2`,
  unverified: `color="${LIGHT.unverified}" fontcolor="${LIGHT.unverified}" style=dashed`,
};

/**
 * The picture in Graphviz's language, stacks as clusters. Ids are made up, and all text of a template stands in quoted
 * strings in which no escape is left.
 *
 * @returns the text, ending in a line feed
 */
export function renderDot(picture: Picture): string {
  const { roots, loose } = stackTrees(picture);
  const ids = new Map(picture.nodes.map((node, index) => [node.id, `n${index}`]));
  const drawn = (nodes: readonly PictureNode[], indent: string): string[] =>
    nodes.map((node) => `${indent}${ids.get(node.id)} [${nodeAttributes(node)}];`);
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

function nodeAttributes(node: PictureNode): string {
  const sign = node.outcome === null ? '' : `${SIGNS[node.outcome]} `;
  const lines = [`${sign}${node.label}`, nodeDetail(node)].filter((line) => line !== '');
  const place = node.file === null ? [] : [`tooltip=${quote(placeOf(node))}`];
  const look = node.outcome === null ? [] : [NODE_LOOKS[node.outcome]];
  const unresolved = node.kind === 'unresolved' ? ['style="filled,dashed"'] : [];
  return [`label=${quote(...lines)}`, `shape=${SHAPES[node.kind]}`, ...look, ...unresolved, ...place].join(
    ' ',
  );
}

function placeOf({ file, range }: PictureNode): string {
  return range === null ? `${file}` : `${file}:${range.start.line}:${range.start.column}`;
}

function edgeAttributes(edge: PictureEdge): string {
  const { status } = edge;
  const label = edgeText(edge);
  const sign = status === 'plain' ? '' : `${SIGNS[status]} `;
  const attributes = [label === '' ? '' : `label=${quote(`${sign}${label}`)}`, EDGE_LOOKS[status]].filter(
    (one) => one !== '',
  );
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
