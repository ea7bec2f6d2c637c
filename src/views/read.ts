import { within } from '../evaluate/compare.js';
import { openIn, settled } from '../evaluate/derived.js';
import { entryOf } from '../evaluate/entries.js';
import type { Evaluator } from '../evaluate/evaluator.js';
import type { Scenario, Variable } from '../evaluate/scenario.js';
import type { Cursor } from '../evaluate/stack-instance.js';
import { type Alternative, chain, knownText, type TextValue, type Value } from '../evaluate/value.js';
import { isMap, own } from '../plain/map.js';

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
  const found = entryOf(evaluator, map, key);
  return found.some(isDerivedList) ? found.flatMap((so) => (isDerivedList(so) ? settled(so) : [so])) : found;
}

function isDerivedList({ value }: Alternative): boolean {
  return value.kind === 'list' && value.derived !== undefined;
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
  const items = chain(list.value.items, (item) =>
    evaluator
      .evaluateItem(item, list.at, list.when)
      .filter((alternative) => alternative.value.kind !== 'absent'),
  );
  return list.trace.length === 0
    ? items
    : items.map((item) => ({ ...item, trace: [...list.trace, ...item.trace] }));
}

/**
 * The alternative with the parameters in its text that nobody set at their defaults, and apart from it the rest. An
 * empty default is a placeholder, and stands for nothing.
 */
export function withDefault(alternative: Alternative): Alternative[] {
  const { value, when } = alternative;
  if (value.kind !== 'text') return [alternative];
  const variable = firstWithDefault(value, when);
  if (variable === undefined) return [alternative];
  const preset = when.assume(variable, variable.default);
  const others = when.exclude(variable, variable.default);
  const rest = others === undefined ? [] : [{ ...alternative, when: others }];
  if (preset === undefined) return rest;
  const known = within(value, preset);
  const assumed = value.parts.length === 1 && known !== value ? { ...known, assumed: variable } : known;
  return [...withDefault({ ...alternative, when: preset, value: assumed }), ...rest];
}

type WithDefault = Variable & { readonly default: string };

/** The first parameter that a text hangs on, of those open in a scenario, whose default stands for something. */
function firstWithDefault({ parts }: TextValue, when: Scenario): WithDefault | undefined {
  for (const part of parts) {
    if (typeof part === 'string') continue;
    const variable = openIn(part).find(
      (so): so is WithDefault =>
        so.default !== undefined && so.default !== '' && when.valueOf(so) === undefined,
    );
    if (variable !== undefined) return variable;
  }
  return undefined;
}

/** The text of an alternative when all of it is known. */
export function textOf(alternative: Alternative): string | undefined {
  return knownText(alternative.value);
}
