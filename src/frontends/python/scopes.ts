import type { SyntaxNode, Tree } from '@lezer/common';
import { Attributes, attributeParts, classFacts } from './attributes.js';
import { argumentsOf, calledName, childrenOf, partsOf } from './nodes.js';
import { type Mutation, Scope } from './scope.js';

/** A call, and where it stands. */
export interface FoundCall {
  /** A `CallExpression`, or a `Decorator` with arguments. */
  readonly node: SyntaxNode;
  readonly name: SyntaxNode;
  /** What is called: the name, or what it was imported for. */
  readonly called: string;
  readonly scope: Scope;
  /** The function below a decorator. */
  readonly decorated: string | undefined;
}

export interface Names {
  readonly module: Scope;
  /** What `global` and `nonlocal` let functions bind that stand elsewhere. */
  readonly shared: ReadonlySet<string>;
  readonly attributes: Attributes;
  readonly calls: readonly FoundCall[];
  /** Where the text first leaves Python's grammar. */
  readonly fault: number | undefined;
}

/** Methods that change what they are called on. */
const MUTATORS = new Set([
  'append',
  'clear',
  'extend',
  'insert',
  'pop',
  'popitem',
  'remove',
  'reverse',
  'setdefault',
  'sort',
  'update',
]);

/** Functions that leave alone what they are given. */
const HARMLESS = new Set([
  'bool',
  'dict',
  'enumerate',
  'isinstance',
  'len',
  'list',
  'pprint',
  'print',
  'repr',
  'sorted',
  'str',
  'tuple',
  'type',
]);

const FUNCTION_LIKE = /^(?:LambdaExpression|\w*ComprehensionExpression)$/;

/**
 * Reads which names a text binds where, how what they hold is changed, and which calls of some names it makes.
 * @param called the names of the calls that are looked for
 */
export function readNames(tree: Tree, text: string, called: ReadonlySet<string>): Names {
  const reader = new NameReader(text, called);
  tree.iterate({
    enter: ({ node }) => reader.enter(node),
    leave: ({ node }) => reader.leave(node),
  });
  return reader.names();
}

class NameReader {
  private readonly module = new Scope('module', undefined, undefined);
  private scope = this.module;
  private readonly calls: FoundCall[] = [];
  private readonly mutated: { readonly name: string; readonly scope: Scope; readonly mutation: Mutation }[] =
    [];
  private readonly shared = new Set<string>();
  /** The names that imports give to what is looked for. */
  private readonly aliases = new Map<string, string>();
  private readonly attributes = new Attributes();
  private fault: number | undefined;

  constructor(
    private readonly text: string,
    private readonly called: ReadonlySet<string>,
  ) {}

  names(): Names {
    for (const { name, scope, mutation } of this.mutated) {
      const owner = scope.owner(name);
      if (owner !== undefined) owner.mutations.set(name, [...(owner.mutations.get(name) ?? []), mutation]);
    }
    const { module, shared, attributes, calls, fault } = this;
    return { module, shared, attributes, calls, fault };
  }

  enter(node: SyntaxNode): void {
    if (node.type.isError) this.fault ??= node.from;
    switch (node.name) {
      case 'FunctionDefinition':
        this.push('function', this.bindName(node));
        return;
      case 'ClassDefinition': {
        const facts = classFacts(node, (part) => this.textOf(part));
        const defined = new Scope('class', this.scope, undefined, facts);
        this.bindName(node, defined);
        this.scope = defined;
        return;
      }
      case 'ParamList':
        for (const name of parametersOf(node)) this.bind(name, undefined);
        return;
      case 'AssignStatement':
        this.assign(node);
        return;
      case 'UpdateStatement':
        if (node.firstChild !== null) this.bindAll(node.firstChild);
        return;
      case 'DeleteStatement':
        for (const target of childrenOf(node)) this.bindAll(target);
        return;
      case 'ForStatement':
        this.bindBetween(node, 'for', 'in');
        return;
      case 'WithStatement':
      case 'TryStatement':
        this.bindBetween(node, 'as', undefined);
        return;
      case 'ImportStatement':
        this.import(node);
        return;
      case 'NamedExpression':
      case 'CapturePattern':
        if (node.firstChild !== null) this.bindAll(node.firstChild);
        return;
      case 'ScopeStatement':
        for (const name of childrenOf(node))
          if (name.name === 'VariableName') this.shared.add(this.textOf(name));
        return;
      case 'CallExpression':
      case 'Decorator':
        this.call(node);
        return;
      default:
    }
    if (FUNCTION_LIKE.test(node.name)) {
      this.push('function', undefined);
      this.bindBetween(node, 'for', 'in');
    }
  }

