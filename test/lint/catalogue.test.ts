import { describe, expect, it } from 'vitest';
import { builtInRules } from '../../rules/index.js';
import { RuleIds, ruleThatReports } from '../../src/lint/catalogue.js';

describe('the ids of rules', () => {
  const ids = new RuleIds(builtInRules);
  const renamed = builtInRules.flatMap(({ id, formerIds = [] }) =>
    formerIds.map((former) => ({ id, former })),
  );

  it.each(renamed)('lead from $former to $id', ({ id, former }) => {
    expect(ids.has(former)).toBe(false);
    expect(ids.meantBy(former)).toBe(id);
  });

  it('lead from a slip to the rule that is near, and from anything else to none', () => {
    const { id } = builtInRules[0] as (typeof builtInRules)[number];
    expect(ids.meantBy(id.slice(1))).toBe(id);
    expect(ids.meantBy('zzzz')).toBeUndefined();
  });
});

describe('what a run reports by itself', () => {
  const subjects = builtInRules.flatMap(({ runReports }) => runReports ?? []);

  it('has the words of one rule each', () => {
    expect(new Set(subjects).size).toBe(subjects.length);
    for (const subject of subjects) expect(ruleThatReports(subject, builtInRules).runReports).toBe(subject);
  });

  it('is a fault of the program without a rule for it', () => {
    expect(() => ruleThatReports('limit', [])).toThrow('no rule has words for limit');
  });
});
