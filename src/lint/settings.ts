import { coversFile } from './file-pattern.js';
import type { RuleOverride, RuleSetting } from './options.js';
import type { Severity, SeveritySetting } from './result.js';
import type { AnyRule } from './rule.js';

type Options = Readonly<Record<string, unknown>>;

/** What a finding of a rule counts as in a file. */
export interface FileSeverity {
  readonly severity: SeveritySetting;
  /** The entry of `overrides` that turns the rule off for the file, and the severity it would have without it. */
  readonly suppressedBy: { readonly override: RuleOverride; readonly severity: Severity } | undefined;
}

/** The severities and options that the user sets, for all files and for some, over what the rules bring along. */
export class RuleSettings {
  private readonly optionsOf = new Map<AnyRule, Options>();
  private readonly overridesOf = new Map<string, readonly RuleOverride[]>();

  constructor(
    private readonly settings: Readonly<Record<string, RuleSetting>>,
    private readonly strict: boolean,
    private readonly overrides: readonly RuleOverride[],
    private readonly cwd: string,
  ) {}

  /** What a finding of a rule counts as, in files that no override speaks of. */
  severity(rule: AnyRule, reported: Severity = rule.severity): SeveritySetting {
    const setting = entry(this.settings, rule.id);
    if (setting !== undefined) return severityOf(setting);
    return this.strict && rule.strict === true ? 'error' : reported;
  }

  /** What a finding of a rule counts as in a file. */
  severityIn(file: string, rule: AnyRule, reported: Severity = rule.severity): FileSeverity {
    const general = this.severity(rule, reported);
    const override = this.overriding(file, rule);
    if (override === undefined) return { severity: general, suppressedBy: undefined };
    const severity = severityOf(entry(override.rules, rule.id) as RuleSetting);
    const suppressedBy =
      severity === 'off' && general !== 'off' ? { override, severity: general } : undefined;
    return { severity, suppressedBy };
  }

  /** The options of a rule for a file: those that the user gives over the rule's defaults. */
  options(rule: AnyRule, file: string): Options {
    const given = optionsIn(entry(this.overriding(file, rule)?.rules ?? {}, rule.id));
    const general = this.generalOptions(rule);
    return given === undefined ? general : { ...general, ...given };
  }

  private generalOptions(rule: AnyRule): Options {
    const known = this.optionsOf.get(rule);
    if (known !== undefined) return known;
    const options: Options = { ...rule.options?.defaults, ...optionsIn(entry(this.settings, rule.id)) };
    this.optionsOf.set(rule, options);
    return options;
  }

  /** The last override that speaks of the rule for the file. */
  private overriding(file: string, rule: AnyRule): RuleOverride | undefined {
    if (this.overrides.length === 0) return undefined;
    let overrides = this.overridesOf.get(file);
    if (overrides === undefined) {
      overrides = this.overrides.filter(({ files }) => this.covers(files, file));
      this.overridesOf.set(file, overrides);
    }
    return overrides.findLast(({ rules }) => Object.hasOwn(rules, rule.id));
  }

  /** The rules that overrides turn off for some of these files: each is a suppression, used or not. */
  turnedOffIn(files: readonly string[]): { readonly override: RuleOverride; readonly ruleId: string }[] {
    return this.overrides.flatMap((override) => {
      const off = Object.keys(override.rules).filter(
        (id) => severityOf(override.rules[id] as RuleSetting) === 'off',
      );
      return off.length > 0 && files.some((file) => this.covers(override.files, file))
        ? off.map((ruleId) => ({ override, ruleId }))
        : [];
    });
  }

  /** `!glob` takes out of what the others cover. */
  private covers(patterns: readonly string[], file: string): boolean {
    const matches = (pattern: string) => coversFile(pattern, file, this.cwd);
    return (
      patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern)) &&
      !patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))
    );
  }
}

function entry(settings: Readonly<Record<string, RuleSetting>>, id: string): RuleSetting | undefined {
  return Object.hasOwn(settings, id) ? settings[id] : undefined;
}

function severityOf(setting: RuleSetting): SeveritySetting {
  return typeof setting === 'string' ? setting : setting[0];
}

function optionsIn(setting: RuleSetting | undefined): Options | undefined {
  return setting === undefined || typeof setting === 'string' ? undefined : setting[1];
}