  leave(node: SyntaxNode): void {
    if (
      node.name === 'FunctionDefinition' ||
      node.name === 'ClassDefinition' ||
      FUNCTION_LIKE.test(node.name)
    ) {
      this.scope = this.scope.outer ?? this.module;
    }
  }

  private push(kind: Scope['kind'], name: string | undefined): void {
    this.scope = new Scope(kind, this.scope, name);
  }

  private textOf({ from, to }: SyntaxNode): string {
    return this.text.slice(from, to);
  }

  private bind(node: SyntaxNode, value: SyntaxNode | undefined, defined?: Scope): void {
    const { scope } = this;
    const binding = { value, block: blockOf(node), ...(defined && { class: defined }) };
    scope.bind(this.textOf(node), binding);
    if (scope.kind === 'class') this.attributes.bind(this.textOf(node), { ...binding, of: scope, scope });
  }

  /** Binds the name of a function or class, and answers with it. */
  private bindName(definition: SyntaxNode, defined?: Scope): string | undefined {
    const name = definition.getChild('VariableName');
    if (name === null) return undefined;
    this.bind(name, undefined, defined);
    return this.textOf(name);
  }

  /** Binds every name in a target to something that nobody knows. */
  private bindAll(target: SyntaxNode): void {
    switch (target.name) {
      case 'VariableName':
        this.bind(target, undefined);
        return;
      case 'MemberExpression':
        this.mutate(target, undefined);
        return;
      case 'TupleExpression':
      case 'ArrayExpression':
      case 'ParenthesizedExpression':
        for (const part of childrenOf(target)) this.bindAll(part);
        return;
      default:
    }
  }

  private bindBetween(node: SyntaxNode, from: string, to: string | undefined): void {
    let isTarget = false;
    for (const child of childrenOf(node)) {
      if (child.name === from) isTarget = true;
      else if (child.name === to || child.name === 'Body' || (to === undefined && child.name === ','))
        isTarget = false;
      else if (isTarget) this.bindAll(child);
    }
  }

  private import(node: SyntaxNode): void {
    const children = childrenOf(node);
    const start = children.findIndex(({ name }) => name === 'import');
    children.slice(start + 1).forEach((child, index, names) => {
      if (child.name !== 'VariableName') return;
      if (names[index + 1]?.name !== 'as') this.bind(child, undefined);
      const alias = names[index + 2];
      const imported = this.textOf(child);
      if (names[index + 1]?.name === 'as' && alias !== undefined && this.called.has(imported))
        this.aliases.set(this.textOf(alias), imported);
    });
  }

  private assign(node: SyntaxNode): void {
    const segments: SyntaxNode[][] = [[]];
    for (const child of childrenOf(node)) {
      if (child.name === 'AssignOp') segments.push([]);
      else if (child.name !== 'TypeDef' && child.name !== 'Comment')
        segments[segments.length - 1]?.push(child);
    }
    const values = segments.pop() ?? [];
    const value = values.length === 1 ? values[0] : undefined;
    for (const targets of segments) {
      const [only, ...others] = targets;
      if (only === undefined) continue;
      if (others.length > 0) this.assignEach(targets, values);
      else if (only.name === 'VariableName') this.bind(only, value);
      else if (only.name === 'MemberExpression') this.mutate(only, value);
      else this.bindAll(only);
    }
  }

  /** `a, b = 1, 2` */
  private assignEach(targets: readonly SyntaxNode[], values: readonly SyntaxNode[]): void {
    const [names, items] = [partsOf(targets), partsOf(values)];
    const isOneByOne =
      names.length === items.length && [...names, ...items].every((part) => part.length === 1);
    names.forEach(([name], index) => {
      if (name === undefined) return;
      if (isOneByOne && name.name === 'VariableName') this.bind(name, items[index]?.[0]);
      else this.bindAll(name);
    });
  }

