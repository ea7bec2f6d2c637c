import { condense } from './condense.js';
import { withoutQuietRoles } from './fold.js';
import { type Outcome, ofConsumers } from './icons.js';
import { lookOfEdge, lookOfNodes, PLAIN } from './look.js';
import type { Look, Picture, PictureEdge, PictureNode, PictureNodeKind } from './picture.js';
import { selectAround } from './select.js';
import { LIGHT } from './style.js';
import { summarize } from './summary.js';
import { shortText } from './text.js';
import { type StackTree, stackTrees } from './trees.js';
import { causeLine, detailLines, edgeLines } from './words.js';

/** Mermaid refuses more by default (`maxEdges`, `maxTextSize`), and so does GitHub. */
const LIMITS = { edges: 500, characters: 50_000 } as const;

const SIGNS: Readonly<Record<Outcome, string>> = { verified: '✓', failed: '✗', unverified: '?' };

const SHAPES: Readonly<Record<PictureNodeKind, readonly [open: string, close: string]>> = {
  'inbound-authorizer': ['([', '])'],
  role: ['[\\', '/]'],
  gateway: ['{{', '}}'],
  ...ofConsumers(({ shape }) => shape.mermaid),
  provider: ['(', ')'],
  'identity-provider': ['([', '])'],
  unresolved: ['[', ']'],
};

const CLASSES = [
  `classDef failed fill:${LIGHT.failedCard},stroke:${LIGHT.failed},stroke-width:2px,color:${LIGHT.text}`,
  `classDef unverified fill:${LIGHT.unverifiedCard},stroke:${LIGHT.unverified},stroke-width:2px,color:${LIGHT.text}`,
  `classDef cause stroke-width:5px`,
  `classDef conditional stroke-dasharray:6 4`,
  'classDef unresolved stroke-dasharray:3 3',
] as const;

/** Shows nothing, and parts what it stands between. */
const WORD_JOINER = '\u2060';

/**
 * What Mermaid looks for in labels when their entities are decoded already: the start of an icon, formulas, and its own
 * marks for decoded entities. No entity hides these, so that they are parted.
 */
const READ_AFTER_DECODING = /fa[a-z]{0,20}:(?=fa-)|\$(?=\$)|ﬂ(?=°)|¶(?=ß)/gi;

/**
 * The picture as a Mermaid flowchart, stacks as subgraphs. Mermaid refuses large charts: past its limits nodes without
 * findings are drawn as groups, and past them again only the first failed and unverified consumers, with a node that
 * tells how many are left out.
 *
 * @returns the chart without a code fence, ending in a line feed
 */
export function renderMermaid(drawn: Picture): string {
  const picture = withoutQuietRoles(drawn);
  const summary = summarize(picture).replace(/[:;]/g, ',');
  const whole = renderChart(picture, summary, 0);
  if (fits(picture, whole)) return whole;
  const condensed = condense(picture).picture;
  const consumers = condensed.nodes.filter((node) => node.outcome !== null);
  const byGravity = [...consumers].sort((left, right) => gravity(left) - gravity(right));
  for (let shown = byGravity.length; shown > 0; shown = Math.floor(shown / 1.5)) {
    const part =
      shown === byGravity.length
        ? condensed
        : selectAround(condensed, new Set(byGravity.slice(0, shown).map((node) => node.id)));
    const chart = renderChart(part, summary, byGravity.length - shown);
    if (fits(part, chart)) return chart;
  }
  return renderChart({ ...picture, nodes: [], edges: [] }, summary, byGravity.length);
}

function fits(picture: Picture, chart: string): boolean {
  return picture.edges.length <= LIMITS.edges && chart.length <= LIMITS.characters;
}

function gravity({ outcome }: PictureNode): number {
  return outcome === 'failed' ? 0 : outcome === 'unverified' ? 1 : 2;
}

