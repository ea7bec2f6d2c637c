import { LineIndex } from './position.js';
import type { Comment, Location, Path, PathStep, Position, Range, Source, Span } from './types.js';

/** What a format knows about places: the rest of `locate` is the same for all. */
export interface Places {
  /** The span of the top value. */
  root(): Span;
  /**
   * The places of the direct entries of one map or list.
   *
   * @param container a map or list in the source's value, by identity
   * @param at its span
   */
  entries(container: object, at: Span): ReadonlyMap<PathStep, Location>;
  /** The spans of the comments, each from `#` to the end of the line, in order. */
  comments(): readonly Span[];
}

/** A parsed text. Positions are worked out when first asked for, one map or list at a time, and then kept. */
export class TextSource implements Source {
  readonly file: string;
  readonly format: Source['format'];
  readonly text: string;
  readonly value: unknown;
  private readonly places: Places;
  private readonly lines: LineIndex;
  private readonly knownEntries = new Map<object, ReadonlyMap<PathStep, Location>>();
  private rootSpan: Span | undefined;
  private readComments: readonly Comment[] | undefined;

  constructor(file: string, format: Source['format'], text: string, value: unknown, places: Places) {
    this.file = file;
    this.format = format;
    this.text = text;
    this.value = value;
    this.places = places;
    this.lines = new LineIndex(text);
  }

  comments(): readonly Comment[] {
    this.readComments ??= this.places
      .comments()
      .map((span) => ({ text: this.text.slice(span.start + 1, span.end), span }));
    return this.readComments;
  }

  locate(path: Path): Location | undefined {
    return this.find(path)?.location;
  }

  entries(path: Path): ReadonlyMap<PathStep, Location> | undefined {
    const found = this.find(path);
    return found !== undefined && isCollection(found.value)
      ? this.entriesOf(found.value, found.location.value)
      : undefined;
  }

  position(offset: number): Position {
    return this.lines.position(offset);
  }

  range(span: Span): Range {
    return this.lines.range(span);
  }

  private find(path: Path): { readonly location: Location; readonly value: unknown } | undefined {
    this.rootSpan ??= this.places.root();
    let location: Location = { key: undefined, value: this.rootSpan };
    let value = this.value;
    for (const step of path) {
      if (!isCollection(value)) return undefined;
      const entry = this.entriesOf(value, location.value).get(step);
      if (entry === undefined) return undefined;
      location = entry;
      value = (value as Record<PathStep, unknown>)[step];
    }
    return { location, value };
  }

  private entriesOf(container: object, at: Span): ReadonlyMap<PathStep, Location> {
    let entries = this.knownEntries.get(container);
    if (entries === undefined) {
      entries = this.places.entries(container, at);
      this.knownEntries.set(container, entries);
    }
    return entries;
  }
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