  /** Notes that a statement sets, or deletes, a part of what a name holds. */
  private mutate(member: SyntaxNode, value: SyntaxNode | undefined): void {
    let at = member;
    while (at.firstChild?.name === 'MemberExpression') at = at.firstChild;
    const base = at.firstChild;
    const isWhole = at.from === member.from && at.to === member.to;
    this.setAttribute(at, isWhole, value);
    if (base?.name !== 'VariableName') return;
    const [, , key] = childrenOf(at);
    const name = key?.name === 'String' ? this.textOf(key).replace(/^['"]|['"]$/g, '') : undefined;
    this.note(base, { key: name, value: isWhole ? value : undefined, block: blockOf(member) });
  }

  /** Notes what an assignment to `self.name`, or to an attribute of anything else, does to attributes of the name. */
  private setAttribute(member: SyntaxNode, isWhole: boolean, value: SyntaxNode | undefined): void {
    const [base, name] = attributeParts(member) ?? [];
    if (base === undefined || name === undefined) return;
    if (!isWhole) {
      this.attributes.touch(this.textOf(name));
      return;
    }
    const { scope } = this;
    const of = /^(?:self|cls)$/.test(this.textOf(base)) ? scope.class : undefined;
    this.attributes.bind(this.textOf(name), { value, block: blockOf(member), of, scope });
  }

  /** Notes that what an attribute holds is handed to code that can change it. */
  private touch(node: SyntaxNode | null | undefined): void {
    const [, name] = (node && attributeParts(node)) ?? [];
    if (name !== undefined) this.attributes.touch(this.textOf(name));
  }

  private note(base: SyntaxNode, mutation: Mutation): void {
    this.mutated.push({ name: this.textOf(base), scope: this.scope, mutation });
  }

  private call(node: SyntaxNode): void {
    const name = calledName(node);
    const list = node.getChild('ArgList');
    if (name === undefined || list === null) return;
    const method = this.textOf(name);
    const called = this.aliases.get(method) ?? method;
    if (this.called.has(called)) {
      const below = node.name === 'Decorator' ? decoratedName(node) : undefined;
      const decorated = below === undefined ? undefined : this.textOf(below);
      this.calls.push({ node, name, called, scope: this.scope, decorated });
      return;
    }
    const callee = node.firstChild;
    if (callee?.name === 'MemberExpression') {
      let base = callee.firstChild;
      if (MUTATORS.has(method)) this.touch(base);
      while (base?.name === 'MemberExpression') base = base.firstChild;
      if (MUTATORS.has(method) && base?.name === 'VariableName') this.note(base, WHOLE);
    } else if (!HARMLESS.has(method)) {
      // A function of the user's own can change what it is given.
      for (const { value } of argumentsOf(list)) {
        if (value.name === 'VariableName') this.note(value, WHOLE);
        else this.touch(value);
      }
    }
  }
}

const WHOLE: Mutation = { key: undefined, value: undefined, block: -1 };

/** Where the statement around a node stands: the beginning of the block that holds it. */
function blockOf(node: SyntaxNode): number {
  let at: SyntaxNode | null = node;
  while (at !== null && !/Statement$/.test(at.name)) at = at.parent;
  return at?.parent?.from ?? 0;
}

function decoratedName(decorator: SyntaxNode): SyntaxNode | undefined {
  const definition =
    decorator.parent?.getChild('FunctionDefinition') ?? decorator.parent?.getChild('ClassDefinition');
  return definition?.getChild('VariableName') ?? undefined;
}

/** The names of parameters: not those in their types and defaults. */
function parametersOf(list: SyntaxNode): SyntaxNode[] {
  const names: SyntaxNode[] = [];
  let isDefault = false;
  for (const child of childrenOf(list)) {
    if (child.name === ',') isDefault = false;
    else if (child.name === 'AssignOp') isDefault = true;
    else if (child.name === 'VariableName' && !isDefault) names.push(child);
  }
  return names;
}
