import { compareText } from '../plain/compare-text.js';
import type { Constraint, Scenario, Variable } from './scenario.js';

/** How many scenarios are combined with each other; past it the list is only shortened, never wrong. */
const MAX_COMBINED = 96;

/** How many scenarios are searched for values that they have between them. */
const MAX_SEEN = 2 * MAX_COMBINED;

/** How many scenarios are compared with each other; a longer list is only put in order. */
const MAX_COMPARED = 256;

/** How many comparisons of two scenarios one list is worth; past it the list is only shortened, never wrong. */
const MAX_COMPARISONS = 50_000;

/** Compares scenarios and counts how often. */
class Comparison {
  private made = 0;

  get isOver(): boolean {
    return this.made > MAX_COMPARISONS;
  }

  isWithin(scenario: Scenario, other: Scenario): boolean {
    this.made++;
    return scenario.isWithin(other);
  }

  isWithinAny(scenario: Scenario, others: readonly Scenario[]): boolean {
    return others.some((other) => this.isWithin(scenario, other));
  }
}

/**
 * Says the same as a list of scenarios ("in any of these") in fewer and smaller ones: what lies within another is
 * dropped, and those that leave a variable open between them become one that does not speak of it.
 * @returns at least one scenario when given one, the smallest first, in a fixed order
 */
export function simplify(scenarios: readonly Scenario[]): Scenario[] {
  if (scenarios.length < 2) return [...scenarios];
  // Which are combined before the limits are reached must not depend on the order in which they were found.
  const ordered = inOrder(scenarios);
  if (scenarios.length > MAX_COMPARED) return ordered;
  const comparison = new Comparison();
  let list = absorb(ordered, comparison);
  // What a wider one stands for may say more: what the values of one more variable were chosen out of.
  const seen = [...list];
  // Two that give nothing new never do later: what was said before is still said, in scenarios as wide or wider.
  const settled = new Map<Scenario, Set<Scenario>>();
  for (let changed = true; changed && list.length <= MAX_COMBINED && !comparison.isOver; ) {
    changed = false;
    for (let i = 0; i < list.length && !changed; i++) {
      for (let j = i + 1; j < list.length && !changed; j++) {
        const [one, other] = [list[i] as Scenario, list[j] as Scenario];
        const partners = settled.get(one) ?? new Set();
        if (partners.has(other)) continue;
        settled.set(one, partners.add(other));
        const combined = combine(one, other);
        if (combined === undefined || comparison.isWithinAny(combined, list)) continue;
        list = withOne(list, combined, comparison);
        seen.push(combined);
        changed = true;
      }
    }
    const whole = changed || seen.length > MAX_SEEN ? undefined : wholeChoice(seen, list, comparison);
    if (whole !== undefined) {
      list = withOne(list, whole, comparison);
      seen.push(whole);
      changed = true;
    }
  }
  return inOrder(list);
}

/** The smallest first. */
function inOrder(scenarios: readonly Scenario[]): Scenario[] {
  return scenarios
    .map((scenario) => ({ scenario, size: scenario.constraints.size, key: sortKey(scenario) }))
    .sort((a, b) => a.size - b.size || compareText(a.key, b.key))
    .map(({ scenario }) => scenario);
}

function absorb(scenarios: readonly Scenario[], comparison: Comparison): Scenario[] {
  const kept: Scenario[] = [];
  for (const scenario of scenarios) {
    if (comparison.isWithinAny(scenario, kept)) continue;
    for (let i = kept.length - 1; i >= 0; i--) {
      if (comparison.isWithin(kept[i] as Scenario, scenario)) kept.splice(i, 1);
    }
    kept.push(scenario);
  }
  return kept;
}

/** A list of which none lies within another, and one more that lies within none of them. */
function withOne(list: readonly Scenario[], wider: Scenario, comparison: Comparison): Scenario[] {
  return [...list.filter((scenario) => !comparison.isWithin(scenario, wider)), wider];
}

