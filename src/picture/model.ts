import { assignColumns, COLUMNS } from './columns.js';
import { gapOf, isLabelledAtEnd, LabelRooms, labelHeight, labelLines, labelWidth } from './labels.js';
import { lookOfNodes, PLAIN } from './look.js';
import { type NodeLine, nodeHeight, nodeLines } from './node-text.js';
import type { Look, Picture, PictureEdge, PictureNode } from './picture.js';
import { SIZES } from './sizes.js';

/** A node with what its place depends on. */
export interface Item {
  readonly node: PictureNode;
  /** Index into the picture's nodes. */
  readonly index: number;
  /** Index into `COLUMNS`. */
  readonly column: number;
  readonly height: number;
  readonly lines: readonly NodeLine[];
  readonly look: Look;
  readonly stack: StackItem | null;
}

export interface StackItem {
  /** Index into the picture's stacks. */
  readonly index: number;
  readonly label: string;
  readonly file: string;
  readonly parent: StackItem | null;
  readonly items: Item[];
  readonly children: StackItem[];
}

/** An edge between two nodes of the picture. */
export interface Link {
  readonly edge: PictureEdge;
  /** Index into the picture's edges. */
  readonly index: number;
  readonly from: Item;
  readonly to: Item;
  /** What is written on it, each line cut to fit; empty when nothing is. */
  readonly lines: readonly string[];
}

export interface Model {
  readonly items: readonly Item[];
  readonly links: readonly Link[];
  /** How wide every node is. */
  readonly nodeWidth: number;
  /** The left side of each column; a column without nodes takes no room. */
  readonly columnLefts: readonly number[];
}

/**
 * A picture with its ids resolved. Ids are looked up in maps and never used as property names; an edge to a node that
 * is not there is left out, and a stack inside itself stands alone.
 *
 * @param room how wide the drawing should be, in pixels, as far as its nodes can be narrower or wider for it; at their
 *   usual width where it is left out
 */
export function resolvePicture(picture: Picture, room?: number): Model {
  const columns = assignColumns(picture);
  const stacks = resolveStacks(picture);
  const ports = new Map<string, number>();
  const rooms = new LabelRooms();
  const linesOf = picture.edges.map((edge) => {
    const lines = labelLines(edge);
    const [from, to] = [columns.get(edge.from), columns.get(edge.to)];
    if (lines.length === 0 || from === undefined || to === undefined) return lines;
    const atEnd = isLabelledAtEnd(from, to);
    const port = `${atEnd || to < from ? 'left' : 'right'} ${atEnd ? edge.to : edge.from}`;
    ports.set(port, (ports.get(port) ?? 0) + labelHeight(lines) + SIZES.labelGap);
    rooms.add(gapOf(from, to), labelWidth(edge, lines));
    return lines;
  });
  const inUse = new Set(columns.values());
  const used = COLUMNS.map((_, column) => inUse.has(column));
  const homes = picture.nodes.map(({ stack }) => (stack === null ? null : (stacks.get(stack) ?? null)));
  const sides = homes.reduce((deepest, stack) => Math.max(deepest, enclosing(stack).length), 0);
  // Between columns there are sides of stacks only where there are several.
  const inner = new Set(homes).size > 1 ? sides : 0;
  const { nodeWidth, columnLefts } = placeColumns(used, rooms, { sides, inner }, room);

  const looks = lookOfNodes(picture);
  const byId = new Map<string, Item>();
  const items = picture.nodes.map((node, index) => {
    const stack = homes[index] ?? null;
    const look = looks.get(node.id) ?? PLAIN;
    const lines = nodeLines(node, nodeWidth, look.lost);
    const labels = Math.max(ports.get(`left ${node.id}`) ?? 0, ports.get(`right ${node.id}`) ?? 0);
    const height = Math.max(nodeHeight(lines.length), labels + SIZES.labelGap);
    const item: Item = { node, index, column: columns.get(node.id) ?? 0, height, lines, look, stack };
    stack?.items.push(item);
    if (!byId.has(node.id)) byId.set(node.id, item);
    return item;
  });
  const links = picture.edges.flatMap((edge, index) => {
    const from = byId.get(edge.from);
    const to = byId.get(edge.to);
    if (from === undefined || to === undefined) return [];
    return [{ edge, index, from, to, lines: linesOf[index] ?? [] }];
  });
  return { items, links, nodeWidth, columnLefts };
}

function placeColumns(
  used: readonly boolean[],
  rooms: LabelRooms,
  depth: { readonly sides: number; readonly inner: number },
  room: number | undefined,
): Pick<Model, 'nodeWidth' | 'columnLefts'> {
  const last = used.lastIndexOf(true);
  const [sides, inner] = [depth.sides * SIZES.stackPadding, depth.inner * SIZES.stackPadding];
  const gaps = COLUMNS.map((_, column) =>
    used[column] && column < last ? SIZES.columnGap + rooms.after(column) + 2 * inner : 0,
  );
  const count = used.filter(Boolean).length;
  const between = gaps.reduce((sum, gap) => sum + gap, 0) + 2 * (SIZES.margin + sides);
  const wish = room === undefined ? SIZES.nodeWidth : (room - between) / Math.max(1, count);
  const nodeWidth = Math.floor(Math.min(SIZES.mostNodeWidth, Math.max(SIZES.leastNodeWidth, wish)));
  const columnLefts: number[] = [];
  let left = SIZES.margin + sides;
  for (const [column, gap] of gaps.entries()) {
    columnLefts.push(left);
    if (used[column]) left += nodeWidth + gap;
  }
  return { nodeWidth, columnLefts };
}

function resolveStacks(picture: Picture): ReadonlyMap<string, StackItem> {
  const sources = new Map(picture.stacks.map((stack, index) => [stack.id, { stack, index }]));
  const resolved = new Map<string, StackItem>();
  const open = new Set<string>();
  const resolve = (id: string): StackItem | null => {
    const known = resolved.get(id);
    if (known) return known;
    const source = sources.get(id);
    if (source === undefined || open.has(id)) return null;
    open.add(id);
    const { label, file, parent: parentId } = source.stack;
    const parent = parentId === null ? null : resolve(parentId);
    const item: StackItem = { index: source.index, label, file, parent, items: [], children: [] };
    parent?.children.push(item);
    resolved.set(id, item);
    return item;
  };
  for (const { id } of picture.stacks) resolve(id);
  return resolved;
}

/** Whether there is a node in the stack or in a stack inside it. */
export function isOccupied(stack: StackItem): boolean {
  return stack.items.length > 0 || stack.children.some(isOccupied);
}

/** The stack and those around it, innermost first. */
export function enclosing(stack: StackItem | null): StackItem[] {
  const chain: StackItem[] = [];
  for (let current = stack; current !== null; current = current.parent) chain.push(current);
  return chain;
}
