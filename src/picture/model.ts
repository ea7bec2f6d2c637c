import { assignColumns } from './columns.js';
import { environmentWords } from './environments.js';
import type { Picture, PictureEdge, PictureNode } from './picture.js';
import { SIZES } from './sizes.js';
import { fitText } from './text.js';

/** A node with what its place depends on. */
export interface Item {
  readonly node: PictureNode;
  /** Index into the picture's nodes. */
  readonly index: number;
  /** Index into `COLUMNS`. */
  readonly column: number;
  readonly height: number;
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
}

/**
 * A picture with its ids resolved. Ids are looked up in maps and never used as property names; an edge to a node that
 * is not there is left out, and a stack inside itself stands alone.
 */
export function resolvePicture(picture: Picture): Model {
  const columns = assignColumns(picture);
  const stacks = resolveStacks(picture);
  const ports = new Map<string, number>();
  for (const edge of picture.edges) {
    const height = labelHeight(labelLines(edge));
    if (height > 0) ports.set(edge.from, (ports.get(edge.from) ?? 0) + height + SIZES.labelGap);
  }
  const byId = new Map<string, Item>();
  const items = picture.nodes.map((node, index) => {
    const stack = node.stack === null ? null : (stacks.get(node.stack) ?? null);
    const height = Math.max(SIZES.nodeHeight, (ports.get(node.id) ?? 0) + SIZES.labelGap);
    const item: Item = { node, index, column: columns.get(node.id) ?? 0, height, stack };
    stack?.items.push(item);
    if (!byId.has(node.id)) byId.set(node.id, item);
    return item;
  });
  const links = picture.edges.flatMap((edge, index) => {
    const from = byId.get(edge.from);
    const to = byId.get(edge.to);
    if (from === undefined || to === undefined) return [];
    return [{ edge, index, from, to, lines: labelLines(edge) }];
  });
  return { items, links };
}

/** A grant, and the scenario and the environments in which it holds, stand on lines of their own. */
function labelLines({ label, environments }: PictureEdge): readonly string[] {
  const [grant = '', ...scenario] = label.split(/ (?=when )/);
  return [grant, scenario.join(' '), environmentWords(environments)]
    .filter((line) => line !== '')
    .map((line) => fitText(line, SIZES.labelFont, SIZES.labelMaximum));
}

/** How high the box around these lines is; 0 without lines. */
export function labelHeight(lines: readonly string[]): number {
  return lines.length === 0 ? 0 : lines.length * SIZES.labelLine + SIZES.labelPadding;
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
