import type { SyntaxNode } from '@lezer/common';
import { isMap } from '../../plain/map.js';
import { MAX_ALIASED_VALUES, MAX_NESTING_DEPTH } from '../../source/limits.js';
import type { Location, PathStep, Span } from '../../source/types.js';
import { embeddedJson, sizeOf } from '../embedded-json.js';
import { UNKNOWN_KEY, unknownValue } from '../front-end.js';
import { type AttributeBinding, type Attributes, attributeParts } from './attributes.js';
import { argumentsOf, calledName, childrenOf, partsOf } from './nodes.js';
import type { Binding, Scope } from './scope.js';
import { readLiteral, unescaped } from './strings.js';
import { CallResult, type Entries, isOpaque, partsOfText, textOfParts } from './values.js';

/** An expression, and where its names are looked up. */
interface ScopedExpression {
  readonly node: SyntaxNode;
  readonly scope: Scope;
  readonly depth: number;
}

export interface EvaluatorOptions {
  readonly text: string;
  /** What stands before the text that was parsed: a byte order mark. */
  readonly offset: number;
  readonly entries: Entries;
  readonly attributes: Attributes;
  /** Names that statements of several scopes bind. */
  readonly shared: ReadonlySet<string>;
  /** The number of a call whose answer others may use; undefined for any other call. */
  callNumber(node: SyntaxNode): number | undefined;
}

/**
 * Reads expressions of Python as plain values: literals, names that are bound once, and what is put together of these.
 * Everything else is unknown. Nothing is run.
 */
export class PythonEvaluator {
  private readonly bound = new Map<Binding, unknown>();
  /** How many values a map or list holds, copies counted each time. */
  private readonly sizes = new WeakMap<object, number>();
  private readonly open = new Set<Binding>();

  constructor(private readonly options: EvaluatorOptions) {}

  /** The value of an expression. Maps and lists have their places in `entries`. */
  evaluate(node: SyntaxNode, scope: Scope): unknown {
    return this.value({ node, scope, depth: 0 });
  }

  /**
   * The keyword arguments of a call as a map, those of `**` among them.
   * @returns undefined when it is given something by position that is no map
   */
  keywords(list: SyntaxNode, scope: Scope): Readonly<Record<string, unknown>> | undefined {
    const builder = new MapBuilder();
    for (const argument of argumentsOf(list)) {
      const value = this.value({ node: argument.value, scope, depth: 0 });
      if (argument.kind === 'keyword') {
        builder.set(this.textOf(argument.name), value, {
          key: this.span(argument.name),
          value: this.span(argument.value),
        });
      } else if (argument.kind === 'spread' || (argument.kind === 'positional' && isPlainMap(value))) {
        this.spread(builder, value);
      } else return undefined;
    }
    return this.finish(builder);
  }

  span({ from, to }: SyntaxNode): Span {
    return { start: from + this.options.offset, end: to + this.options.offset };
  }

  textOf({ from, to }: SyntaxNode): string {
    return this.options.text.slice(from, to);
  }

  private value(expression: ScopedExpression): unknown {
    const { node, scope, depth } = expression;
    if (depth > MAX_NESTING_DEPTH / 2) return unknownValue('it is nested too deep to be read');
    const inner = (child: SyntaxNode | null | undefined): unknown =>
      child === null || child === undefined ? UNREAD : this.value({ node: child, scope, depth: depth + 1 });
    switch (node.name) {
      case 'String':
        return this.string(node);
      case 'ContinuedString':
        return textOfParts(childrenOf(node).flatMap((part) => partsOfText(inner(part)) ?? [UNREAD]));
      case 'FormatString':
        return this.format(node, inner);
      case 'Number':
        return numberOf(this.textOf(node));
      case 'UnaryExpression':
        return this.unary(node, inner);
      case 'Boolean':
        return this.textOf(node) === 'True';
      case 'None':
        return null;
      case 'ParenthesizedExpression':
        return inner(childrenOf(node).find(({ name }) => !/^(?:[()]|Comment)$/.test(name)));
      case 'AwaitExpression':
        return inner(node.lastChild);
      case 'ArrayExpression':
      case 'TupleExpression':
        return this.list(node, inner);
      case 'DictionaryExpression':
        return this.dictionary(node, inner);
      case 'BinaryExpression':
        return this.binary(node, inner);
      case 'CallExpression':
        return this.call(expression, inner);
      case 'MemberExpression':
        return attributeParts(node) === undefined ? this.member(node, inner) : this.attribute(expression);
      case 'VariableName':
        return this.variable(this.textOf(node), scope, depth);
      default:
        return UNREAD;
    }
  }

