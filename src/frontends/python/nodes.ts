import type { SyntaxNode } from '@lezer/common';

/** The children of a node in the order of the text. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** An argument of a call. */
export type Argument =
  | { readonly kind: 'keyword'; readonly name: SyntaxNode; readonly value: SyntaxNode }
  | { readonly kind: 'positional' | 'spread' | 'star'; readonly value: SyntaxNode };

/** The arguments between the parentheses of a call or a decorator. Comprehensions count as one. */
export function argumentsOf(list: SyntaxNode): Argument[] {
  const found: Argument[] = [];
  for (const part of partsOf(childrenOf(list).slice(1))) {
    const [first, second, third] = part;
    if (first === undefined) continue;
    if (first.name === '**' && second !== undefined) found.push({ kind: 'spread', value: second });
    else if (first.name === '*' && second !== undefined) found.push({ kind: 'star', value: second });
    else if (second?.name === 'AssignOp' && third !== undefined) {
      found.push({ kind: 'keyword', name: first, value: third });
    } else found.push({ kind: 'positional', value: first });
  }
  return found;
}

/** Nodes between commas, without the brackets, comments and commas themselves. */
export function partsOf(nodes: readonly SyntaxNode[]): SyntaxNode[][] {
  const parts: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === ',') parts.push([]);
    else if (!/^(?:[()[\]{}]|Comment)$/.test(node.name)) parts[parts.length - 1]?.push(node);
  }
  return parts;
}

/** The name that is called: the last one of `a.b.c(...)`; undefined where something else is called. */
export function calledName(call: SyntaxNode): SyntaxNode | undefined {
  if (call.name === 'Decorator') {
    return childrenOf(call)
      .filter(({ name }) => name === 'VariableName' || name === 'PropertyName')
      .pop();
  }
  const callee = call.firstChild;
  if (callee?.name === 'VariableName') return callee;
  const last = callee?.name === 'MemberExpression' ? callee.lastChild : undefined;
  return last?.name === 'PropertyName' ? last : undefined;
}
