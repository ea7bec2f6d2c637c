import type { SyntaxNode } from '@lezer/common';
import { gather } from '../../plain/gather.js';
import { argumentsOf, childrenOf } from './nodes.js';
import type { Binding, ClassFacts, Scope } from './scope.js';

/** One place that gives an attribute its value. */
export interface AttributeBinding extends Binding {
  /** The class whose attribute it is; undefined where that is not certain. */
  readonly of: Scope | undefined;
  /** Where the names in the value are looked up. */
  readonly scope: Scope;
}

/** The attributes that classes of a file give themselves: by class statements, and by assignments to `self`. */
export class Attributes {
  private readonly bindings = new Map<string, AttributeBinding[]>();
  private readonly touched = new Set<string>();

  bind(name: string, binding: AttributeBinding): void {
    gather(this.bindings, name, binding);
  }

  /** Notes that a part of what an attribute of the name holds may be changed. */
  touch(name: string): void {
    this.touched.add(name);
  }

  isTouched(name: string): boolean {
    return this.touched.has(name);
  }

  /** The one place of the file that gives an attribute of the name a value; undefined where it is of another class. */
  only(name: string, of: Scope): AttributeBinding | undefined {
    const [binding, ...others] = this.bindings.get(name) ?? [];
    return others.length === 0 && binding?.of === of ? binding : undefined;
  }
}

/** The base and the name of `base.name`; undefined for anything else. */
export function attributeParts(node: SyntaxNode): readonly [base: SyntaxNode, name: SyntaxNode] | undefined {
  if (node.name !== 'MemberExpression') return undefined;
  const [base, dot, name] = childrenOf(node);
  return base !== undefined && dot?.name === '.' && name?.name === 'PropertyName' ? [base, name] : undefined;
}

const PLAIN_BASES = new Set(['object', 'ABC']);

/** What a class statement says of the class. */
export function classFacts(definition: SyntaxNode, textOf: (node: SyntaxNode) => string): ClassFacts {
  const list = definition.getChild('ArgList');
  const bases = list === null ? [] : argumentsOf(list).map(({ value }) => textOf(value).replace(/^.*\./, ''));
  const isDecorated = definition.parent?.getChild('Decorator') != null;
  const isEnum = bases.includes('Enum');
  return {
    isPlain: !isDecorated && bases.every((base) => PLAIN_BASES.has(base)),
    members:
      bases.includes('StrEnum') || (isEnum && bases.includes('str'))
        ? 'texts'
        : isEnum
          ? 'things'
          : undefined,
  };
}
