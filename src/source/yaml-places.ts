import { spansOf } from './spans.js';
import type { Places } from './text-source.js';
import type { Location, PathStep, Span } from './types.js';

const NO_KEY = -1;
const WIDTH = 4;

/**
 * Gathers the places of a YAML text while it is read. Four numbers an entry, kept in one array, so that the library's
 * tree, fifty times the size of the text, need not be kept or made a second time.
 */
export class YamlPlaces implements Places {
  /** Of each entry: key start and end (`NO_KEY` without one), value start and end. */
  private spans: Int32Array | number[] = [];
  /** The step of each entry, in step with `#spans`. */
  private readonly steps: PathStep[] = [];
  /** The index of a container's first entry, and how many it has. */
  private readonly containers = new Map<object, { readonly first: number; readonly count: number }>();
  private readonly commentSpans: readonly number[];
  private rootSpan: Span = { start: 0, end: 0 };

  /** @param comments start and end of each comment, one after the other */
  constructor(comments: readonly number[]) {
    this.commentSpans = comments;
  }

  /**
   * Adds a container's entries.
   *
   * @param spans four numbers for each of `steps`; a key start of -1 means that the entry has no key
   */
  add(container: object, steps: readonly PathStep[], spans: readonly number[]): void {
    const all = this.spans as number[];
    this.containers.set(container, { first: this.steps.length, count: steps.length });
    for (const step of steps) this.steps.push(step);
    for (const place of spans) all.push(place);
  }

  /** Ends the gathering. */
  seal(root: Span): void {
    this.rootSpan = root;
    this.spans = Int32Array.from(this.spans);
  }

  root(): Span {
    return this.rootSpan;
  }

  entries(container: object): ReadonlyMap<PathStep, Location> {
    const { first, count } = this.containers.get(container) ?? { first: 0, count: 0 };
    const entries = new Map<PathStep, Location>();
    for (let index = first; index < first + count; index++) {
      const step = this.steps[index];
      if (step !== undefined) entries.set(step, this.location(index * WIDTH));
    }
    return entries;
  }

  comments(): readonly Span[] {
    return spansOf(this.commentSpans);
  }

  private location(at: number): Location {
    const [keyStart = NO_KEY, keyEnd = 0, start = 0, end = 0] = this.spans.slice(at, at + WIDTH);
    return { key: keyStart === NO_KEY ? undefined : { start: keyStart, end: keyEnd }, value: { start, end } };
  }
}
