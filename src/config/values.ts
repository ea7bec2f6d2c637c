import { conflictingValues } from '../lint/conflict.js';

/** CloudFormation's parameters as a file gives them: the values, and where each of them stands. */
export interface ValueTable {
  readonly values: Readonly<Record<string, string>>;
  /** Parameter to `FILE:LINE:COLUMN`, or whatever else names the place. */
  readonly places: Readonly<Record<string, string>>;
}

/** Collects parameter values from one place after another. */
export class ValueCollector {
  private readonly given = new Map<string, { readonly value: string; readonly place: string }>();

  /** @throws UsageError when the parameter has another value already */
  add(name: string, value: string, place: string): void {
    const known = this.given.get(name);
    if (known === undefined) this.given.set(name, { value, place });
    else if (known.value !== value) throw conflictingValues(name, known.place, place);
  }

  table(): ValueTable {
    const entries = [...this.given];
    return {
      values: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
      places: Object.fromEntries(entries.map(([name, { place }]) => [name, place])),
    };
  }
}
