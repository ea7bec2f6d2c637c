import { UsageError } from '../discover/usage-error.js';
import type { RuleIds } from '../lint/catalogue.js';
import { suggestion } from './validate.js';

/**
 * Holds the option `rules` to the rules that there are.
 * @throws UsageError for an id that is none of them, with the nearest one
 */
export function requireKnownRules(rules: Readonly<Record<string, unknown>>, known: RuleIds): void {
  for (const id of Object.keys(rules)) {
    if (!known.has(id))
      throw new UsageError(`unknown rule "${id}" in the option rules${suggestion(known.meantBy(id))}`);
  }
}
