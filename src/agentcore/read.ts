import type { Evaluator } from '../evaluate/evaluator.js';
import type { Cursor } from '../evaluate/instance.js';
import type { Scenario } from '../evaluate/scenario.js';
import { ABSENT, type Alternative, knownText, onlyAtom, unknown } from '../evaluate/value.js';
import { isMap } from '../template/own.js';

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
  for (const key of route) reached = reached.flatMap((alternative) => readEntry(evaluator, alternative, key));
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
  return evaluator
    .evaluate(entry, map.when)
    .map((alternative) =>
      map.trail.length === 0 ? alternative : { ...alternative, trail: [...map.trail, ...alternative.trail] },
    );
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
  return list.value.items.flatMap((item) =>
    evaluator
      .evaluateItem(item, list.at, list.when)
      .flatMap((alternative) => (alternative.value.kind === 'absent' ? [] : [alternative])),
  );
}

/**
 * The alternative with a parameter that nobody set at its default, and apart from it the rest. An empty default is a
 * placeholder, and stands for nothing.
 */
export function withDefault(alternative: Alternative): Alternative[] {
  const atom = onlyAtom(alternative.value);
  if (atom?.kind !== 'variable') return [alternative];
  const { variable } = atom;
  if (variable.default === undefined || variable.default === '') return [alternative];
  const preset = alternative.when.assume(variable, variable.default);
  const others = alternative.when.exclude(variable, variable.default);
  return [
    ...(preset === undefined
      ? []
      : [
          {
            ...alternative,
            when: preset,
            value: {
              kind: 'text' as const,
              parts: [variable.default],
              scalar: 'string' as const,
              assumed: variable,
            },
          },
        ]),
    ...(others === undefined ? [] : [{ ...alternative, when: others }]),
  ];
}

/** The text of an alternative when all of it is known. */
export function textOf(alternative: Alternative): string | undefined {
  return knownText(alternative.value);
}
