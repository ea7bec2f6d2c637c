import type { EnvironmentRun } from './environment-run.js';
import { type Finding, faultKey } from './finding.js';
import { worse } from './outcome.js';
import type { Outcome } from './result.js';
import { scenarioValues, scenarioWords } from './wording.js';

/** A finding and the environments in which it holds. */
export interface PlacedFinding extends Finding {
  /** In the order of the run; null for one that holds in all of them, or in a run without any. */
  readonly environments: readonly string[] | null;
}

/**
 * The findings of all environments, each told once: what holds in several of them, in the same scenarios, is one
 * finding.
 */
export function placedFindings(runs: readonly EnvironmentRun[]): PlacedFinding[] {
  const [only, ...others] = runs;
  if (only !== undefined && others.length === 0)
    return only.findings.map((finding) => ({ ...finding, environments: null }));
  const byFault = new Map<string, { finding: Finding; names: string[] }>();
  for (const { name, findings } of runs) {
    for (const finding of findings) {
      const key = keyOf(finding);
      const known = byFault.get(key);
      if (known === undefined) byFault.set(key, { finding, names: [name ?? ''] });
      else known.names.push(name ?? '');
    }
  }
  return [...byFault.values()].map(({ finding, names }) => ({
    ...finding,
    environments: names.length === runs.length ? null : names,
  }));
}

/** The graphs of two environments have nothing in common but names and words: by them a finding is the same. */
function keyOf({ rule, report, scenarios }: Finding): string {
  return JSON.stringify([faultKey(rule, report), scenarioWords(scenarios), scenarioValues(scenarios[0])]);
}

/** How each consumer ended, by its key: as badly as in the worst of the environments. */
export function worstOutcomes(runs: readonly EnvironmentRun[]): ReadonlyMap<string, Outcome> {
  const [only, ...others] = runs;
  if (only !== undefined && others.length === 0) return only.outcomes;
  const worst = new Map<string, Outcome>();
  for (const { outcomes } of runs) {
    for (const [key, outcome] of outcomes) worst.set(key, worse(worst.get(key), outcome));
  }
  return worst;
}
