import { UsageError } from '../discover/usage-error.js';
import { didYouMean } from './validate.js';

/**
 * Holds the option `rules` to the rules that there are.
 * @throws UsageError for an id that is none of them, with the nearest one
 */
export function requireKnownRules(rules: Readonly<Record<string, unknown>>, ids: readonly string[]): void {
  for (const id of Object.keys(rules)) {
    if (!ids.includes(id))
      throw new UsageError(`unknown rule "${id}" in the option rules${didYouMean(id, ids)}`);
  }
}
