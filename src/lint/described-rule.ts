import { CONSEQUENCES, type Consequence, consequenceFacts } from './consequence.js';
import type { AnyRule, MessageTemplate } from './rule.js';

/** The consequences that the messages of a rule claim, the worst for security first. */
export function consequencesOf(rule: AnyRule): readonly Consequence[] {
  const templates: readonly MessageTemplate[] = Object.values(rule.messages);
  return CONSEQUENCES.filter((consequence) =>
    templates.some((template) => template.consequence === consequence),
  ).sort((a, b) => consequenceFacts[b].securitySeverity - consequenceFacts[a].securitySeverity);
}

/** A rule as reports and the command line tell of it. Its getters stay getters: the build loads its prose late. */
export function describedRule<Told extends AnyRule>(
  rule: Told,
  url: string,
): Told & { readonly url: string; readonly consequences: readonly Consequence[] } {
  const copy: Told = Object.create(Object.prototype, Object.getOwnPropertyDescriptors(rule));
  return Object.assign(copy, { url, consequences: consequencesOf(rule) });
}
