import type { Location, PathStep } from '../types.js';

/** Four numbers an entry: the start and end of its key, and of its value. */
const WIDTH = 4;

/** Stands for the start and end of a key where there is none. */
export const NO_KEY = -1;

/** A map or list that is being read. */
interface Growing {
  readonly steps: PathStep[];
  readonly spans: number[];
}

/**
 * Takes down where the entries of maps and lists stand, while a text is read. No two of these begin at the same
 * character, so that each is known by where it begins.
 */
export class PlaceRecorder {
  private readonly containers = new Map<number, Growing>();
  private readonly growing: Growing[] = [];

  open(): void {
    this.growing.push({ steps: [], spans: [] });
  }

  /** Adds an entry to the map or list that was opened last. */
  add(step: PathStep, keyStart: number, keyEnd: number, start: number, end: number): void {
    const last = this.growing.at(-1);
    last?.steps.push(step);
    last?.spans.push(keyStart, keyEnd, start, end);
  }

  /** Ends the map or list that was opened last. */
  close(start: number): void {
    const last = this.growing.pop();
    if (last !== undefined) this.containers.set(start, last);
  }

  /** The places of the entries of the map or list that begins at `start`. */
  entries(start: number): ReadonlyMap<PathStep, Location> {
    const { steps, spans } = this.containers.get(start) ?? { steps: [], spans: [] };
    return new Map(steps.map((step, index) => [step, location(spans, index * WIDTH)]));
  }
}

function location(spans: readonly number[], at: number): Location {
  const [keyStart = NO_KEY, keyEnd = 0, start = 0, end = 0] = spans.slice(at, at + WIDTH);
  return { key: keyStart === NO_KEY ? undefined : { start: keyStart, end: keyEnd }, value: { start, end } };
}
