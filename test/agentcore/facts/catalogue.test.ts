import { describe, expect, it } from 'vitest';
import { builtInRules } from '../../../rules/index.js';
import { describedFacts, factTable } from '../../../src/agentcore/facts/catalogue.js';
import { FACT_TABLES } from '../../../src/agentcore/facts/table-names.js';

describe('the facts in words', () => {
  it.each(FACT_TABLES)('have a row, a source and a day for all of %s', (table) => {
    const rows = describedFacts([table]);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.table).toBe(table);
      expect(row.fact).toMatch(/^\S.*[^.]$/);
      expect(row.fact).not.toMatch(/undefined|\[object/);
      expect(row.source.url).toMatch(/^https:/);
      expect(row.confirmed).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  it('say each fact once', () => {
    const said = describedFacts().map(({ table, fact }) => `${table}: ${fact}`);
    expect(said.filter((fact, index) => said.indexOf(fact) !== index)).toEqual([]);
  });

  it('say of each of two alike what tells them apart', () => {
    expect(describedFacts(['cognito']).map(({ fact }) => fact)).toEqual(
      expect.arrayContaining([
        'a user pool client needs ALLOW_TOKEN_EXCHANGE_IMPERSONATION in ExplicitAuthFlows to exchange tokens without an actor token',
        'a user pool client needs ALLOW_TOKEN_EXCHANGE_DELEGATION in ExplicitAuthFlows to exchange tokens with an actor token',
      ]),
    );
  });

  it('tell the disputed ones', () => {
    const disputed = describedFacts().filter((row) => row.disputed !== null);
    expect(disputed.map(({ table }) => table)).toEqual(
      expect.arrayContaining(['authorizers', 'listing-modes']),
    );
  });

  it('are each read by a rule', () => {
    const read = new Set(builtInRules.flatMap((rule) => rule.facts ?? []));
    expect(FACT_TABLES.filter((table) => !read.has(table))).toEqual([]);
  });

  it('make rows of Markdown that nothing in them breaks', () => {
    const row = {
      table: 'cognito',
      fact: 'a | b\\',
      source: { title: 't', url: 'https://a' },
      confirmed: '2026-01-01',
      disputed: 'X|Y.',
    } as const;
    expect(factTable([row]).at(-1)).toBe('| a \\| b\\\\. Disputed: X\\|Y. | [t](https://a) | 2026-01-01 |');
  });
});
