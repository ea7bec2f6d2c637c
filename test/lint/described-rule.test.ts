import { describe, expect, it } from 'vitest';
import { builtInRules } from '../../rules/index.js';
import { CONSEQUENCES, consequenceFacts } from '../../src/lint/consequence.js';
import { consequencesOf } from '../../src/lint/described-rule.js';
import type { MessageTemplate } from '../../src/lint/rule.js';

describe('the consequences of a rule', () => {
  it.each(builtInRules.map((rule) => [rule.id, rule] as const))(
    'are those of its messages: %s',
    (_, rule) => {
      const templates: readonly MessageTemplate[] = Object.values(rule.messages);
      const claimed = new Set(templates.map(({ consequence }) => consequence));
      expect(new Set(consequencesOf(rule))).toEqual(new Set(CONSEQUENCES.filter((one) => claimed.has(one))));
    },
  );

  it('begin with the worst for security', () => {
    for (const rule of builtInRules) {
      const severities = consequencesOf(rule).map((one) => consequenceFacts[one].securitySeverity);
      expect(severities).toEqual(severities.toSorted((a, b) => b - a));
    }
  });
});