  private string(node: SyntaxNode): unknown {
    const literal = readLiteral(this.textOf(node));
    if (literal === undefined || literal.isBytes) return UNREAD;
    return literal.isRaw ? literal.text : unescaped(literal.text);
  }

  /** An f-string: the text between the braces' expressions, and these. */
  private format(node: SyntaxNode, inner: (child: SyntaxNode) => unknown): unknown {
    const literal = readLiteral(this.textOf(node));
    if (literal === undefined || literal.isBytes) return UNREAD;
    const end = node.from + literal.start + literal.text.length;
    const parts: unknown[] = [];
    const between = (from: number, to: number): void => {
      const written = this.options.text.slice(from, to).replaceAll('{{', '{').replaceAll('}}', '}');
      parts.push(literal.isRaw ? written : unescaped(written));
    };
    let at = node.from + literal.start;
    for (const replacement of node.getChildren('FormatReplacement')) {
      between(at, replacement.from);
      at = replacement.to;
      const [, expression, ...rest] = childrenOf(replacement);
      const isPlain = rest.length === 1 && expression !== undefined;
      const value = isPlain ? inner(expression) : UNREAD;
      parts.push(...(partsOfText(typeof value === 'number' ? String(value) : value) ?? [UNREAD]));
    }
    between(at, end);
    return textOfParts(parts);
  }

  private unary(node: SyntaxNode, inner: (child: SyntaxNode | null) => unknown): unknown {
    const value = inner(node.lastChild);
    return this.textOf(node).startsWith('-') && typeof value === 'number' ? -value : UNREAD;
  }

  private list(node: SyntaxNode, inner: (child: SyntaxNode) => unknown): unknown {
    const list: unknown[] = [];
    const entries = new Map<PathStep, Location>();
    for (const [first, second] of partsOf(childrenOf(node))) {
      if (first === undefined) continue;
      if (first.name === '*') {
        const spread = second === undefined ? undefined : inner(second);
        if (!Array.isArray(spread)) return UNREAD;
        const places = this.options.entries.of(spread);
        for (const [index, item] of spread.entries()) {
          const place = places.get(index);
          if (place !== undefined) entries.set(list.length, place);
          list.push(item);
        }
      } else {
        entries.set(list.length, { key: undefined, value: this.span(first) });
        list.push(inner(first));
      }
    }
    return this.kept(list, entries);
  }

  private dictionary(node: SyntaxNode, inner: (child: SyntaxNode) => unknown): unknown {
    const builder = new MapBuilder();
    for (const [first, second, third] of partsOf(childrenOf(node))) {
      if (first === undefined) continue;
      if (first.name === '**') {
        this.spread(builder, second === undefined ? UNREAD : inner(second));
      } else if (second?.name === ':' && third !== undefined) {
        const key = inner(first);
        if (typeof key !== 'string') builder.open = 'a key is known only when the code runs';
        else builder.set(key, inner(third), { key: this.span(first), value: this.span(third) });
      }
    }
    return this.finish(builder);
  }

  private binary(node: SyntaxNode, inner: (child: SyntaxNode | null) => unknown): unknown {
    const [left, operator, right] = childrenOf(node);
    const sign = operator === undefined ? '' : this.textOf(operator);
    if (left === undefined || right === undefined || !/^[+|]$/.test(sign)) return UNREAD;
    const [a, b] = [inner(left), inner(right)];
    if (sign === '|') {
      if (!isPlainMap(a) && !isPlainMap(b)) return UNREAD;
      const builder = new MapBuilder();
      this.spread(builder, a);
      this.spread(builder, b);
      return this.finish(builder);
    }
    if (Array.isArray(a) && Array.isArray(b)) {
      const entries = new Map(this.options.entries.of(a));
      for (const [index, place] of this.options.entries.of(b)) entries.set(Number(index) + a.length, place);
      return this.kept([...a, ...b], entries);
    }
    const [before, after] = [partsOfText(a), partsOfText(b)];
    // Two unknown values may be numbers or lists: only beside a text they are texts.
    if (before === undefined || after === undefined) return UNREAD;
    return [...before, ...after].some((part) => typeof part === 'string')
      ? textOfParts([...before, ...after])
      : UNREAD;
  }

