import { edgeText, nodeDetail } from './environments.js';
import { KIND_ICONS, KIND_NAMES, outcomeMark } from './icons.js';
import type { Layout, PlacedEdge, Point } from './layout.js';
import type { Picture, PictureNode } from './picture.js';
import { SIZES } from './sizes.js';
import { counted, escapeMarkup, fitText } from './text.js';

export interface DrawOptions {
  /**
   * Whether nodes and edges can be chosen: they get `data-node` and `data-edge` with their index into the picture, and
   * nodes are buttons for the keyboard and for screen readers.
   */
  readonly interactive: boolean;
}

type Placed<Key extends 'nodes' | 'stacks' | 'columns'> = Layout[Key][number];

/** The inside of the `svg` element: everything but the frame, the title and the style. All text is escaped. */
export function drawLayout(picture: Picture, layout: Layout, options: DrawOptions): string {
  return [
    ...layout.columns.map((column) => drawColumn(column)),
    ...layout.stacks.map((stack) => drawStack(stack)),
    ...layout.edges.map((edge) => drawEdge(picture, edge, options)),
    ...layout.nodes.map((node) => drawNode(picture, node, options)),
  ].join('\n');
}

/** How a node is read out: its kind, name, detail, outcome and the number of its findings. */
export function describeNode(node: PictureNode): string {
  const parts = [`${KIND_NAMES[node.kind]} ${node.label}`, nodeDetail(node), node.outcome ?? ''];
  if (node.findings.length > 0) parts.push(counted(node.findings.length, 'finding'));
  return parts.filter((part) => part !== '').join(', ');
}

function drawColumn({ title, x, width }: Placed<'columns'>): string {
  const y = SIZES.margin + 6;
  return `<text class="column" x="${x}" y="${y}">${escapeMarkup(title)}</text><path class="rule" d="M${x} ${y + 13}h${width}"/>`;
}

function drawStack({ x, y, width, height, label, file, index }: Placed<'stacks'>): string {
  const shown = fitText(label, SIZES.stackFont, width - 2 * SIZES.stackPadding);
  const full = label === file || file === '' ? label : `${label} (${file})`;
  return `<g class="stack" data-stack="${index}"><title>${escapeMarkup(full)}</title><rect ${box(x, y, width, height)} rx="12"/><text x="${number(x + SIZES.stackPadding)}" y="${number(y + 18)}">${escapeMarkup(shown)}</text></g>`;
}

function drawNode(picture: Picture, placed: Placed<'nodes'>, options: DrawOptions): string {
  const { node, index, x, y, width, height } = placed;
  const middle = y + height / 2;
  const textLeft = x + 40;
  const textWidth = width - 40 - (node.outcome === null ? 12 : 32);
  const description = escapeMarkup(describeNode(node));
  const control = options.interactive
    ? ` data-node="${index}" role="button" tabindex="-1" aria-pressed="false" aria-label="${description}"`
    : '';
  const detail = nodeDetail(node);
  const lines =
    detail === ''
      ? text('label', textLeft, middle, fitText(node.label, SIZES.nodeFont, textWidth))
      : text('label', textLeft, middle - 9, fitText(node.label, SIZES.nodeFont, textWidth)) +
        text('detail', textLeft, middle + 10, fitText(detail, SIZES.detailFont, textWidth));
  return [
    `<g class="node ${node.kind}${node.outcome === null ? '' : ` ${node.outcome}`}"${control}><title>${description}</title>`,
    `<rect class="card" ${box(x, y, width, height)} rx="9"/>`,
    `<path class="icon" transform="translate(${number(x + 11)} ${number(middle - 10)})" d="${KIND_ICONS[node.kind]}"/>`,
    lines,
    node.outcome === null ? '' : outcomeMark(node.outcome, x + width - 19, number(middle)),
    drawBadge(picture, placed),
    '</g>',
  ].join('');
}

/** The number of findings at the corner of a node whose outcome does not tell of them already. */
function drawBadge(picture: Picture, { node, x, y, width }: Placed<'nodes'>): string {
  const findings = node.findings.flatMap((index) => picture.findings[index] ?? []);
  if (
    findings.length === 0 ||
    (findings.length === 1 && node.outcome !== null && node.outcome !== 'verified')
  )
    return '';
  const severities = new Set(findings.map((finding) => finding.severity));
  const look = severities.has('error') ? ' failed' : severities.has('warning') ? ' unverified' : '';
  const count = String(findings.length);
  const badgeWidth = 12 + 6 * count.length;
  const left = x + width - badgeWidth - 10;
  return `<g class="badge${look}"><rect ${box(left, y - 8, badgeWidth, 16)} rx="8"/><text x="${number(left + badgeWidth / 2)}" y="${number(y)}">${count}</text></g>`;
}

function drawEdge(picture: Picture, placed: PlacedEdge, options: DrawOptions): string {
  const { edge, index, label } = placed;
  const status = edge.status === 'plain' ? '' : ` ${edge.status}`;
  const last = placed.curves.at(-1)?.to ?? placed.start;
  const backwards = placed.returns || last.x < placed.start.x;
  const control = options.interactive ? ` data-edge="${index}"` : '';
  const full = describeEdge(picture, placed);
  const tip = backwards ? `M${point(last)}l8-4v8Z` : `M${point(last)}l-8-4v8Z`;
  const touch = options.interactive ? `<path class="touch" d="${pathOf(placed)}"/>` : '';
  return `<g class="edge${status}"${control}><title>${escapeMarkup(full)}</title>${touch}<path class="wire" d="${pathOf(placed)}"/><path class="tip" d="${tip}"/>${label === null ? '' : drawTag(placed)}</g>`;
}

function describeEdge(picture: Picture, { edge }: PlacedEdge): string {
  const name = (id: string): string => picture.nodes.find((node) => node.id === id)?.label ?? id;
  const status = edge.status === 'plain' ? '' : ` (${edge.status})`;
  const said = edgeText(edge);
  return `${name(edge.from)} → ${name(edge.to)}${said === '' ? '' : `: ${said}`}${status}`;
}

function drawTag({ edge, label }: PlacedEdge): string {
  if (label === null) return '';
  const middle = label.y + label.height / 2;
  const mark =
    edge.status === 'plain' ? '' : outcomeMark(edge.status, number(label.x + 12), number(middle), 6);
  const textLeft = number(label.x + (mark === '' ? 7 : 23));
  const lines = label.lines.map((line, index) => {
    const y = middle + (index - (label.lines.length - 1) / 2) * SIZES.labelLine;
    return `<text x="${textLeft}" y="${number(y)}">${escapeMarkup(line)}</text>`;
  });
  return `<g class="tag"><rect ${box(label.x, label.y, label.width, label.height)} rx="9.5"/>${mark}${lines.join('')}</g>`;
}

function pathOf({ start, curves, returns }: PlacedEdge): string {
  let path = `M${point(start)}`;
  for (const { from, to } of curves) {
    const reach = returns ? 46 : (to.x - from.x) / 2;
    const away = returns ? 46 : -reach;
    path += `L${point(from)}C${number(from.x + reach)} ${number(from.y)} ${number(to.x + away)} ${number(to.y)} ${point(to)}`;
  }
  return path;
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
