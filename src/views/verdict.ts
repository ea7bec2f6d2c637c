import type { Scenario, Variable } from '../evaluate/scenario.js';
import { chain } from '../evaluate/value.js';

/** The answer to a yes-or-no question, in one scenario. The answers to one question exclude each other and cover it. */
export interface Verdict {
  readonly holds: boolean;
  readonly when: Scenario;
}

/**
 * Whether any of some things holds, asked one after the other. Only scenarios that no earlier thing settled are asked
 * about the next, so a list of things that depend on different parameters takes steps in the number of things.
 */
export function anyOf<Thing>(
  things: Iterable<Thing>,
  when: Scenario,
  judge: (thing: Thing, when: Scenario) => readonly Verdict[],
): Verdict[] {
  const settled: Verdict[] = [];
  let open: Scenario[] = [when];
  for (const thing of things) {
    if (open.length === 0) break;
    open = chain(open, (scenario) => {
      const verdicts = judge(thing, scenario);
      for (const so of scenariosWhere(verdicts, true, scenario)) settled.push({ holds: true, when: so });
      return scenariosWhere(verdicts, false, scenario);
    });
  }
  return [...settled, ...open.map((so) => ({ holds: false, when: so }))];
}

/**
 * The scenarios in which the answer is the one asked for, as few as they can be said in.
 * @param verdicts all answers to the question
 * @param when the scenario in which the question was asked
 */
export function scenariosWhere(verdicts: readonly Verdict[], holds: boolean, when: Scenario): Scenario[] {
  if (verdicts.every((verdict) => verdict.holds === holds)) return verdicts.length === 0 ? [] : [when];
  const chosen = verdicts.filter((verdict) => verdict.holds === holds);
  if (chosen.length === 0) return [];
  if (chosen.length > 1) {
    const rest = verdicts.filter((verdict) => verdict.holds !== holds);
    const joined = apartFrom(rest, when, oneVariable(verdicts, when));
    if (joined !== undefined) return [joined];
  }
  return chosen.map((verdict) => verdict.when);
}

/** The scenario without the values that a variable has in others: `{a}` and `{b}` are "not c". */
function apartFrom(
  others: readonly Verdict[],
  when: Scenario,
  variable: Variable | undefined,
): Scenario | undefined {
  if (variable === undefined) return undefined;
  let left: Scenario | undefined = when;
  for (const other of others) left = left?.exclude(variable, other.when.valueOf(variable) as string);
  return left;
}

/** The variable whose value alone tells the answers apart; undefined when there is more to it. */
function oneVariable(verdicts: readonly Verdict[], when: Scenario): Variable | undefined {
  let only: Variable | undefined;
  for (const { when: narrowed } of verdicts) {
    for (const [variable, constraint] of narrowed.constraints) {
      if (constraint === when.constraints.get(variable)) continue;
      if (!('is' in constraint) || (only !== undefined && only !== variable)) return undefined;
      only = variable;
    }
  }
  return only !== undefined && verdicts.every(({ when: so }) => so.valueOf(only) !== undefined)
    ? only
    : undefined;
}