  private call({ node, scope, depth }: ScopedExpression, inner: (child: SyntaxNode) => unknown): unknown {
    const number = this.options.callNumber(node);
    if (number !== undefined) return new CallResult(number, undefined);
    const callee = node.firstChild;
    const list = node.getChild('ArgList');
    const name = calledName(node);
    if (callee === null || list === null || name === undefined) return UNREAD;
    if (
      callee.name === 'VariableName' &&
      this.textOf(callee) === 'dict' &&
      scope.owner('dict') === undefined
    ) {
      return depth > MAX_NESTING_DEPTH / 2 ? UNREAD : (this.keywords(list, scope) ?? UNREAD);
    }
    if (this.textOf(callee) === 'json.loads') return this.json(list, inner);
    // `answer.get("gatewayId")` reads an entry; with a default it may give that.
    const [key, ...others] = argumentsOf(list);
    if (
      callee.name === 'MemberExpression' &&
      this.textOf(name) === 'get' &&
      key?.kind === 'positional' &&
      others.length === 0
    ) {
      const from = callee.firstChild;
      return from === null ? UNREAD : entryOf(inner(from), inner(key.value));
    }
    return UNREAD;
  }

  /** `json.loads` of a text that is known. */
  private json(list: SyntaxNode, inner: (child: SyntaxNode) => unknown): unknown {
    const [text, ...others] = argumentsOf(list);
    const written = text?.kind === 'positional' && others.length === 0 ? inner(text.value) : undefined;
    const value = typeof written === 'string' ? embeddedJson(written) : undefined;
    if (typeof value === 'object' && value !== null) this.sizes.set(value, sizeOf(value));
    return value === undefined ? UNREAD : value;
  }

  private member(node: SyntaxNode, inner: (child: SyntaxNode) => unknown): unknown {
    const [base, bracket, key] = childrenOf(node);
    if (base === undefined || bracket?.name !== '[' || key === undefined) return UNREAD;
    return entryOf(inner(base), inner(key));
  }

  private variable(name: string, scope: Scope, depth: number): unknown {
    const owner = scope.owner(name);
    const bindings = owner?.bindings.get(name) ?? [];
    const [binding, ...others] = bindings;
    if (owner === undefined || binding === undefined)
      return unknownValue(`this file does not say what ${name} is`);
    if (others.length > 0 || this.options.shared.has(name))
      return unknownValue(`${name} is bound more than once`);
    return this.boundTo(name, binding, owner, depth, (value) =>
      this.mutated(name, binding, value, owner, depth),
    );
  }

  /** What a statement binds a name to, and what becomes of it; evaluated once. */
  private boundTo(
    name: string,
    binding: Binding,
    scope: Scope,
    depth: number,
    then: (value: unknown) => unknown,
  ): unknown {
    if (binding.value === undefined) return unknownValue(`what ${name} is, the code knows only when it runs`);
    if (!this.bound.has(binding)) {
      // A name that is bound to what it is made of ends here.
      if (this.open.has(binding)) return unknownValue(`${name} is made of itself`);
      this.open.add(binding);
      const value = this.value({ node: binding.value, scope, depth: depth + 1 });
      this.open.delete(binding);
      this.bound.set(binding, then(value));
    }
    return this.bound.get(binding);
  }

  /** `self.name`, `Class.name` and `Member.NAME.value`, where one place of the file says what it is. */
  private attribute({ node, scope, depth }: ScopedExpression): unknown {
    const [base, name] = attributeParts(node) ?? [];
    if (base === undefined || name === undefined) return UNREAD;
    const member = this.textOf(name) === 'value' ? this.attributeBinding(base, scope) : undefined;
    if (member?.of?.facts?.members !== undefined) return this.ofAttribute(base, member, depth);
    const binding = this.attributeBinding(node, scope);
    return binding === undefined || binding.of?.facts?.members === 'things'
      ? UNREAD
      : this.ofAttribute(node, binding, depth);
  }

  private ofAttribute(node: SyntaxNode, binding: AttributeBinding, depth: number): unknown {
    const [, last] = attributeParts(node) ?? [node, node];
    const name = this.textOf(last);
    return this.boundTo(name, binding, binding.scope, depth, (value) =>
      typeof value === 'object' && value !== null && this.options.attributes.isTouched(name)
        ? unknownValue(`${name} is changed after it is bound`)
        : value,
    );
  }

