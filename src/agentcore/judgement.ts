import type { Scenario, Variable } from '../evaluate/scenario.js';
import { chain } from '../evaluate/value.js';

/** The answer to a yes-or-no question, in one scenario. The answers to one question exclude each other and cover it. */
export interface Judgement {
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
  judge: (thing: Thing, when: Scenario) => readonly Judgement[],
): Judgement[] {
  const settled: Judgement[] = [];
  let open: Scenario[] = [when];
  for (const thing of things) {
    if (open.length === 0) break;
    open = chain(open, (scenario) => {
      const judged = judge(thing, scenario);
      for (const so of scenariosWhere(judged, true, scenario)) settled.push({ holds: true, when: so });
      return scenariosWhere(judged, false, scenario);
    });
  }
  return [...settled, ...open.map((so) => ({ holds: false, when: so }))];
}

/**
 * The scenarios in which the answer is the one asked for, as few as they can be said in.
 * @param judged all answers to the question
 * @param when the scenario in which the question was asked
 */
export function scenariosWhere(judged: readonly Judgement[], holds: boolean, when: Scenario): Scenario[] {
  if (judged.every((judgement) => judgement.holds === holds)) return judged.length === 0 ? [] : [when];
  const chosen = judged.filter((judgement) => judgement.holds === holds);
  if (chosen.length === 0) return [];
  if (chosen.length > 1) {
    const rest = judged.filter((judgement) => judgement.holds !== holds);
    const joined = apartFrom(rest, when, oneVariable(judged, when));
    if (joined !== undefined) return [joined];
  }
  return chosen.map((judgement) => judgement.when);
}

/** The scenario without the values that a variable has in others: `{a}` and `{b}` are "not c". */
function apartFrom(
  others: readonly Judgement[],
  when: Scenario,
  variable: Variable | undefined,
): Scenario | undefined {
  if (variable === undefined) return undefined;
  let left: Scenario | undefined = when;
  for (const other of others) left = left?.exclude(variable, other.when.valueOf(variable) as string);
  return left;
}

/** The variable whose value alone tells the answers apart; undefined when there is more to it. */
function oneVariable(judged: readonly Judgement[], when: Scenario): Variable | undefined {
  let only: Variable | undefined;
  for (const { when: narrowed } of judged) {
    for (const [variable, constraint] of narrowed.constraints) {
      if (constraint === when.constraints.get(variable)) continue;
      if (!('is' in constraint) || (only !== undefined && only !== variable)) return undefined;
      only = variable;
    }
  }
  return only !== undefined && judged.every(({ when: so }) => so.valueOf(only) !== undefined)
    ? only
    : undefined;
}
