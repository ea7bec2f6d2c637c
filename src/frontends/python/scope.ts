import type { SyntaxNode } from '@lezer/common';
import { gather } from '../../plain/gather.js';

/** What a class is, as far as it says what its attributes are. */
export interface ClassFacts {
  /** Whether instances have the attributes of the class as they are written: nothing else makes them up. */
  readonly isPlain: boolean;
  /** Whether its attributes are members: texts themselves, or things that have one. */
  readonly members: 'texts' | 'things' | undefined;
}

/** A name that a statement binds. */
export interface Binding {
  /** The expression that it is bound to; undefined where that is nothing that stands in the text: a loop, an import. */
  readonly value: SyntaxNode | undefined;
  /** Where the statement stands: those of one block have the same. */
  readonly block: number;
  /** The class that the statement defines. */
  readonly class?: Scope;
}

/** A change to what a name holds. */
export interface Mutation {
  /** The entry that is set or deleted; undefined where the whole may be changed. */
  readonly key: string | undefined;
  /** What the entry is set to, where it is set as a whole. */
  readonly value: SyntaxNode | undefined;
  readonly block: number;
}

/** The names of a module, a class, a function, a lambda or a comprehension. */
export class Scope {
  readonly bindings = new Map<string, Binding[]>();
  readonly mutations = new Map<string, Mutation[]>();

  constructor(
    readonly kind: 'module' | 'class' | 'function',
    readonly outer: Scope | undefined,
    /** What the function is called. */
    readonly name: string | undefined,
    /** What is known of a class. */
    readonly facts?: ClassFacts,
  ) {}

  bind(name: string, binding: Binding): void {
    gather(this.bindings, name, binding);
  }

  /** The scope that a name belongs to, seen from here: functions do not see the names of the class around them. */
  owner(name: string): Scope | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.outer) {
      if ((scope === this || scope.kind !== 'class') && scope.bindings.has(name)) return scope;
    }
    return undefined;
  }

  /** The class of the method around, whose names it does not see. */
  get class(): Scope | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.outer) {
      if (scope.kind === 'class') return scope;
    }
    return undefined;
  }

  /** The function around, be it this one. */
  get functionName(): string | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.outer) {
      if (scope.name !== undefined) return scope.name;
    }
    return undefined;
  }
}
