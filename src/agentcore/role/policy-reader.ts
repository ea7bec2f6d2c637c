import type { Evaluator } from '../../evaluate/evaluator.js';
import type { Scenario } from '../../evaluate/scenario.js';
import type { Cursor } from '../../evaluate/stack-instance.js';
import type { Alternative, Value } from '../../evaluate/value.js';
import { memoizeByScenario } from '../../views/memoize-by-scenario.js';
import { readEntry } from '../../views/read.js';

type Ask = (when: Scenario) => Alternative[];

/**
 * Reads the policies of a role, and each statement once for all calls that are looked for in it. What it gives says
 * what stands there and in which scenario; how that was reached may be told as for another call.
 */
export class PolicyReader {
  private readonly entries = new Map<Value, Map<string, Ask>>();
  private readonly items = new Map<Cursor | Value, Ask>();

  constructor(private readonly evaluator: Evaluator) {}

  /** Counts work against the budget of the question, in alternatives; what costs less than one is free. */
  readonly spend = (cost: number): void => {
    this.evaluator.spend(Math.floor(cost));
  };

  /** What stands under a key of a value, as `readEntry` says it. */
  entry(map: Alternative, key: string): Alternative[] {
    const { value, when } = map;
    if (value.kind !== 'map') return readEntry(this.evaluator, map, key);
    let keys = this.entries.get(value);
    if (keys === undefined) {
      keys = new Map();
      this.entries.set(value, keys);
    }
    let ask = keys.get(key);
    if (ask === undefined) {
      ask = memoizeByScenario((within) => readEntry(this.evaluator, { ...map, when: within }, key));
      keys.set(key, ask);
    }
    return ask(when);
  }

  /** What an item of a list can be, as `evaluateItem` says it. */
  item(item: Cursor | Value, at: Cursor, when: Scenario): Alternative[] {
    let ask = this.items.get(item);
    if (ask === undefined) {
      ask = memoizeByScenario((within) => this.evaluator.evaluateItem(item, at, within));
      this.items.set(item, ask);
    }
    return ask(when);
  }
}
