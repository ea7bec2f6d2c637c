import { expect } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import type { Diagnostic, Report } from '../../src/lint/result.js';
import { run } from '../../src/lint/run.js';

/** Lints texts by their names; a fault of a rule fails the test. */
export async function lint(texts: Readonly<Record<string, string>>): Promise<Report> {
  const { report, internalErrors } = await run(
    { texts: Object.entries(texts).map(([name, text]) => ({ name, text })), consumers: true },
    { rules: builtInRules, url: ruleUrl },
  );
  expect(internalErrors).toEqual([]);
  return report;
}

export const json = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** A finding as a snapshot of messages has it. */
export function words({ ruleId, severity, message, help, path }: Diagnostic): string {
  return `  ${severity} ${ruleId} at ${path.join('.')}\n    ${message}\n    ${help}`;
}

/** Words that only templates have. */
const OF_TEMPLATES =
  /\b(?:GrantType|ProviderArn|AuthorizerType|AWS::|!GetAtt|!Sub|[Tt]emplate|CloudFormation)\b/;

/** Expects that a finding points into the text that the user wrote, and speaks its words. */
export function expectInItsText({ path, range, message, help }: Diagnostic, text: string): void {
  expect(range.end.line).toBeLessThanOrEqual(text.split('\n').length);
  expect(path).not.toContain('Resources');
  expect(`${message} ${help}`).not.toMatch(OF_TEMPLATES);
}
