import type { Span } from '../source/types.js';
import { after, before, indentOf, isBlank, lineBreakAt, lineEnd, wholeLines } from './layout.js';
import type { SpanEdit } from './spans.js';

/** A collection written with brackets: a JSON object or array, or a YAML flow collection. */
export interface Flow {
  /** The offset behind the opening bracket. */
  readonly open: number;
  /** The offset of the closing bracket. */
  readonly close: number;
  readonly items: readonly FlowItem[];
}

export interface FlowItem extends Span {
  /** The offset of the comma behind the item; undefined when there is none. */
  readonly comma: number | undefined;
}

/** Takes an item out together with one comma, and with its line when it has it to itself. */
export function removeFromFlow(text: string, flow: Flow, index: number): readonly SpanEdit[] | undefined {
  const item = flow.items[index];
  if (item === undefined) return undefined;
  const previous = flow.items[index - 1];
  const next = flow.items[index + 1];
  const end = item.comma === undefined ? item.end : item.comma + 1;

  if (previous === undefined && next === undefined) {
    const around = text.slice(flow.open, item.start) + text.slice(item.end, flow.close);
    return [
      deletion(hasComment(around) ? { start: item.start, end } : { start: flow.open, end: flow.close }),
    ];
  }

  const ownLine = isBlank(before(text, item.start)) && /^[ \t]*(?:#.*)?$/.test(after(text, end));
  if (ownLine && !hasComment(text.slice(item.end, end))) {
    const lines = deletion(wholeLines(text, { start: item.start, end: lineEnd(text, end) }));
    if (next !== undefined || item.comma !== undefined || previous?.comma === undefined) return [lines];
    return [deletion({ start: previous.comma, end: previous.comma + 1 }), lines];
  }

  const gone =
    next === undefined
      ? { start: previous?.end ?? item.start, end: item.end }
      : { start: item.start, end: next.start };
  const gap = next === undefined ? text.slice(gone.start, item.start) : text.slice(item.end, gone.end);
  return hasComment(gap) ? undefined : [deletion(gone)];
}

/** How a new entry is written into a flow map. */
export interface FlowEntryWriter {
  /** The entry on one line. */
  readonly oneLine: () => string;
  /** The entry on lines of its own, the first without its indentation, further ones with `indent` in front. */
  readonly lines: (indent: string) => string;
  /** The separator of entries on one line, where the map itself does not show one: `, ` or `,`. */
  readonly separator: string;
  /** How the first entry of an empty map is written; see `EmptyFlow`. */
  readonly empty: EmptyFlow;
}

export interface EmptyFlow {
  /** One more step of indentation, when the entry gets a line of its own; undefined to stay on one line. */
  readonly unit: string | undefined;
  /** What stands between bracket and entry on one line: a space or nothing. */
  readonly padding: string;
}

/** Adds an entry behind the last one, in the way the others are written. */
export function insertIntoFlow(
  text: string,
  flow: Flow,
  entry: FlowEntryWriter,
): readonly SpanEdit[] | undefined {
  const last = flow.items.at(-1);
  return last === undefined ? fillEmpty(text, flow, entry) : append(text, flow, last, entry);
}

function fillEmpty(
  text: string,
  { open, close }: Flow,
  entry: FlowEntryWriter,
): readonly SpanEdit[] | undefined {
  if (hasComment(text.slice(open, close))) return undefined;
  const { unit, padding } = entry.empty;
  if (unit === undefined)
    return [{ span: { start: open, end: close }, text: padding + entry.oneLine() + padding }];
  const outer = indentOf(text, open);
  const inner = outer + unit;
  const eol = lineBreakAt(text, open);
  return [{ span: { start: open, end: close }, text: eol + inner + entry.lines(inner) + eol + outer }];
}

function append(
  text: string,
  flow: Flow,
  last: FlowItem,
  entry: FlowEntryWriter,
): readonly SpanEdit[] | undefined {
  const lead = before(text, last.start);
  const eol = lineBreakAt(text, last.start);

  // `, b` at the start of each line: the comma goes with the new line.
  if (/^[ \t]*,[ \t]*$/.test(lead) && last.comma === undefined) {
    const indent = ' '.repeat(lead.length);
    return [insertion(last.end, eol + lead + entry.lines(indent))];
  }

  if (isBlank(lead)) {
    const line = eol + lead + entry.lines(lead);
    if (last.comma !== undefined) {
      return [insertion(endOfTrailer(text, last.comma + 1, flow.close), `${line},`)];
    }
    const lineAt = endOfTrailer(text, last.end, flow.close);
    return lineAt === last.end
      ? [insertion(last.end, `,${line}`)]
      : [insertion(last.end, ','), insertion(lineAt, line)];
  }

  const previous = flow.items.at(-2);
  const gap = previous === undefined ? undefined : text.slice(previous.end, last.start);
  const separator = gap !== undefined && /^,[ \t]*$/.test(gap) ? gap : entry.separator;
  if (last.comma === undefined) return [insertion(last.end, separator + entry.oneLine())];
  return [insertion(last.comma + 1, `${separator.slice(1)}${entry.oneLine()},`)];
}

/** Where a line may begin after `offset`: behind a comment on the same line, if there is one before `close`. */
function endOfTrailer(text: string, offset: number, close: number): number {
  const trailer = after(text, offset);
  const end = offset + trailer.length;
  return end <= close && /^[ \t]*#/.test(trailer) ? end : offset;
}

/** Whether the stretch between two items holds a comment: there is nothing else a `#` could be part of. */
function hasComment(gap: string): boolean {
  return gap.includes('#');
}

function deletion(span: Span): SpanEdit {
  return { span, text: '' };
}

function insertion(offset: number, text: string): SpanEdit {
  return { span: { start: offset, end: offset }, text };
}
