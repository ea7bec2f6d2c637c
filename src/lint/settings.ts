import type { RuleSetting } from './options.js';
import type { Severity, SeveritySetting } from './result.js';
import type { AnyRule } from './rule.js';

/** The severities and options that the user sets, over what the rules bring along. */
export class RuleSettings {
  constructor(
    private readonly settings: Readonly<Record<string, RuleSetting>>,
    private readonly strict: boolean,
  ) {}

  /** What a finding of a rule counts as. */
  severity(rule: AnyRule, reported: Severity = rule.severity): SeveritySetting {
    const setting = Object.hasOwn(this.settings, rule.id) ? this.settings[rule.id] : undefined;
    if (setting !== undefined) return typeof setting === 'string' ? setting : setting[0];
    return this.strict && rule.id === 'provider-unresolved' ? 'error' : reported;
  }

  options(rule: AnyRule): Readonly<Record<string, unknown>> {
    const setting = Object.hasOwn(this.settings, rule.id) ? this.settings[rule.id] : undefined;
    const given = setting === undefined || typeof setting === 'string' ? {} : setting[1];
    return { ...(rule.options?.defaults ?? {}), ...given };
  }
}
