import type { Evaluator } from '../evaluate/evaluator.js';
import type { Cursor } from '../evaluate/instance.js';
import type { Scenario } from '../evaluate/scenario.js';
import {
  ABSENT,
  type Alternative,
  type Atom,
  chain,
  concatenate,
  knownText,
  type Part,
  unknown,
  type Value,
} from '../evaluate/value.js';
import { isMap, own } from '../template/own.js';

type VariableAtom = Extract<Atom, { kind: 'variable' }>;

/**
 * What stands at the end of a route of keys below a cursor: functions on the way are evaluated, so a whole block may
 * stand in a branch of `Fn::If`. Where the route leaves the maps, the value is unknown: another rule's business.
 */
export function readRoute(
  evaluator: Evaluator,
  from: Cursor,
  route: readonly string[],
  when: Scenario,
): Alternative[] {
  let reached: Alternative[] = evaluator.evaluate(from, when);
  for (const key of route) reached = chain(reached, (alternative) => readEntry(evaluator, alternative, key));
  return reached;
}

/** What stands under a key of a value, where it is a map. */
export function readEntry(evaluator: Evaluator, map: Alternative, key: string): Alternative[] {
  const { value } = map;
  if (value.kind === 'absent') return [map];
  if (value.kind === 'unknown') return [map];
  if (value.kind !== 'map') return [{ ...map, value: unknown('a map is expected here') }];
  const entry = value.cursor.child(key);
  if (!entry.exists && value.open) return [{ ...map, value: unknown('a macro may add it') }];
  if (!entry.exists) return [{ value: ABSENT, when: map.when, at: entry, trail: map.trail }];
  const alternatives = evaluator.evaluate(entry, map.when);
  if (map.trail.length === 0) return alternatives;
  return alternatives.map((alternative) => ({
    ...alternative,
    trail: [...map.trail, ...alternative.trail],
  }));
}

/** Whether a value is a map that certainly has no entry under a key: a short way to what `readEntry` would say. */
export function lacks(value: Value, key: string): boolean {
  return value.kind === 'map' && !value.open && own(value.cursor.raw, key) === undefined;
}

/** The keys that a map value has, in order, except those whose value is `AWS::NoValue` in the scenario. */
export function presentKeys(evaluator: Evaluator, map: Alternative): { key: string; entry: Alternative }[] {
  if (map.value.kind !== 'map' || !isMap(map.value.cursor.raw)) return [];
  const { cursor } = map.value;
  return Object.keys(cursor.raw as object).flatMap((key) =>
    evaluator
      .evaluate(cursor.child(key), map.when)
      .flatMap((entry) => (entry.value.kind === 'absent' ? [] : [{ key, entry }])),
  );
}

/** The items of a list value one by one, without those that are `AWS::NoValue` in their scenario. */
export function readItems(evaluator: Evaluator, list: Alternative): Alternative[] {
  if (list.value.kind !== 'list') return [];
  return chain(list.value.items, (item) =>
    evaluator
      .evaluateItem(item, list.at, list.when)
      .filter((alternative) => alternative.value.kind !== 'absent'),
  );
}

/**
 * The alternative with the parameters in its text that nobody set at their defaults, and apart from it the rest. An
 * empty default is a placeholder, and stands for nothing.
 */
export function withDefault(alternative: Alternative): Alternative[] {
  const { value } = alternative;
  if (value.kind !== 'text') return [alternative];
  const place = value.parts.findIndex(hasDefault);
  const atom = value.parts[place];
  if (atom === undefined || !hasDefault(atom)) return [alternative];
  const { variable } = atom;
  const { default: text } = variable;
  const preset = alternative.when.assume(variable, text);
  const others = alternative.when.exclude(variable, text);
  const parts = concatenate([...value.parts.slice(0, place), text, ...value.parts.slice(place + 1)]);
  const assumed = value.parts.length === 1 ? { ...parts, assumed: variable } : parts;
  return [
    ...(preset === undefined ? [] : withDefault({ ...alternative, when: preset, value: assumed })),
    ...(others === undefined ? [] : [{ ...alternative, when: others }]),
  ];
}

/** Whether a part of a text is a parameter with a default that stands for something. */
function hasDefault(part: Part): part is VariableAtom & { readonly variable: { readonly default: string } } {
  if (typeof part === 'string' || part.kind !== 'variable') return false;
  return part.variable.default !== undefined && part.variable.default !== '';
}

/** The text of an alternative when all of it is known. */
export function textOf(alternative: Alternative): string | undefined {
  return knownText(alternative.value);
}
