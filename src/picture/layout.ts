import { COLUMNS } from './columns.js';
import { enclosing, type Item, isOccupied, resolvePicture, type StackItem } from './model.js';
import type { NodeLine } from './node-text.js';
import { orderRows } from './order.js';
import { type ConnectedPart, splitParts } from './parts.js';
import type { Look, Picture, PictureNode } from './picture.js';
import { type Box, type PlacedEdge, routeEdges } from './routes.js';
import { separate } from './separate.js';
import { SIZES } from './sizes.js';

export type { Box, PlacedEdge, Point } from './routes.js';

/** A picture with a place for everything, in pixels from the top left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** The columns in use, with the top of the first row. */
  readonly columns: readonly { readonly title: string; readonly x: number; readonly width: number }[];
  /** Outer stacks before the stacks inside them. Stacks that hold nothing are left out. */
  readonly stacks: readonly (Box & {
    readonly label: string;
    readonly file: string;
    readonly index: number;
  })[];
  readonly nodes: readonly (Box & {
    readonly node: PictureNode;
    readonly index: number;
    readonly column: number;
    readonly lines: readonly NodeLine[];
    readonly look: Look;
  })[];
  readonly edges: readonly PlacedEdge[];
}

/** The top of what is below the columns' titles. */
const TOP = SIZES.margin + 34;

/**
 * Places a picture: a column for each kind of node, stacks as boxes. What nothing connects is laid out by itself and
 * packed below or beside the rest. Edges to nodes that are not in the picture are left out. The same picture always
 * gets the same layout.
 *
 * @param room how wide the drawing should be, in pixels: nodes are made narrower and wider within limits
 */
export function layoutPicture(picture: Picture, room?: number): Layout {
  const model = resolvePicture(picture, room);
  const { columnLefts, nodeWidth } = model;
  const placement = new Placement(columnLefts, nodeWidth);
  for (const part of splitParts(model)) placement.add(part);

  const nodes = model.items.map((item) => ({
    ...placement.boxOf(item),
    node: item.node,
    index: item.index,
    column: item.column,
    lines: item.lines,
    look: item.look,
  }));
  const edges = routeEdges(model.links, (item) => placement.boxOf(item));
  const stacks = [...placement.stacks].map(([{ label, file, index }, box]) => ({
    ...box,
    label,
    file,
    index,
  }));
  const inUse = new Set(model.items.map(({ column }) => column));
  const used = COLUMNS.flatMap((title, column) =>
    inUse.has(column) ? [{ title, x: columnLefts[column] ?? 0, width: nodeWidth }] : [],
  );
  const all = unionOf([...nodes, ...stacks, ...edges.flatMap((edge) => edge.label ?? [])]);
  return {
    width: Math.ceil(all.x + all.width + SIZES.margin),
    height: Math.ceil(Math.max(all.y + all.height, TOP) + SIZES.margin),
    columns: used,
    stacks,
    nodes,
    edges,
  };
}

/** Takes parts one after the other and puts each as far up as the columns that it covers allow. */
class Placement {
  readonly stacks = new Map<StackItem, Box>();
  private readonly middles = new Map<Item, number>();
  private readonly floors: number[] = COLUMNS.map(() => TOP);

  constructor(
    private readonly columnLefts: readonly number[],
    private readonly nodeWidth: number,
  ) {}

  boxOf(item: Item): Box {
    const x = this.columnLefts[item.column] ?? 0;
    const y = (this.middles.get(item) ?? 0) - item.height / 2;
    return { x, y, width: this.nodeWidth, height: item.height };
  }

  add(part: ConnectedPart): void {
    const roots = new Set(part.items.flatMap((item) => enclosing(item.stack).at(-1) ?? []));
    for (const [item, middle] of separate(part, orderRows(part))) this.middles.set(item, middle);
    for (const root of roots) this.frame(root);
    const boxes = part.items.map((item) => this.boxOf(item));
    for (const root of roots) boxes.push(this.stacks.get(root) ?? unionOf([]));
    const extent = unionOf(boxes);

    const columns = part.items.map((item) => item.column).sort((left, right) => left - right);
    const first = columns[0] ?? 0;
    const end = (columns.at(-1) ?? 0) + 1;
    const top = this.floors.slice(first, end).reduce((left, right) => Math.max(left, right), TOP);
    const shift = top - extent.y;
    for (const item of part.items) this.middles.set(item, (this.middles.get(item) ?? 0) + shift);
    for (const root of roots) this.frame(root);
    this.floors.fill(top + extent.height + SIZES.partGap, first, end);
  }

  /** Draws the boxes of a stack and of those inside it around their nodes. */
  private frame(stack: StackItem): Box {
    // Reserves the place in the map's order: outer stacks are drawn before inner ones.
    this.stacks.set(stack, unionOf([]));
    const content = unionOf([
      ...stack.items.map((item) => this.boxOf(item)),
      ...stack.children.filter(isOccupied).map((child) => this.frame(child)),
    ]);
    const box = {
      x: content.x - SIZES.stackPadding,
      y: content.y - SIZES.stackPadding - SIZES.stackTitle,
      width: content.width + 2 * SIZES.stackPadding,
      height: content.height + 2 * SIZES.stackPadding + SIZES.stackTitle,
    };
    this.stacks.set(stack, box);
    return box;
  }
}

function unionOf(boxes: readonly Box[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return boxes.length === 0
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}
