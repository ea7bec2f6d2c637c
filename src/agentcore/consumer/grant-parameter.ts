import type { Evaluator } from '../../evaluate/evaluator.js';
import type { Scenario } from '../../evaluate/scenario.js';
import type { Cursor } from '../../evaluate/stack-instance.js';
import { type Alternative, chain } from '../../evaluate/value.js';
import { nearest } from '../../plain/did-you-mean.js';
import { isMap } from '../../plain/map.js';
import { readEntry } from '../../views/read.js';
import type { Consumer } from './consumer.js';

/** A grant among `CustomParameters`, where it has no effect. */
export interface GrantParameter {
  readonly key: string;
  readonly entry: Alternative;
  /** Where its key stands. */
  readonly at: Cursor;
}

/** The parameter under which OAuth sends a grant: people look for it among the parameters. */
const PARAMETER = 'grant_type';

/** The grant among `CustomParameters` in each scenario; undefined where there is none. */
export function grantParameter(
  evaluator: Evaluator,
  consumer: Consumer,
  when: Scenario,
): Alternative<GrantParameter | undefined>[] {
  return chain(consumer.property('CustomParameters', when), (parameters) => {
    const none = [{ ...parameters, value: undefined }];
    if (parameters.value.kind !== 'map' || !isMap(parameters.value.cursor.raw)) return none;
    const { cursor } = parameters.value;
    const key = Object.keys(cursor.raw as object).find((name) => nearest(name, [PARAMETER]) !== undefined);
    if (key === undefined) return none;
    return readEntry(evaluator, parameters, key).map((entry) => ({
      ...entry,
      value: entry.value.kind === 'absent' ? undefined : { key, entry, at: cursor.child(key) },
    }));
  });
}

/**
 * What `GrantType` says, without the scenarios in which it is left out and the grant stands in `CustomParameters`
 * instead: the slip is the cause there, and has a rule of its own.
 */
export function grantsSaid(evaluator: Evaluator, consumer: Consumer): Alternative[] {
  return consumer
    .grant()
    .flatMap((grant) =>
      grant.value.kind === 'absent'
        ? grantParameter(evaluator, consumer, grant.when).flatMap(({ value, when }) =>
            value === undefined ? [{ ...grant, when }] : [],
          )
        : [grant],
    );
}