/**
 * The consensus of two scenarios: where they differ in one variable only (and agree on all others), what holds for
 * the values of both. Undefined when there is nothing to gain.
 */
function combine(a: Scenario, b: Scenario): Scenario | undefined {
  const [apart, ...others] = contradictions(a, b);
  // What they cannot agree on but in one variable stays contradictory without any other.
  if (others.length > 0) return undefined;
  for (const [variable, mine] of a.constraints) {
    if (apart !== undefined && variable !== apart) continue;
    const theirs = b.constraints.get(variable);
    if (theirs === undefined) continue;
    const rest = a.forget(variable).join(b.forget(variable));
    if (rest === undefined) continue;
    const either = union(variable, mine, theirs);
    if (either === 'anything') return rest;
    // A wider constraint is a gain only when nothing else had to be assumed for it.
    if (either === undefined) continue;
    const wider = rest.restrict(variable, either);
    if (wider !== undefined && a.isWithin(wider) && b.isWithin(wider)) return wider;
  }
  return undefined;
}

/** The variables of which two scenarios certainly say what cannot be together; two are enough. */
function contradictions(a: Scenario, b: Scenario): Variable[] {
  const found: Variable[] = [];
  for (const [variable, mine] of a.constraints) {
    const theirs = b.constraints.get(variable);
    if (theirs === undefined || !exclude(mine, theirs)) continue;
    found.push(variable);
    if (found.length > 1) break;
  }
  return found;
}

/** Whether one constraint names the value, and the other rules it out. */
function exclude(a: Constraint, b: Constraint): boolean {
  if ('is' in a) return !permits(b, a.is);
  return 'is' in b && !permits(a, b.is);
}

/**
 * What one of some scenarios says without a choice of a variable's value, where others hold for all the values that it
 * was chosen out of. Undefined when that says nothing new.
 * @param known what is said already
 */
function wholeChoice(
  scenarios: readonly Scenario[],
  known: readonly Scenario[],
  comparison: Comparison,
): Scenario | undefined {
  for (const scenario of scenarios) {
    if (comparison.isOver) return undefined;
    for (const [variable, constraint] of scenario.constraints) {
      if (!('is' in constraint) || constraint.outOf === undefined) continue;
      const { values, before } = constraint.outOf;
      const rest = scenario.forget(variable);
      const whole = before === undefined ? rest : rest.restrict(variable, before);
      if (whole === undefined || comparison.isWithinAny(whole, known)) continue;
      const isCovered = values.every((value) => {
        const chosen = rest.assume(variable, value);
        return chosen !== undefined && comparison.isWithinAny(chosen, scenarios);
      });
      if (isCovered) return whole;
    }
  }
  return undefined;
}

function union(variable: Variable, a: Constraint, b: Constraint): Constraint | 'anything' | undefined {
  if (variable.values !== undefined) {
    const left = variable.values.filter((value) => !permits(a, value) && !permits(b, value));
    return left.length === 0 ? 'anything' : { isNot: left };
  }
  if ('isNot' in a && 'isNot' in b) {
    const both = a.isNot.filter((value) => b.isNot.includes(value));
    return both.length === 0 ? 'anything' : { isNot: both };
  }
  const [one, other] = 'isNot' in a ? [b, a] : [a, b];
  if (!('is' in one) || !('isNot' in other)) return undefined;
  const left = other.isNot.filter((value) => value !== one.is);
  return left.length === 0 ? 'anything' : { isNot: left };
}

function permits(constraint: Constraint, value: string): boolean {
  return 'is' in constraint ? constraint.is === value : !constraint.isNot.includes(value);
}

function sortKey(scenario: Scenario): string {
  return [...scenario.constraints]
    .map(([variable, constraint]) => `${variable.key}=${JSON.stringify(constraint, ['is', 'isNot'])}`)
    .sort()
    .join('&');
}
