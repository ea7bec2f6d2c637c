import { COLUMNS } from './columns.js';
import { enclosing, type Item, type StackItem } from './model.js';
import type { ConnectedPart } from './parts.js';
import { SIZES } from './sizes.js';

/** A node, or a stack with all that is in it: moved as one. */
interface Block {
  /** The node; null for a stack. */
  readonly item: Item | null;
  /** What stands directly in a stack. */
  readonly content: readonly Block[];
  /** Where its middle would be without stacks. */
  readonly wish: number;
  readonly first: number;
  readonly last: number;
  top: number;
  bottom: number;
}

type Middles = Map<Item, number>;

/** How often nodes are pulled towards their neighbours after packing. */
const RELAXATIONS = 8;

/**
 * How far below the highest of its neighbours a node stands at most, in pixels: what many lead to is seen together with the
 * first of them, on any screen.
 */
const REACH = 240;

/**
 * Puts nodes and stacks below each other, so that no stack overlaps another stack or a node that is not its own: in the
 * order in which they are wished for, each as far up as there is room. Then nodes are pulled towards what they are
 * connected with.
 *
 * @param wishes the middle that each node would have without stacks
 * @returns the middle of each node
 */
export function separate(part: ConnectedPart, wishes: ReadonlyMap<Item, number>): Middles {
  const middles = new Map(wishes);
  new Arrangement(part, middles).relax();
  return middles;
}

class Arrangement {
  private readonly children = new Map<StackItem | null, Set<Item | StackItem>>();
  private readonly blocks: readonly Block[];

  constructor(
    private readonly part: ConnectedPart,
    private readonly middles: Middles,
  ) {
    for (const item of part.items) {
      this.addChild(item.stack, item);
      for (const stack of enclosing(item.stack)) this.addChild(stack.parent, stack);
    }
    this.blocks = this.arrange(null);
  }

  private addChild(parent: StackItem | null, child: Item | StackItem): void {
    const known = this.children.get(parent);
    if (known) known.add(child);
    else this.children.set(parent, new Set([child]));
  }

  /** Places what stands directly in a stack, or directly in the part for null, from top to bottom. */
  private arrange(parent: StackItem | null): readonly Block[] {
    const blocks = [...(this.children.get(parent) ?? [])].map((child) =>
      'node' in child ? this.nodeBlock(child) : this.stackBlock(child),
    );
    blocks.sort((left, right) => left.wish - right.wish);
    const floors = COLUMNS.map(() => 0);
    for (const block of blocks) {
      const floor = floors.slice(block.first, block.last + 1).reduce((lowest, own) => Math.max(lowest, own));
      this.move(block, floor - block.top);
      floors.fill(block.bottom + SIZES.rowGap, block.first, block.last + 1);
    }
    return blocks;
  }

  private nodeBlock(item: Item): Block {
    const middle = this.middles.get(item) ?? 0;
    const [top, bottom] = [middle - item.height / 2, middle + item.height / 2];
    return { item, content: [], wish: middle, first: item.column, last: item.column, top, bottom };
  }

  private stackBlock(stack: StackItem): Block {
    const blocks = this.arrange(stack);
    return {
      item: null,
      content: blocks,
      // The content was wished for where it no longer is.
      wish: blocks.reduce((sum, block) => sum + block.wish, 0) / blocks.length,
      first: blocks.reduce<number>((least, block) => Math.min(least, block.first), COLUMNS.length),
      last: blocks.reduce((most, block) => Math.max(most, block.last), 0),
      top: topOf(blocks) - SIZES.stackPadding - SIZES.stackTitle,
      bottom: bottomOf(blocks) + SIZES.stackPadding,
    };
  }

  private move(block: Block, shift: number): void {
    if (shift === 0) return;
    block.top += shift;
    block.bottom += shift;
    if (block.item !== null) this.middles.set(block.item, (block.top + block.bottom) / 2);
    for (const inner of block.content) this.move(inner, shift);
  }

  /** Pulls nodes towards the middle of what they are connected with, as far as there is room in their stack. */
  relax(): void {
    const neighbours = new Map<Item, Item[]>(this.part.items.map((item) => [item, []]));
    for (const { from, to } of this.part.links) {
      neighbours.get(from)?.push(to);
      neighbours.get(to)?.push(from);
    }
    for (let round = 0; round < RELAXATIONS; round += 1)
      this.relaxColumn(this.blocks, neighbours, round % 2 === 0);
  }

  private relaxColumn(
    blocks: readonly Block[],
    neighbours: ReadonlyMap<Item, readonly Item[]>,
    upwards: boolean,
  ): void {
    const [top, bottom] = [topOf(blocks), bottomOf(blocks)];
    for (const block of blocks) if (block.item === null) this.relaxColumn(block.content, neighbours, upwards);
    for (const column of COLUMNS.keys()) {
      const shelf = blocks.filter((block) => block.first <= column && column <= block.last);
      if (upwards) shelf.reverse();
      for (const [index, block] of shelf.entries()) {
        const around = block.item === null ? [] : (neighbours.get(block.item) ?? []);
        if (around.length === 0) continue;
        const places = around.map((other) => this.middles.get(other) ?? 0);
        const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
        const highest = places.reduce((least, place) => Math.min(least, place), Infinity);
        const wish = Math.min(mean, highest + REACH);
        const [above, below] = upwards
          ? [shelf[index + 1], shelf[index - 1]]
          : [shelf[index - 1], shelf[index + 1]];
        const half = (block.bottom - block.top) / 2;
        const least = (above === undefined ? top : above.bottom + SIZES.rowGap) + half;
        const most = (below === undefined ? bottom : below.top - SIZES.rowGap) - half;
        this.move(block, Math.max(least, Math.min(most, wish)) - block.top - half);
      }
    }
  }
}

function topOf(blocks: readonly Block[]): number {
  return blocks.reduce((least, block) => Math.min(least, block.top), Infinity);
}

function bottomOf(blocks: readonly Block[]): number {
  return blocks.reduce((most, block) => Math.max(most, block.bottom), -Infinity);
}
