import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import type { Change, PlainValue } from './change.js';
import type { Editor } from './editor.js';
import { type Flow, insertIntoFlow, removeFromFlow } from './flow.js';
import { before, indentOf, isBlank, lineBreakAt, lineStart } from './layout.js';
import { isList } from './plain-value.js';
import type { SpanEdit } from './spans.js';

/** Makes the editor of a JSON text. */
export function jsonEditor(text: string): Editor {
  // The scanner takes a byte order mark for content; a space keeps the offsets.
  const root = parseTree(text.replace(/^\uFEFF/, ' '));
  const style = root && styleOf(text, root);
  return {
    edit: (change) => root && style && editsFor(text, root, style, change),
    echoes: () => [],
    part: (path) => {
      const node = root && findNodeAtLocation(root, [...path]);
      return node && { span: spanOf(node), editable: node.offset, pick: (value) => value };
    },
  };
}

function editsFor(
  text: string,
  root: Node,
  style: JsonStyle,
  change: Change,
): readonly SpanEdit[] | undefined {
  const node = findNodeAtLocation(root, [...change.path]);
  if (node === undefined) return undefined;
  switch (change.kind) {
    case 'replace': {
      const written = isSpread(text, node, style)
        ? writeLines(change.value, style, indentOf(text, node.offset))
        : writeLine(change.value, style);
      return [{ span: spanOf(node), text: written }];
    }
    case 'rename': {
      const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
      return key && [{ span: spanOf(key), text: JSON.stringify(change.key) }];
    }
    case 'remove': {
      const item = node.parent?.type === 'property' ? node.parent : node;
      const container = item.parent;
      if (container === undefined) return undefined;
      return removeFromFlow(text, flowOf(text, container), container.children?.indexOf(item) ?? -1);
    }
    case 'insert': {
      if (node.type !== 'object') return undefined;
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
function styleOf(text: string, root: Node): JsonStyle {
  const multiLine = isMultiLine(text, root);
  const colon = colonOf(text, root) ?? (multiLine ? ': ' : ':');
  const first = root.children?.[0];
  const unit = first === undefined ? '' : indentOf(text, first.offset);
  return {
    colon,
    comma: /\s$/.test(colon) ? ', ' : ',',
    unit: unit === '' ? '  ' : unit,
    lineBreak: lineBreakAt(text, root.offset),
    multiLine,
  };
}

/** The layout inside one object, where it shows one of its own. */
function styleIn(text: string, object: Node, style: JsonStyle): JsonStyle {
  const first = object.children?.[0];
  const outer = indentOf(text, object.offset);
  const inner = first && lineStart(text, first.offset) > object.offset ? indentOf(text, first.offset) : '';
  return {
    ...style,
    colon: colonOf(text, object) ?? style.colon,
    unit: inner.length > outer.length && inner.startsWith(outer) ? inner.slice(outer.length) : style.unit,
    lineBreak: lineBreakAt(text, object.offset),
  };
}

function colonOf(text: string, object: Node): string | undefined {
  const [key, value] = object.type === 'object' ? (object.children?.[0]?.children ?? []) : [];
  if (key === undefined || value === undefined) return undefined;
  const between = text.slice(key.offset + key.length, value.offset);
  return between.includes('\n') ? undefined : between;
}

function isMultiLine(text: string, node: Node): boolean {
  const first = node.children?.[0];
  const until = first === undefined ? node.offset + node.length : first.offset;
  return text.slice(node.offset, until).includes('\n');
}

/** Whether what is put in the node's place may take several lines. */
function isSpread(text: string, node: Node, style: JsonStyle): boolean {
  if (node.children !== undefined && node.children.length > 0) return isMultiLine(text, node);
  const item = node.parent?.type === 'property' ? node.parent : node;
  return style.multiLine && isBlank(before(text, item.offset));
}

function spanOf(node: Node) {
  return { start: node.offset, end: node.offset + node.length };
}

function flowOf(text: string, container: Node): Flow {
  const children = container.children ?? [];
  return {
    open: container.offset + 1,
    close: container.offset + container.length - 1,
    items: children.map((child, index) => {
      const { start, end } = spanOf(child);
      // Between two entries there is nothing but white space and the comma.
      return { start, end, comma: index + 1 < children.length ? text.indexOf(',', end) : undefined };
    }),
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
