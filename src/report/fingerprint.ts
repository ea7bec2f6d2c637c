import { createHash } from 'node:crypto';
import type { Diagnostic } from '../lint/result.js';

/**
 * A fingerprint for each finding that outlives edits elsewhere in the file, so that a service recognises a finding
 * it has seen: made of the rule, the file and the path in the template, and of no line, column or wording. Findings
 * that are alike in all of these are told apart by their order.
 *
 * @param file how a diagnostic's file is named in the report.
 * @returns 32 hexadecimal digits each, all different, in the order of `diagnostics`.
 */
export function fingerprints(
  diagnostics: readonly Diagnostic[],
  file: (diagnostic: Diagnostic) => string,
): string[] {
  const seen = new Map<string, number>();
  return diagnostics.map((diagnostic) => {
    const identity = JSON.stringify([
      diagnostic.ruleId,
      file(diagnostic),
      diagnostic.resource,
      diagnostic.path,
    ]);
    const twins = seen.get(identity) ?? 0;
    seen.set(identity, twins + 1);
    return createHash('sha256').update(`${identity}#${twins}`).digest('hex').slice(0, 32);
  });
}
