import type { Path, Span } from '../source/types.js';
import type { Change } from './change.js';
import type { SpanEdit } from './spans.js';

/**
 * Writes changes as edits of one text. What it answers is checked by its caller, so that it may leave out cases that
 * only hostile texts have.
 */
export interface Editor {
  /** The edits that make a change; undefined when there is no such place, or no right way known. */
  edit(change: Change): readonly SpanEdit[] | undefined;
  /**
   * The same change for each other place of the value which shows the changed content, because both are one in the
   * text; undefined when the change would not mean the same there.
   */
  echoes(value: unknown, change: Change): readonly Change[] | undefined;
  /** The stretch of the text that holds the entry at `path` and can be read by itself; undefined when none can. */
  part(path: Path): Part | undefined;
}

/** A stretch of a text that means the same when it is read as a text of its own. */
export interface Part {
  readonly span: Span;
  /** Edits from here on keep the stretch in its place; before, there is only its indentation. */
  readonly editable: number;
  /** Picks the entry's value out of what was read. */
  readonly pick: (value: unknown) => unknown;
}
