import type { FileDiagnoser } from './file-diagnostic.js';
import type { RuleOverride } from './options.js';
import type { Diagnostic } from './result.js';
import type { RuleSettings } from './settings.js';

/** Where an override was given: `cfn-tx-lint.config.yaml:4:5`. */
const PLACE = /^(.*):(\d+):(\d+)$/s;

/**
 * Findings on overrides that turn a rule off for files of the run in which it finds nothing. An override for files
 * that the run does not look at may silence something there.
 *
 * @param files the files that were checked
 * @param used what each override silenced: ids of rules
 */
export function unusedOverrides(
  files: readonly string[],
  settings: RuleSettings,
  diagnoser: FileDiagnoser,
  used: ReadonlyMap<RuleOverride, ReadonlySet<string>>,
): Diagnostic[] {
  return settings
    .turnedOffIn(files)
    .filter(({ override, ruleId }) => used.get(override)?.has(ruleId) !== true)
    .map(({ override, ruleId }) => {
      const [, file = override.origin, line, column] = PLACE.exec(override.origin) ?? [];
      const start = { line: Number(line ?? 1), column: Number(column ?? 1) };
      return diagnoser.diagnose('suppression', {
        message: 'unusedOverride',
        data: { rule: ruleId, files: override.files.join(', ') },
        file,
        range: line === undefined ? undefined : { start, end: start },
      });
    });
}
