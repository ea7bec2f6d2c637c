import type { SyntaxNode, Tree } from '@lezer/common';
import { calledName, childrenOf } from './nodes.js';
import { readLiteral, unescaped } from './strings.js';

/** What can stand between a name and its text: `x = "a"`, `x: str = "a"`, `{"x": "a"}`, `f(x="a")`. */
const BETWEEN = new Set(['AssignOp', ':', 'TypeDef']);

/**
 * The texts that a name stands before, wherever that is in a file: whoever hides secrets knows them by their names.
 * @returns lists of texts by the names of variables, arguments and keys
 */
export function namedTexts(tree: Tree, code: string): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  tree.iterate({
    enter: ({ name, node }) => {
      if (name !== 'String' && name !== 'FormatString') return;
      const text = textOf(node, code);
      const key = text === undefined ? undefined : nameBefore(node, code);
      if (key !== undefined && text !== undefined) found.set(key, [...(found.get(key) ?? []), text]);
    },
  });
  return Object.fromEntries(found);
}

/** Calls that give what they are asked for, or else what stands behind it. */
const WITH_DEFAULT = /^(?:get|getenv|pop|setdefault)$/;

/** The whole of an expression whose value can be that of a part of it: `(x)`, `y if z else x`, `y or x`, `y.get(z, x)`. */
function wholeOf(node: SyntaxNode, code: string): SyntaxNode {
  const { parent } = node;
  switch (parent?.name) {
    case 'ContinuedString':
    case 'ParenthesizedExpression':
      return wholeOf(parent, code);
    case 'ConditionalExpression':
      return node.prevSibling === null || node.nextSibling === null ? wholeOf(parent, code) : node;
    case 'BinaryExpression':
      return childrenOf(parent).some(({ name }) => name === 'or') ? wholeOf(parent, code) : node;
    case 'ArgList': {
      const call = parent.parent;
      const called = call === null ? undefined : calledName(call);
      return call !== null &&
        called !== undefined &&
        WITH_DEFAULT.test(nodeText(called, code)) &&
        isDefault(node, code)
        ? wholeOf(call, code)
        : node;
    }
    default:
      return node;
  }
}

/** Whether an argument is what such a call gives otherwise: the second one, or the one of that name. */
function isDefault({ prevSibling: before }: SyntaxNode, code: string): boolean {
  if (before?.name !== 'AssignOp') return before?.name === ',';
  return before.prevSibling !== null && nodeText(before.prevSibling, code) === 'default';
}

function nodeText({ from, to }: SyntaxNode, code: string): string {
  return code.slice(from, to);
}

function nameBefore(node: SyntaxNode, code: string): string | undefined {
  let before = wholeOf(node, code).prevSibling;
  let isSeparated = false;
  while (before !== null && BETWEEN.has(before.name)) {
    isSeparated = true;
    before = before.prevSibling;
  }
  if (!isSeparated || before === null) return undefined;
  if (before.name === 'VariableName') return nodeText(before, code);
  if (before.name === 'String') return textOf(before, code);
  const last = before.name === 'MemberExpression' ? before.lastChild : null;
  return last?.name === 'PropertyName' ? nodeText(last, code) : undefined;
}

function textOf({ from, to }: SyntaxNode, code: string): string | undefined {
  const literal = readLiteral(code.slice(from, to));
  if (literal === undefined) return undefined;
  return literal.isRaw ? literal.text : unescaped(literal.text);
}