  private attributeBinding(node: SyntaxNode, scope: Scope): AttributeBinding | undefined {
    const [base, name] = attributeParts(node) ?? [];
    if (base?.name !== 'VariableName' || name === undefined) return undefined;
    const of = this.classOf(this.textOf(base), scope);
    return of && this.options.attributes.only(this.textOf(name), of);
  }

  /** The class that a name stands for, or whose instance `self` is. */
  private classOf(name: string, scope: Scope): Scope | undefined {
    const [binding, ...others] = scope.owner(name)?.bindings.get(name) ?? [];
    if (others.length > 0 || this.options.shared.has(name)) return undefined;
    if (name !== 'self' && name !== 'cls') return binding?.class;
    return scope.class?.facts?.isPlain === true ? scope.class : undefined;
  }

  /** What a name holds after the statements that change a part of it. */
  private mutated(name: string, binding: Binding, value: unknown, owner: Scope, depth: number): unknown {
    const mutations = owner.mutations.get(name) ?? [];
    if (mutations.length === 0) return value;
    const changed = unknownValue(`${name} is changed after it is bound`);
    if (!isPlainMap(value) || mutations.some(({ key }) => key === undefined)) return changed;
    const builder = new MapBuilder();
    this.spread(builder, value);
    for (const { key = '', value: set, block } of mutations) {
      const isOnly = mutations.filter((other) => other.key === key).length === 1;
      const isSure = set !== undefined && isOnly && block === binding.block && !Object.hasOwn(value, key);
      builder.set(
        key,
        isSure ? this.value({ node: set, scope: owner, depth: depth + 1 }) : changed,
        set === undefined ? undefined : { key: undefined, value: this.span(set) },
      );
    }
    return this.finish(builder);
  }

  private spread(builder: MapBuilder, value: unknown): void {
    if (!isPlainMap(value)) {
      builder.open = reasonOf(value);
      return;
    }
    const places = this.options.entries.of(value);
    for (const [key, entry] of Object.entries(value)) {
      if (key === UNKNOWN_KEY) builder.open = String(entry);
      else builder.set(key, entry, places.get(key));
    }
  }

  private finish(builder: MapBuilder): Readonly<Record<string, unknown>> {
    const kept = this.kept(builder.value(), builder.entries);
    return isMap(kept) ? kept : {};
  }

  /** A map or list with its places, unless names that stand for names make it too large. */
  private kept(container: object, entries: ReadonlyMap<PathStep, Location>): unknown {
    let size = 1;
    for (const item of Object.values(container)) {
      size += typeof item === 'object' && item !== null ? (this.sizes.get(item) ?? 1) : 1;
    }
    if (size > MAX_ALIASED_VALUES) return unknownValue(`it holds more than ${MAX_ALIASED_VALUES} values`);
    this.sizes.set(container, size);
    this.options.entries.set(container, entries);
    return container;
  }
}

/** What is no literal; whoever lowers it says what it is. */
export const UNREAD = unknownValue('the code knows it only when it runs');

/** A map that is put together, key by key; a later key takes the place of an earlier one. */
class MapBuilder {
  readonly entries = new Map<PathStep, Location>();
  private readonly values = new Map<string, unknown>();
  /** Why there may be other keys. */
  open: string | undefined;

  set(key: string, value: unknown, place: Location | undefined): void {
    this.values.set(key, value);
    if (place === undefined) this.entries.delete(key);
    else this.entries.set(key, place);
  }

  value(): Record<string, unknown> {
    const value = Object.fromEntries(this.values);
    return this.open === undefined ? value : { ...value, [UNKNOWN_KEY]: this.open };
  }
}

function isPlainMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return isMap(value) && !isOpaque(value);
}

function reasonOf(value: unknown): string {
  const reason = isMap(value) && Object.hasOwn(value, UNKNOWN_KEY) ? value[UNKNOWN_KEY] : undefined;
  return typeof reason === 'string' ? reason : 'the code knows it only when it runs';
}

function entryOf(from: unknown, key: unknown): unknown {
  if (from instanceof CallResult) {
    return from.entry === undefined && typeof key === 'string' ? new CallResult(from.call, key) : UNREAD;
  }
  if (Array.isArray(from) && typeof key === 'number')
    return from[key < 0 ? from.length + key : key] ?? UNREAD;
  if (!isPlainMap(from) || typeof key !== 'string' || !Object.hasOwn(from, key)) return UNREAD;
  return from[key];
}

function numberOf(written: string): unknown {
  const plain = written.replaceAll('_', '');
  return /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain) ? Number(plain) : UNREAD;
}
