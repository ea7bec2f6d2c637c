/**
 * Something a template's meaning depends on and that is settled only when it is deployed: a parameter, a pseudo
 * parameter, or a comparison that nobody can decide beforehand.
 */
export interface Variable {
  /** What makes two variables the same. */
  readonly key: string;
  /** What people call it: the name of the parameter, of the condition, or of what gives the text. */
  readonly name: string;
  readonly kind: 'parameter' | 'pseudo-parameter' | 'undecided-condition' | 'unknown-text';
  /** The templates that declare it, as far as they have been read; none for what belongs to no template. */
  readonly declaredIn: ReadonlySet<string>;
  /** All values it can have, when they are finitely many. */
  readonly values: readonly string[] | undefined;
  /** What the items of a list can be, when that is finitely many. */
  readonly items?: readonly string[];
  readonly default: string | undefined;
  /** Declared with `NoEcho`: its values are never shown. */
  readonly secret: boolean;
  /** Whether CloudFormation would take the value. */
  accepts(value: string): boolean;
  /** What it is where other variables have some values; undefined when these do not tell. */
  follows?(known: (other: Variable) => string | undefined): string | undefined;
  /** Whether CloudFormation would take the value as an item, where the variable is a list. */
  acceptsItem?(item: string): boolean;
}

/** What a scenario says of one variable: its value, or the values it does not have. */
export type Constraint =
  | { readonly is: string; readonly outOf?: Choice }
  | { readonly isNot: readonly string[] };

/** What a value was chosen out of: with any other value, CloudFormation refuses the deployment. */
export interface Choice {
  readonly values: readonly string[];
  /** What was said of the variable before. */
  readonly before: Constraint | undefined;
}

/**
 * A set of ways to deploy: what is assumed of some variables, and nothing of all others. Immutable.
 * An assumption is kept in its simplest form: a variable with one value left is that value.
 */
export class Scenario {
  static readonly always = new Scenario(new Map());

  private constructor(readonly constraints: ReadonlyMap<Variable, Constraint>) {}

  static of(entries: Iterable<readonly [Variable, Constraint]>): Scenario {
    return new Scenario(new Map(entries));
  }

  /** The value the variable has here; undefined when it is open. One that can have a single value has it everywhere. */
  valueOf(variable: Variable): string | undefined {
    const constraint = this.constraints.get(variable);
    if (constraint !== undefined) return 'is' in constraint ? constraint.is : undefined;
    return variable.values?.length === 1 ? variable.values[0] : undefined;
  }

  /** Whether the variable may have the value here. */
  allows(variable: Variable, value: string): boolean {
    const constraint = this.constraints.get(variable);
    if (constraint !== undefined) {
      if ('is' in constraint) return constraint.is === value;
      if (isAmong(constraint.isNot, value)) return false;
    }
    return variable.values === undefined ? variable.accepts(value) : isAmong(variable.values, value);
  }

  /** The values a variable with finitely many can still have here. */
  remaining(variable: Variable): readonly string[] | undefined {
    return variable.values?.filter((value) => this.allows(variable, value));
  }

  /**
   * The value that stands for all that the variable may have here: its default where it is one of them, else the first
   * of finitely many; undefined when there is none to name.
   */
  standIn(variable: Variable): string | undefined {
    const preset = variable.default;
    if (preset !== undefined && this.allows(variable, preset)) return preset;
    return this.remaining(variable)?.[0];
  }

  /** This scenario with the variable at a value; undefined when it cannot be. */
  assume(variable: Variable, value: string): Scenario | undefined {
    if (this.valueOf(variable) === value) return this;
    if (!this.allows(variable, value)) return undefined;
    return this.set(variable, { is: value });
  }

  /**
   * This scenario split by some values of a variable, one of which it must have to be deployed; those that it cannot
   * have are left out.
   */
  choose(variable: Variable, values: readonly string[]): { value: string; when: Scenario }[] {
    const allowed = values.filter((value) => this.allows(variable, value));
    const outOf = { values: allowed, before: this.constraints.get(variable) };
    return allowed.map((value) => ({
      value,
      when: this.valueOf(variable) === value ? this : this.set(variable, { is: value, outOf }),
    }));
  }