function renderChart(picture: Picture, summary: string, leftOut: number): string {
  const { roots, loose } = stackTrees(picture);
  const looks = lookOfNodes(picture);
  const ids = new Map(picture.nodes.map((node, index) => [node.id, `n${index}`]));
  const drawn = (nodes: readonly PictureNode[], indent: string): string[] =>
    nodes.map((node) => `${indent}${ids.get(node.id)}${drawNode(node, looks.get(node.id) ?? PLAIN)}`);
  const subgraphs = (trees: readonly StackTree[], indent: string): string[] =>
    trees.flatMap((tree) => [
      `${indent}subgraph s${tree.index}[${quote([tree.label])}]`,
      ...drawn(tree.nodes, `${indent}  `),
      ...subgraphs(tree.children, `${indent}  `),
      `${indent}end`,
    ]);
  const edges = picture.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to));
  return `${[
    'flowchart LR',
    '  accTitle: Token exchange graph',
    `  accDescr: ${summary}`,
    ...subgraphs(roots, '  '),
    ...drawn(loose, '  '),
    ...edges.map((edge) => `  ${ids.get(edge.from)} ${drawArrow(edge)} ${ids.get(edge.to)}`),
    ...(leftOut > 0 ? [`  more[${quote([`… and ${leftOut} more`])}]`] : []),
    ...CLASSES.map((line) => `  ${line}`),
    ...classLines(picture, ids, looks),
    ...linkStyles(edges),
  ].join('\n')}\n`;
}

function drawNode(node: PictureNode, look: Look): string {
  const [open, close] = SHAPES[node.kind];
  return `${open}${quote([node.label, ...detailLines(node), ...node.causes.map(causeLine)], look.status)}${close}`;
}

/** Thick where the call fails, and dashed where it is there, or fails, only under a condition. */
function drawArrow(edge: PictureEdge): string {
  const { status, conditional } = lookOfEdge(edge);
  const arrow = conditional ? '-.->' : status === 'failed' ? '==>' : '-->';
  const lines = edgeLines(edge);
  return lines.length === 0 ? arrow : `${arrow}|${quote(lines, status)}|`;
}

function classLines(
  picture: Picture,
  ids: ReadonlyMap<string, string>,
  looks: ReadonlyMap<string, Look>,
): string[] {
  const lookOf = (node: PictureNode): Look => looks.get(node.id) ?? PLAIN;
  const members: readonly (readonly [string, (node: PictureNode) => boolean])[] = [
    ['failed', (node) => lookOf(node).status === 'failed'],
    ['unverified', (node) => lookOf(node).status === 'unverified'],
    ['cause', ({ causes }) => causes.length > 0],
    ['conditional', (node) => lookOf(node).conditional],
    ['unresolved', ({ kind }) => kind === 'unresolved'],
  ];
  return members.flatMap(([name, isMember]) => {
    const found = picture.nodes.filter(isMember);
    return found.length === 0 ? [] : [`  class ${found.map((node) => ids.get(node.id)).join(',')} ${name}`];
  });
}

function linkStyles(edges: readonly PictureEdge[]): string[] {
  return (['verified', 'failed', 'unverified'] as const).flatMap((status) => {
    const own = edges.flatMap((edge, index) => (edge.status === status ? [index] : []));
    const width = status === 'failed' ? ',stroke-width:3px' : '';
    return own.length === 0 ? [] : [`  linkStyle ${own.join(',')} stroke:${LIGHT[status]}${width}`];
  });
}

/**
 * A quoted label: the sign of an outcome, and lines. Letters, digits and spaces stand as they are, and points and
 * hyphens within a word; all else is written as Mermaid's entity of its code point, because labels are also read as
 * Markdown, as HTML, for icons (`fa:`) and for formulas (`$$`).
 */
function quote(lines: readonly string[], status: Look['status'] = 'plain'): string {
  const sign = status === 'plain' ? '' : `${SIGNS[status]} `;
  return `"${sign}${lines.map(escapeLabel).join('<br/>')}"`;
}

function escapeLabel(line: string): string {
  return shortText(line)
    .replace(READ_AFTER_DECODING, `$&${WORD_JOINER}`)
    .replace(
      /[^\p{L}\p{N} .-]|(?<![\p{L}\p{N}])[.-]|[.-](?![\p{L}\p{N}])|(?<=www)\.|(?<=^\d+)\./giu,
      (character) => `#${character.codePointAt(0)};`,
    );
}
