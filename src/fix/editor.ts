import type { Change } from './change.js';
import type { SpanEdit } from './spans.js';

/**
 * Writes one change as edits of the text that the editor was made for; undefined when it knows no right way. What it
 * answers is checked by the caller, so that it may leave out cases that only hostile texts have.
 */
export type Editor = (change: Change) => readonly SpanEdit[] | undefined;
