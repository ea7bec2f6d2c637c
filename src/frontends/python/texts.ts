import type { SyntaxNode, Tree } from '@lezer/common';
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

function nameBefore(node: SyntaxNode, code: string): string | undefined {
  const start =
    node.parent?.name === 'ContinuedString' || node.parent?.name === 'ParenthesizedExpression'
      ? node.parent
      : node;
  let before = start.prevSibling;
  let isSeparated = false;
  while (before !== null && BETWEEN.has(before.name)) {
    isSeparated = true;
    before = before.prevSibling;
  }
  if (!isSeparated || before === null) return undefined;
  if (before.name === 'VariableName') return code.slice(before.from, before.to);
  if (before.name === 'String') return textOf(before, code);
  const last = before.name === 'MemberExpression' ? before.lastChild : null;
  return last?.name === 'PropertyName' ? code.slice(last.from, last.to) : undefined;
}

function textOf({ from, to }: SyntaxNode, code: string): string | undefined {
  const literal = readLiteral(code.slice(from, to));
  if (literal === undefined) return undefined;
  return literal.isRaw ? literal.text : unescaped(literal.text);
}
