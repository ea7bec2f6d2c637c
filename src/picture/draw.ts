import { KIND_ICONS, KIND_NAMES, outcomeMark } from './icons.js';
import { LABEL_MARK, LABEL_PADDING } from './labels.js';
import type { Layout, PlacedEdge, Point } from './layout.js';
import { lookOfEdge } from './look.js';
import { ICON_ROOM } from './node-text.js';
import type { Look, Picture, PictureNode } from './picture.js';
import { SIZES } from './sizes.js';
import { counted, escapeMarkup, fitText } from './text.js';
import { causeLine, detailLines, edgeLines, LOST } from './words.js';

export interface DrawOptions {
  /**
   * Whether nodes and edges can be chosen: they get `data-node` and `data-edge` with their index into the picture, and
   * nodes are buttons for the keyboard and for screen readers.
   */
  readonly interactive: boolean;
}

type Placed<Key extends 'nodes' | 'stacks' | 'columns'> = Layout[Key][number];

/** A node or an edge of a drawing. */
export interface DrawnPart {
  /** Index into the picture's nodes or edges. */
  readonly index: number;
  /** Where it begins, in pixels from the top. */
  readonly top: number;
  /** One `g` element, all text escaped. */
  markup(): string;
}

/** A drawing in the order in which it is painted: what is behind all, then edges, then nodes. */
export interface DrawnParts {
  readonly back: string;
  readonly edges: readonly DrawnPart[];
  readonly nodes: readonly DrawnPart[];
}

/** The parts of a drawing; an edge or a node is written down when its markup is asked for. */
export function drawParts(picture: Picture, layout: Layout, options: DrawOptions): DrawnParts {
  const names = new Map(picture.nodes.map(({ id, label }) => [id, label]));
  return {
    back: [
      ...layout.columns.map((column) => drawColumn(column)),
      ...layout.stacks.map((stack) => drawStack(stack)),
    ].join('\n'),
    edges: layout.edges.map((edge) => ({
      index: edge.index,
      top: Math.min(edge.start.y, edge.end.y),
      markup: () => drawEdge(names, edge, options),
    })),
    nodes: layout.nodes.map((node) => ({
      index: node.index,
      top: node.y,
      markup: () => drawNode(picture, node, options),
    })),
  };
}

/** The inside of the `svg` element: everything but the frame, the title and the style. All text is escaped. */
export function drawLayout(picture: Picture, layout: Layout, options: DrawOptions): string {
  const { back, edges, nodes } = drawParts(picture, layout, options);
  return [back, ...[...edges, ...nodes].map((part) => part.markup())].join('\n');
}

/** How a node is read out: its kind, name, details, outcome, what it is the cause of and the number of its findings. */
export function describeNode(node: PictureNode, look: Look): string {
  const parts = [
    `${KIND_NAMES[node.kind]} ${node.label}`,
    ...detailLines(node),
    look.status === 'plain' ? '' : look.status,
    look.lost ? LOST : '',
    ...node.causes.map(causeLine),
  ];
  if (node.findings.length > 0) parts.push(counted(node.findings.length, 'finding'));
  return parts.filter((part) => part !== '').join(', ');
}

function drawColumn({ title, x, width }: Placed<'columns'>): string {
  const y = SIZES.margin + 4;
  return `<text class="column" x="${x}" y="${y}">${escapeMarkup(title)}</text><path class="rule" d="M${x} ${y + 13}h${width}"/>`;
}

function drawStack({ x, y, width, height, label, file, index }: Placed<'stacks'>): string {
  const shown = fitText(label, SIZES.stackFont, width - 2 * SIZES.stackPadding);
  const full = label === file || file === '' ? label : `${label} (${file})`;
  return `<g class="stack" data-stack="${index}"><title>${escapeMarkup(full)}</title><rect ${box(x, y, width, height)} rx="12"/><text x="${number(x + SIZES.stackPadding)}" y="${number(y + 18)}">${escapeMarkup(shown)}</text></g>`;
}

function drawNode(picture: Picture, placed: Placed<'nodes'>, options: DrawOptions): string {
  const { node, index, x, y, width, height, look, lines } = placed;
  const middle = y + height / 2;
  const description = escapeMarkup(describeNode(node, look));
  const control = options.interactive
    ? ` data-node="${index}" role="button" tabindex="-1" aria-pressed="false" aria-label="${description}"`
    : '';
  const isCause = node.causes.length > 0;
  const top = middle - ((lines.length - 1) * SIZES.nodeLine) / 2;
  const iconMiddle = lines.length <= 2 ? middle : top + SIZES.nodeLine / 2;
  return [
    `<g class="node ${node.kind}${classesOf(look)}${isCause ? ' cause' : ''}"${control}><title>${description}</title>`,
    `<rect class="card" ${box(x, y, width, height)} rx="8"/>`,
    isCause ? `<path class="bar" d="M${number(x + 5)} ${number(y + 9)}v${number(height - 18)}"/>` : '',
    `<path class="icon" transform="translate(${number(x + 12)} ${number(iconMiddle - 10)})" d="${KIND_ICONS[node.kind]}"/>`,
    ...lines.map(({ kind, text: content }, line) =>
      text(kind, kind === 'cause' ? x + 12 : x + ICON_ROOM, top + line * SIZES.nodeLine, content),
    ),
    drawMark(look, x + width - 19, number(iconMiddle)),
    drawBadge(picture, placed),
    '</g>',
  ].join('');
}

