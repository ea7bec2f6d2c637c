import { byDefaults, derivedFrom, filled } from './derived.js';
import type { Scenario, Variable } from './scenario.js';
import { knownText, type TextValue, textId } from './value.js';
import type { Variables } from './variables.js';

export interface Comparison {
  readonly equal: boolean;
  readonly when: Scenario;
}

/** The text with every variable that has a value in the scenario replaced by it. */
export function within(text: TextValue, when: Scenario): TextValue {
  return filled(text, (variable) => when.valueOf(variable));
}

/**
 * Whether two texts are equal, and in which scenarios: a text with something open in it, compared with a literal, splits
 * the scenario into those where it has the values that make it the literal and those where it has not.
 * @param undecided makes the variable that stands for the comparison itself when nothing else decides it
 */
export function compareTexts(
  a: TextValue,
  b: TextValue,
  when: Scenario,
  variables: Pick<Variables, 'unknownText'>,
  undecided: () => Variable,
): Comparison[] {
  const left = within(a, when);
  const right = within(b, when);
  if (textId(left) === textId(right)) return [{ equal: true, when }];
  const [leftKnown, rightKnown] = [knownText(left), knownText(right)];
  if (leftKnown !== undefined && rightKnown !== undefined) return [{ equal: false, when }];
  const presets = byDefaults([...derivedFrom(left), ...derivedFrom(right)], when);
  if (presets.length > 1) return presets.flatMap((so) => compareTexts(left, right, so, variables, undecided));
  const [open, known] = leftKnown === undefined ? [left, rightKnown] : [right, leftKnown];
  const solutions = known === undefined ? undefined : solve(open, known, when, variables);
  if (solutions !== undefined) return split(solutions, when);
  if (!mayBeEqual(left, right)) return [{ equal: false, when }];
  return split([new Map([[undecided(), 'true']])], when);
}

/** Values of variables. */
type Solution = ReadonlyMap<Variable, string>;

/** How many ways are told apart in which a text can be a literal; where there are more, the comparison is undecided. */
const MAX_SOLUTIONS = 16;

/**
 * All values of what is open in a text with which it is the known text.
 * @returns undefined when there are too many
 */
function solve(
  text: TextValue,
  known: string,
  when: Scenario,
  variables: Pick<Variables, 'unknownText'>,
): Solution[] | undefined {
  const { parts } = text;
  const solutions: Solution[] = [];
  let tried = 0;
  const go = (index: number, from: number, solution: Solution): boolean => {
    const part = parts[index];
    if (part === undefined) {
      if (from === known.length) solutions.push(solution);
      return solutions.length <= MAX_SOLUTIONS;
    }
    if (typeof part === 'string') {
      return !known.startsWith(part, from) || go(index + 1, from + part.length, solution);
    }
    const variable = variables.unknownText(part);
    const bound = solution.get(variable);
    const next = parts[index + 1];
    for (let to = next === undefined ? known.length : from; to <= known.length; to++) {
      if (typeof next === 'string') {
        to = known.indexOf(next, to);
        if (to < 0) break;
      }
      if (++tried > MAX_TRIED) return false;
      const value = known.slice(from, to);
      if (bound === undefined ? !when.allows(variable, value) : bound !== value) continue;
      if (!go(index + 1, to, new Map(solution).set(variable, value))) return false;
    }
    return true;
  };
  return go(0, 0, new Map()) ? solutions : undefined;
}

/** How many ways to cut a known text are tried. */
const MAX_TRIED = 1_000;

/** A scenario split into those in which variables have the values of a solution, and the rest. */
function split(solutions: readonly Solution[], when: Scenario): Comparison[] {
  const equal: Scenario[] = [];
  let open: Scenario[] = [when];
  for (const solution of solutions) {
    const left: Scenario[] = [];
    for (const scenario of open) {
      let so: Scenario | undefined = scenario;
      for (const [variable, value] of solution) {
        const other: Scenario | undefined = so.exclude(variable, value);
        if (other !== undefined) left.push(other);
        so = so.assume(variable, value);
        if (so === undefined) break;
      }
      if (so !== undefined) equal.push(so);
    }
    open = left;
  }
  return [
    ...equal.map((so) => ({ equal: true, when: so })),
    ...open.map((so) => ({ equal: false, when: so })),
  ];
}

/**
 * Whether two texts can be equal for some values of their symbols, each standing for any text. This is the
 * intersection of two glob patterns.
 * @param spend told what a comparison character by character costs, in thousands of pairs, before it is made
 */
export function mayBeEqual(a: TextValue, b: TextValue, spend?: (cost: number) => void): boolean {
  if (endsConflict(a, b)) return false;
  // What one begins with and the other ends with then fits between: `*x` and `y*` are both `yx`.
  if ((opens(a) && closes(b)) || (opens(b) && closes(a))) return true;
  const [left, right] = [symbols(a), symbols(b)];
  const pairs = left.length * right.length;
  if (pairs > MAX_COMPARISON) return true;
  spend?.(Math.ceil(pairs / 1_000));
  // reach[j]: the first i symbols of the left and the first j of the right can stand for the same text.
  let reach = right.map(() => false);
  reach.push(false);
  reach[0] = true;
  for (let j = 0; j < right.length && right[j] === ANY; j++) reach[j + 1] = true;
  for (const symbol of left) {
    const next: boolean[] = [(symbol === ANY && reach[0]) ?? false];
    for (let j = 0; j < right.length; j++) {
      const other = right[j];
      next[j + 1] =
        (symbol === ANY && ((reach[j + 1] ?? false) || (next[j] ?? false))) ||
        (other === ANY && ((next[j] ?? false) || (reach[j + 1] ?? false))) ||
        (symbol === other && (reach[j] ?? false));
    }
    reach = next;
  }
  return reach[right.length] ?? false;
}

const ANY = Symbol('any text');

/** How many pairs of characters are compared; of longer texts nobody says that they differ. */
const MAX_COMPARISON = 250_000;

/** The text as characters and wildcards. */
function symbols(text: TextValue): (string | typeof ANY)[] {
  return text.parts.flatMap((part): (string | typeof ANY)[] =>
    typeof part === 'string' ? part.split('') : [ANY],
  );
}

/** Whether the text begins with something that nobody knows. */
function opens(text: TextValue): boolean {
  return typeof text.parts[0] === 'object';
}

/** Whether the text ends with something that nobody knows. */
function closes(text: TextValue): boolean {
  return typeof text.parts[text.parts.length - 1] === 'object';
}

/** Whether what the texts begin or end with already tells them apart: the cheap answer for most pairs. */
function endsConflict(a: TextValue, b: TextValue): boolean {
  const [first, other] = [a.parts[0], b.parts[0]];
  if (typeof first === 'string' && typeof other === 'string') {
    const length = Math.min(first.length, other.length);
    if (first.slice(0, length) !== other.slice(0, length)) return true;
  }
  const [last, otherLast] = [a.parts[a.parts.length - 1], b.parts[b.parts.length - 1]];
  if (typeof last === 'string' && typeof otherLast === 'string') {
    const length = Math.min(last.length, otherLast.length);
    if (last.slice(-length) !== otherLast.slice(-length)) return true;
  }
  return false;
}
