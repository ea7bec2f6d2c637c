import { MAX_YAML_TOKENS } from '../limits.js';
import { spansOf } from '../spans.js';
import type { Places } from '../text-source.js';
import type { Location, PathStep, Span } from '../types.js';
import { PlaceRecorder } from './place-recorder.js';
import { Reader } from './reader.js';
import { Declined } from './scanner.js';

export interface EverydayYaml {
  readonly value: unknown;
  readonly places: Places;
  /** The `yaml` library takes the text apart into no more lexemes than that. */
  readonly tokens: number;
}

/**
 * Reads the YAML that templates are written in: maps and lists by indentation and in brackets, strings in all five
 * forms, short tags and comments. In what is left of YAML (anchors, merge keys, directives, explicit keys, tabs) and in
 * all that is wrong it has no say: it gives the text up, and the `yaml` library decides.
 *
 * The library makes lexemes of a text, tokens of these, and nodes of those, at one to two megabytes a second; this is
 * one pass, and a start needs no library. What it takes it reads as the library does, to the last offset: the tests
 * compare the two. Places are read in a second pass, when the first is asked for.
 *
 * @returns undefined where the text goes beyond that
 */
export function readEverydayYaml(text: string): EverydayYaml | undefined {
  try {
    const reader = new Reader(text, undefined);
    const value = reader.read();
    const { tokens, comments } = reader;
    if (tokens > MAX_YAML_TOKENS) return undefined;
    return {
      value,
      places: new EverydayPlaces(text, { start: reader.start, end: reader.end }, comments),
      tokens,
    };
  } catch (thrown) {
    if (thrown instanceof Declined) return undefined;
    throw thrown;
  }
}

class EverydayPlaces implements Places {
  private readonly text: string;
  private readonly rootSpan: Span;
  private readonly commentSpans: readonly number[];
  private recorder: PlaceRecorder | undefined;

  /** @param comments start and end of each comment, one after the other */
  constructor(text: string, root: Span, comments: readonly number[]) {
    this.text = text;
    this.rootSpan = root;
    this.commentSpans = comments;
  }

  root(): Span {
    return this.rootSpan;
  }

  entries(_container: object, at: Span): ReadonlyMap<PathStep, Location> {
    this.recorder ??= record(this.text);
    return this.recorder.entries(at.start);
  }

  comments(): readonly Span[] {
    return spansOf(this.commentSpans);
  }
}

/** Reads a text that was read before once more, for its places. */
function record(text: string): PlaceRecorder {
  const recorder = new PlaceRecorder();
  new Reader(text, recorder).read();
  return recorder;
}