  /** This scenario without saying what values were chosen out of. */
  withoutChoices(): Scenario {
    const entries = [...this.constraints];
    if (!entries.some(([, constraint]) => 'is' in constraint && constraint.outOf !== undefined)) return this;
    return Scenario.of(
      entries.map(([variable, constraint]) => [
        variable,
        'is' in constraint ? { is: constraint.is } : constraint,
      ]),
    );
  }

  /** This scenario with a value of the variable ruled out; undefined when nothing is left. */
  exclude(variable: Variable, value: string): Scenario | undefined {
    if (!this.allows(variable, value)) return this;
    if (this.valueOf(variable) !== undefined) return undefined;
    const left = this.remaining(variable)?.filter((candidate) => candidate !== value);
    if (left !== undefined) {
      if (left.length === 0) return undefined;
      if (left.length === 1) return this.set(variable, { is: left[0] as string });
    }
    const before = this.constraints.get(variable);
    const excluded = before !== undefined && 'isNot' in before ? before.isNot : [];
    // In one order, whatever was ruled out first.
    return this.set(variable, { isNot: [...excluded, value].sort() });
  }

  /**
   * What of this scenario lies outside of another, in scenarios that exclude each other. Of a value that was chosen out
   * of some, the other choices are left: with anything else CloudFormation refuses the deployment.
   */
  without(other: Scenario): Scenario[] {
    const outside: Scenario[] = [];
    let within: Scenario | undefined = this;
    for (const [variable, constraint] of other.constraints) {
      if ('isNot' in constraint) {
        for (const value of constraint.isNot) {
          const so = within.assume(variable, value);
          if (so !== undefined) outside.push(so);
        }
      } else if (constraint.outOf === undefined) {
        const so = within.exclude(variable, constraint.is);
        if (so !== undefined) outside.push(so);
      } else {
        for (const choice of within.choose(variable, constraint.outOf.values))
          if (choice.value !== constraint.is) outside.push(choice.when);
      }
      within = within.restrict(variable, constraint);
      if (within === undefined) break;
    }
    return outside;
  }

  /** What both scenarios have in common; undefined when they contradict each other. */
  join(other: Scenario): Scenario | undefined {
    if (other.constraints.size === 0 || other === this) return this;
    if (this.constraints.size === 0) return other;
    let joined: Scenario | undefined = this;
    for (const [variable, constraint] of other.constraints) {
      joined = joined.restrict(variable, constraint);
      if (joined === undefined) return undefined;
    }
    return joined;
  }

  restrict(variable: Variable, constraint: Constraint): Scenario | undefined {
    if ('is' in constraint) {
      return this.constraints.has(variable) || !this.allows(variable, constraint.is)
        ? this.assume(variable, constraint.is)
        : this.set(variable, constraint);
    }
    let narrowed: Scenario | undefined = this;
    for (const value of constraint.isNot) {
      narrowed = narrowed.exclude(variable, value);
      if (narrowed === undefined) return undefined;
    }
    return narrowed;
  }

  /** This scenario without any assumption about the variable. */
  forget(variable: Variable): Scenario {
    if (!this.constraints.has(variable)) return this;
    const constraints = new Map(this.constraints);
    constraints.delete(variable);
    return new Scenario(constraints);
  }

  /** Whether every deployment of this scenario is one of the other's, too. */
  isWithin(other: Scenario): boolean {
    for (const [variable, constraint] of other.constraints) {
      const mine = this.constraints.get(variable);
      if (mine === undefined) return false;
      if ('is' in constraint) {
        if (!('is' in mine) || mine.is !== constraint.is) return false;
      } else if (constraint.isNot.some((value) => this.allows(variable, value))) {
        return false;
      }
    }
    return true;
  }

  private set(variable: Variable, constraint: Constraint): Scenario {
    const constraints = new Map(this.constraints);
    constraints.set(variable, constraint);
    return new Scenario(constraints);
  }
}

/** A list of this length or less is looked through faster than a set of it is made. */
const SHORT = 8;

/** The values of long lists, which are asked for once for each of their values. */
const members = new WeakMap<readonly string[], ReadonlySet<string>>();

function isAmong(list: readonly string[], value: string): boolean {
  if (list.length <= SHORT) return list.includes(value);
  let known = members.get(list);
  if (known === undefined) {
    known = new Set(list);
    members.set(list, known);
  }
  return known.has(value);
}
