import { byDefaults, derivedFrom, filled } from './derived.js';
import type { Scenario, Variable } from './scenario.js';
import { concatenate, knownText, type TextValue, textId } from './value.js';

export interface Comparison {
  readonly equal: boolean;
  readonly when: Scenario;
}

/** The text with every variable that has a value in the scenario replaced by it. */
export function within(text: TextValue, when: Scenario): TextValue {
  return filled(text, (variable) => when.valueOf(variable));
}

/**
 * Whether two texts are equal, and in which scenarios: a variable compared with a literal splits the scenario into
 * the one where it has that value and the one where it has not.
 * @param undecided makes the variable that stands for the comparison itself when nothing else decides it
 */
export function compareTexts(
  a: TextValue,
  b: TextValue,
  when: Scenario,
  undecided: () => Variable,
): Comparison[] {
  const left = within(a, when);
  const right = within(b, when);
  if (textId(left) === textId(right)) return [{ equal: true, when }];
  const [leftKnown, rightKnown] = [knownText(left), knownText(right)];
  if (leftKnown !== undefined && rightKnown !== undefined) return [{ equal: false, when }];
  const presets = byDefaults([...derivedFrom(left), ...derivedFrom(right)], when);
  if (presets.length > 1) return presets.flatMap((so) => compareTexts(left, right, so, undecided));
  const [open, known] = leftKnown === undefined ? [left, rightKnown] : [right, leftKnown];
  const wanted = known === undefined ? undefined : valueThatMakes(open, known);
  if (wanted !== undefined) return split(wanted.variable, wanted.value, when);
  if (!mayBeEqual(left, right)) return [{ equal: false, when }];
  return split(undecided(), 'true', when);
}

/** The value with which a text that has one parameter in it, and literals around that, is the known text. */
function valueThatMakes(text: TextValue, known: string): { variable: Variable; value: string } | undefined {
  const place = text.parts.findIndex((part) => typeof part !== 'string');
  const symbol = text.parts[place];
  if (typeof symbol === 'string' || symbol?.kind !== 'variable') return undefined;
  const [before, after] = [concatenate(text.parts.slice(0, place)), concatenate(text.parts.slice(place + 1))];
  const [prefix, suffix] = [knownText(before), knownText(after)];
  if (prefix === undefined || suffix === undefined || known.length < prefix.length + suffix.length)
    return undefined;
  if (!known.startsWith(prefix) || !known.endsWith(suffix)) return undefined;
  return { variable: symbol.variable, value: known.slice(prefix.length, known.length - suffix.length) };
}

function split(variable: Variable, value: string, when: Scenario): Comparison[] {
  const same = when.assume(variable, value);
  const other = when.exclude(variable, value);
  return [
    ...(same === undefined ? [] : [{ equal: true, when: same }]),
    ...(other === undefined ? [] : [{ equal: false, when: other }]),
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
