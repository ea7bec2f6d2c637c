import { UNKNOWN_KEY } from '../frontends/front-end.js';
import { own } from '../plain/map.js';
import type { Evaluation } from './evaluation.js';
import { ABSENT, type Alternative, chain, type MapValue, unknown } from './value.js';

/**
 * What stands under a key of a value, where it is a map; only the top of it is evaluated. An entry of what is absent
 * is absent, and of what is unknown unknown.
 */
export function entryOf(
  evaluation: Pick<Evaluation, 'evaluate'>,
  map: Alternative,
  key: string,
): Alternative[] {
  const { value } = map;
  if (value.kind === 'absent' || value.kind === 'unknown') return [map];
  if (value.kind !== 'map') return [{ ...map, value: unknown('a map is expected here') }];
  const entry = value.cursor.child(key);
  if (!entry.exists && value.open) return [{ ...map, value: unknown(openReason(value)) }];
  if (!entry.exists) return [{ value: ABSENT, when: map.when, at: entry, trace: map.trace }];
  const found = evaluation.evaluate(entry, map.when);
  return map.trace.length === 0
    ? found
    : found.map((alternative) => ({ ...alternative, trace: [...map.trace, ...alternative.trace] }));
}

/** Why an entry that a map lacks may be there all the same. */
function openReason({ cursor }: MapValue): string {
  const reason = own(cursor.raw, UNKNOWN_KEY);
  return typeof reason === 'string' ? reason : 'a macro may add it';
}

/** What stands at the end of a route of keys below a value. */
export function entryAt(
  evaluation: Pick<Evaluation, 'evaluate'>,
  from: Alternative[],
  ...route: readonly string[]
): Alternative[] {
  let reached = from;
  for (const key of route) reached = chain(reached, (alternative) => entryOf(evaluation, alternative, key));
  return reached;
}