/** What makes a node or an edge look as it ended. */
function classesOf({ status, conditional, lost }: Look): string {
  return [
    status === 'plain' ? '' : ` ${status}`,
    conditional ? ' conditional' : '',
    lost ? ' lost' : '',
  ].join('');
}

/** A lost identity has a mark of its own, so that it is seen beside failures. */
function drawMark({ status, lost }: Look, x: number, y: number, radius?: number): string {
  if (lost) return outcomeMark('lost', x, y, radius);
  return status === 'plain' ? '' : outcomeMark(status, x, y, radius);
}

/** The number of findings at the corner of a node whose look does not tell of them already. */
function drawBadge(picture: Picture, { node, x, y, width, look }: Placed<'nodes'>): string {
  const findings = node.findings.flatMap((index) => picture.findings[index] ?? []);
  if (
    findings.length === 0 ||
    (findings.length === 1 && look.status !== 'plain' && look.status !== 'verified')
  )
    return '';
  const severities = new Set(findings.map((finding) => finding.severity));
  const kind = severities.has('error') ? ' failed' : severities.has('warning') ? ' unverified' : '';
  const count = String(findings.length);
  const badgeWidth = 12 + 7 * count.length;
  const left = x + width - badgeWidth - 10;
  return `<g class="badge${kind}"><rect ${box(left, y - 9, badgeWidth, 18)} rx="9"/><text x="${number(left + badgeWidth / 2)}" y="${number(y)}">${count}</text></g>`;
}

function drawEdge(names: ReadonlyMap<string, string>, placed: PlacedEdge, options: DrawOptions): string {
  const { edge, index, label, end, start } = placed;
  const backwards = placed.returns || end.x < start.x;
  const control = options.interactive ? ` data-edge="${index}"` : '';
  const full = describeEdge(names, placed);
  const tip = backwards ? `M${point(end)}l8-4v8Z` : `M${point(end)}l-8-4v8Z`;
  const touch = options.interactive ? `<path class="touch" d="${pathOf(placed)}"/>` : '';
  return `<g class="edge${classesOf(lookOfEdge(edge))}"${control}><title>${escapeMarkup(full)}</title>${touch}<path class="wire" d="${pathOf(placed)}"/><path class="tip" d="${tip}"/>${label === null ? '' : drawTag(placed)}</g>`;
}

function describeEdge(names: ReadonlyMap<string, string>, { edge }: PlacedEdge): string {
  const name = (id: string): string => names.get(id) ?? id;
  const status = edge.status === 'plain' ? '' : ` (${edge.status})`;
  const words = edgeLines(edge).join(', ');
  return `${name(edge.from)} → ${name(edge.to)}${words === '' ? '' : `: ${words}`}${status}`;
}

function drawTag({ edge, label }: PlacedEdge): string {
  if (label === null) return '';
  const middle = label.y + label.height / 2;
  const mark = drawMark(lookOfEdge(edge), number(label.x + 13), number(middle), 6);
  const textLeft = number(label.x + LABEL_PADDING + (mark === '' ? 0 : LABEL_MARK));
  const lines = label.lines.map((line, index) => {
    const y = middle + (index - (label.lines.length - 1) / 2) * SIZES.labelLine;
    return `<text x="${textLeft}" y="${number(y)}">${escapeMarkup(line)}</text>`;
  });
  return `<g class="tag"><rect ${box(label.x, label.y, label.width, label.height)} rx="8"/>${mark}${lines.join('')}</g>`;
}

function pathOf({ start, end, curve: { from, to }, returns }: PlacedEdge): string {
  const reach = returns ? 46 : (to.x - from.x) / 2;
  const away = returns ? 46 : -reach;
  return `M${point(start)}L${point(from)}C${number(from.x + reach)} ${number(from.y)} ${number(to.x + away)} ${number(to.y)} ${point(to)}L${point(end)}`;
}

function text(name: string, x: number, y: number, content: string): string {
  return `<text class="${name}" x="${number(x)}" y="${number(y)}">${escapeMarkup(content)}</text>`;
}

function box(x: number, y: number, width: number, height: number): string {
  return `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"`;
}

function point({ x, y }: Point): string {
  return `${number(x)} ${number(y)}`;
}

/** A tenth of a pixel is enough, and keeps the file small. */
function number(value: number): number {
  return Math.round(value * 10) / 10;
}
