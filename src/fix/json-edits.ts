import type { Location, Path, PathStep, Source, Span } from '../source/types.js';
import type { Change, PlainValue } from './change.js';
import type { Editor } from './editor.js';
import { type Flow, insertIntoFlow, removeFromFlow } from './flow.js';
import { before, indentOf, isBlank, lineBreakAt, lineStart } from './layout.js';
import { isList } from './plain-value.js';
import type { SpanEdit } from './spans.js';

/** Makes the editor of a JSON text. */
export function jsonEditor(source: Source): Editor {
  const top = nodeAt(source, []) as Node;
  const style = styleOf(source.text, top);
  return {
    edit: (change) => editsFor(source, style, change),
    echoes: () => [],
    part: (path) => {
      const node = nodeAt(source, path);
      return node && { span: node.span, editable: node.span.start, pick: (value) => value };
    },
  };
}

/** An entry of the text. */
interface Node {
  readonly span: Span;
  readonly key: Span | undefined;
  /** What the value holds, in the order of the text; undefined for a scalar. */
  readonly entries: ReadonlyMap<PathStep, Location> | undefined;
}

function nodeAt(source: Source, path: Path): Node | undefined {
  const location = source.locate(path);
  return location && { span: location.value, key: location.key, entries: source.entries(path) };
}

function editsFor(source: Source, style: JsonStyle, change: Change): readonly SpanEdit[] | undefined {
  const { text } = source;
  const node = nodeAt(source, change.path);
  if (node === undefined) return undefined;
  switch (change.kind) {
    case 'replace': {
      const written = isSpread(text, node, style)
        ? writeLines(change.value, style, indentOf(text, node.span.start))
        : writeLine(change.value, style);
      return [{ span: node.span, text: written }];
    }
    case 'rename':
      return node.key && [{ span: node.key, text: JSON.stringify(change.key) }];
    case 'remove': {
      const container = nodeAt(source, change.path.slice(0, -1));
      const step = change.path.at(-1);
      if (container?.entries === undefined || step === undefined) return undefined;
      return removeFromFlow(text, flowOf(text, container), [...container.entries.keys()].indexOf(step));
    }
    case 'insert': {
      if (node.entries === undefined || text[node.span.start] !== '{') return undefined;
      const local = styleIn(text, node, style);
      const key = JSON.stringify(change.key) + local.colon;
      return insertIntoFlow(text, flowOf(text, node), {
        oneLine: () => key + writeLine(change.value, local),
        lines: (indent) => key + writeLines(change.value, local, indent),
        separator: local.comma,
        empty: { unit: local.multiLine ? local.unit : undefined, padding: '' },
      });
    }
  }
}

/** How a JSON text is laid out. */
interface JsonStyle {
  /** From the key's closing quote to the value: `: `, `:`, ` : `. */
  readonly colon: string;
  /** Between entries on one line: `, ` or `,`. */
  readonly comma: string;
  /** One step of indentation. */
  readonly unit: string;
  readonly lineBreak: string;
  /** Whether collections are spread over lines. */
  readonly multiLine: boolean;
}

/** Reads the layout off the top-level object and its first entry. */
function styleOf(text: string, top: Node): JsonStyle {
  const multiLine = isMultiLine(text, top);
  const colon = colonOf(text, top) ?? (multiLine ? ': ' : ':');
  const first = firstIn(top);
  const unit = first === undefined ? '' : indentOf(text, first);
  return {
    colon,
    comma: /\s$/.test(colon) ? ', ' : ',',
    unit: unit === '' ? '  ' : unit,
    lineBreak: lineBreakAt(text, top.span.start),
    multiLine,
  };
}

/** The layout inside one object, where it shows one of its own. */
function styleIn(text: string, object: Node, style: JsonStyle): JsonStyle {
  const { start } = object.span;
  const first = firstIn(object);
  const outer = indentOf(text, start);
  const inner = first !== undefined && lineStart(text, first) > start ? indentOf(text, first) : '';
  return {
    ...style,
    colon: colonOf(text, object) ?? style.colon,
    unit: inner.length > outer.length && inner.startsWith(outer) ? inner.slice(outer.length) : style.unit,
    lineBreak: lineBreakAt(text, start),
  };
}

/** Where the first entry of a collection begins, with its key. */
function firstIn({ entries }: Node): number | undefined {
  const [first] = entries?.values() ?? [];
  return first && (first.key ?? first.value).start;
}

function colonOf(text: string, object: Node): string | undefined {
  const [first] = object.entries?.values() ?? [];
  if (first?.key === undefined) return undefined;
  const between = text.slice(first.key.end, first.value.start);
  return between.includes('\n') ? undefined : between;
}

function isMultiLine(text: string, node: Node): boolean {
  return text.slice(node.span.start, firstIn(node) ?? node.span.end).includes('\n');
}

/** Whether what is put in the node's place may take several lines. */
function isSpread(text: string, node: Node, style: JsonStyle): boolean {
  if (node.entries !== undefined && node.entries.size > 0) return isMultiLine(text, node);
  return style.multiLine && isBlank(before(text, (node.key ?? node.span).start));
}

function flowOf(text: string, { span, entries }: Node): Flow {
  const items = [...(entries?.values() ?? [])];
  return {
    open: span.start + 1,
    close: span.end - 1,
    items: items.map(({ key, value }, index) => ({
      start: (key ?? value).start,
      end: value.end,
      // Between two entries there is nothing but white space and the comma.
      comma: index + 1 < items.length ? text.indexOf(',', value.end) : undefined,
    })),
  };
}

function writeLine(value: PlainValue, style: JsonStyle): string {
  if (isList(value)) return `[${value.map((item) => writeLine(item, style)).join(style.comma)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, item]) => JSON.stringify(key) + style.colon + writeLine(item, style),
  );
  return `{${entries.join(style.comma)}}`;
}

/** The value on as many lines as it needs; `indent` is the indentation of the line that it begins on. */
function writeLines(value: PlainValue, style: JsonStyle, indent: string): string {
  const inner = indent + style.unit;
  const wrap = (open: string, items: readonly string[], close: string): string =>
    items.length === 0
      ? open + close
      : open +
        items.map((item) => style.lineBreak + inner + item).join(',') +
        style.lineBreak +
        indent +
        close;
  if (isList(value))
    return wrap(
      '[',
      value.map((item) => writeLines(item, style, inner)),
      ']',
    );
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, item]) => JSON.stringify(key) + style.colon + writeLines(item, style, inner),
  );
  return wrap('{', entries, '}');
}
