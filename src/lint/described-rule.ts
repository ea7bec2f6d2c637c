import { CONSEQUENCES, type Consequence, consequenceFacts } from './consequence.js';
import type { AnyRule, MessageTemplate } from './rule.js';

/** The consequences that the messages of a rule claim, the worst for security first. */
export function consequencesOf(rule: AnyRule): readonly Consequence[] {
  const templates: readonly MessageTemplate[] = Object.values(rule.messages);
  return CONSEQUENCES.filter((consequence) =>
    templates.some((template) => template.consequence === consequence),
  ).sort((a, b) => consequenceFacts[b].securitySeverity - consequenceFacts[a].securitySeverity);
}

/** A rule as reports and the command line tell of it. */
export function describedRule<Told extends AnyRule>(
  rule: Told,
  url: string,
): Told & { readonly url: string; readonly consequences: readonly Consequence[] } {
  return { ...rule, url, consequences: consequencesOf(rule) };
}
