import { likelyMeant } from '../plain/did-you-mean.js';
import type { AnyRule, Rule, RunReports } from './rule.js';

/** The rules that a run checks, in the order of the report's rules. */
export interface Catalogue {
  readonly rules: readonly AnyRule[];
  readonly url: (ruleId: string) => string;
}

/**
 * The rule whose words the run takes for what it reports by itself.
 * @throws Error when the catalogue has none, which is a fault of the program
 */
export function ruleThatReports<Subject extends keyof RunReports>(
  subject: Subject,
  rules: readonly AnyRule[],
): Rule<RunReports[Subject]> {
  const rule = rules.find(({ runReports }) => runReports === subject);
  if (rule === undefined) throw new Error(`no rule has words for ${subject}`);
  return rule;
}

/** The ids of the rules that there are, and what leads to them. */
export class RuleIds {
  readonly all: readonly string[];
  private readonly known: ReadonlySet<string>;
  private readonly renamed: ReadonlyMap<string, string>;

  constructor(rules: readonly Pick<AnyRule, 'id' | 'formerIds'>[]) {
    this.all = rules.map(({ id }) => id);
    this.known = new Set(this.all);
    this.renamed = new Map(
      rules.flatMap(({ id, formerIds = [] }) => formerIds.map((former): [string, string] => [former, id])),
    );
  }

  has(id: string): boolean {
    return this.known.has(id);
  }

  /** The id that was most likely meant by one that is not known; undefined when none is near. */
  meantBy(typed: string): string | undefined {
    return this.renamed.get(typed) ?? likelyMeant(typed, this.all);
  }
}
