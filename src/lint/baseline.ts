import { createHash } from 'node:crypto';
import { gather } from '../plain/gather.js';
import type { BaselineOptions } from './options.js';
import type { BaselineEntry, BaselineOutcome, Diagnostic } from './result.js';

/**
 * Takes the accepted findings out of a report. Each entry holds one finding back.
 *
 * @param findings those that would be reported, their texts masked
 * @param silent those that are not reported anyway: they keep their entries from being out of date
 */
export function holdBack(
  findings: readonly Diagnostic[],
  silent: readonly Diagnostic[],
  { entries, acceptsAll }: BaselineOptions,
): { readonly reported: readonly Diagnostic[]; readonly outcome: BaselineOutcome } {
  const open = new Map<string, BaselineEntry[]>();
  for (const entry of entries) {
    gather(open, keyOf(entry), entry);
  }
  const take = (entry: BaselineEntry): boolean => open.get(keyOf(entry))?.pop() !== undefined;
  const current = findings.map(entryOf);
  const isHeld = current.map((entry) => take(entry) || acceptsAll);
  for (const finding of silent) take(entryOf(finding));
  return {
    reported: findings.filter((_, index) => !isHeld[index]),
    outcome: {
      current,
      held: isHeld.filter((held) => held).length,
      unmatched: entries.filter((entry) => open.get(keyOf(entry))?.includes(entry) === true),
    },
  };
}

function entryOf({ ruleId, file, resource, messageKey, data, message }: Diagnostic): BaselineEntry {
  const sorted = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
  return { rule: ruleId, file, resource, cause: `${messageKey}:${digest}`, message };
}

function keyOf({ rule, file, resource, cause }: BaselineEntry): string {
  return JSON.stringify([rule, file, resource, cause]);
}
