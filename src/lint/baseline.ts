import { createHash } from 'node:crypto';
import type { Diagnostic } from './result.js';

/** A finding that is accepted: it is counted and not reported. */
export interface BaselineEntry {
  readonly rule: string;
  /** Relative to the working directory when below it, as findings name it. */
  readonly file: string;
  readonly resource: string | null;
  /** What tells it from other findings of the rule on the resource: no line, and none of the words of this version. */
  readonly cause: string;
  /** What the finding said, for people; not compared. */
  readonly message: string;
}

/** The accepted findings of a run. */
export interface BaselineOptions {
  readonly entries: readonly BaselineEntry[];
  /** Whether every finding of the run is accepted, to be written down. */
  readonly acceptsAll: boolean;
}

/** What a baseline did in a run. */
export interface BaselineOutcome {
  /** What the run found, accepted or not, in the report's order: what an updated baseline holds of its files. */
  readonly current: readonly BaselineEntry[];
  /** How many findings were held back. */
  readonly held: number;
  /** The entries that nothing in the run matches. */
  readonly unmatched: readonly BaselineEntry[];
}

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
    const key = keyOf(entry);
    open.set(key, [...(open.get(key) ?? []), entry]);
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
