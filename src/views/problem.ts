import type { Scenario } from '../evaluate/scenario.js';
import type { Cursor } from '../evaluate/stack-instance.js';
import type { Hop } from '../evaluate/value.js';
import type { ProposedFix } from '../fix/change.js';

/** A fault that a view found in a resource, before a rule puts it into words. */
export interface Problem<Key extends string = string> {
  /** Which message it is of the rule that puts it into words. */
  readonly message: Key;
  readonly at: Cursor;
  /** Whether the key or the value at the place is the thing to change. */
  readonly part: 'key' | 'value';
  readonly when: Scenario;
  /** What the message's placeholders stand for. */
  readonly data: Readonly<Record<string, string>>;
  readonly trace?: readonly Hop[];
  readonly related?: readonly {
    readonly message: string;
    readonly at: Cursor;
    readonly part?: 'key' | 'value';
  }[];
  readonly fix?: ProposedFix;
}
