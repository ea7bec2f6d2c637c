/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

import { type DrawnPart, drawParts } from '../draw.js';
import type { Layout } from '../layout.js';
import type { Picture } from '../picture.js';

/** So many parts fill a screen: they are drawn at once. */
const AT_FIRST = 150;
/** The rest of a large drawing comes in, from the top, while the page is idle, so many parts at a time. */
const AT_ONCE = 500;

type Layer = 'edge' | 'node';

/** The drawing in the page: what a reader sees first is drawn at once, and whatever is asked for, when it is asked for. */
export class Scene {
  private readonly back: SVGGElement;
  private readonly layers: Readonly<Record<Layer, SVGGElement>>;
  private waiting: { readonly layer: Layer; readonly part: DrawnPart }[] = [];
  private timer: number | undefined;
  private readonly elements: Readonly<Record<Layer, Map<number, SVGGElement>>> = {
    edge: new Map(),
    node: new Map(),
  };

  /** @param root the group that holds the drawing and nothing else */
  constructor(readonly root: SVGGElement) {
    const group = (): SVGGElement =>
      root.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'g'));
    this.back = group();
    this.layers = { edge: group(), node: group() };
  }

  draw(picture: Picture, layout: Layout): void {
    window.clearTimeout(this.timer);
    const { back, edges, nodes } = drawParts(picture, layout, { interactive: true });
    // All text in the drawing was escaped, and the page's policy lets no other script run.
    this.back.innerHTML = back;
    for (const layer of ['edge', 'node'] as const) {
      this.layers[layer].innerHTML = '';
      this.elements[layer].clear();
    }
    this.waiting = [
      ...edges.map((part) => ({ layer: 'edge' as const, part })),
      ...nodes.map((part) => ({ layer: 'node' as const, part })),
    ];
    this.waiting.sort((a, b) => a.part.top - b.part.top);
    this.drawSome(AT_FIRST);
  }

  node(index: number): SVGGElement | undefined {
    this.finish();
    return this.elements.node.get(index);
  }

  edge(index: number): SVGGElement | undefined {
    this.finish();
    return this.elements.edge.get(index);
  }

  /** Where the keyboard enters the drawing: the topmost node of the first column, of those that are drawn. */
  entry({ nodes }: Layout): SVGGElement | undefined {
    const drawn = nodes.filter(({ index }) => this.elements.node.has(index));
    const [first, ...others] = drawn;
    if (first === undefined) return undefined;
    const entry = others.reduce(
      (best, one) => ((one.column - best.column || one.y - best.y) < 0 ? one : best),
      first,
    );
    return this.elements.node.get(entry.index);
  }

  /** Draws what is still waiting. */
  finish(): void {
    window.clearTimeout(this.timer);
    while (this.waiting.length > 0) this.add(this.waiting.splice(0, AT_ONCE));
  }

  private drawSome(count = AT_ONCE): void {
    this.add(this.waiting.splice(0, count));
    if (this.waiting.length > 0) this.timer = window.setTimeout(() => this.drawSome());
  }

  private add(parts: readonly { readonly layer: Layer; readonly part: DrawnPart }[]): void {
    for (const layer of ['edge', 'node'] as const) {
      const group = this.layers[layer];
      const own = parts.filter((one) => one.layer === layer);
      const before = group.childElementCount;
      group.insertAdjacentHTML('beforeend', own.map(({ part }) => part.markup()).join(''));
      for (const [offset, { part }] of own.entries()) {
        const element = group.children[before + offset];
        if (element instanceof SVGGElement) this.elements[layer].set(part.index, element);
      }
    }
  }
}
