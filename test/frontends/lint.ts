import { builtInRules, ruleUrl } from '../../rules/index.js';
import type { Report } from '../../src/lint/result.js';
import { run } from '../../src/lint/run.js';

/** The report on texts by their names. */
export async function lintTexts(texts: Readonly<Record<string, unknown>>): Promise<Report> {
  const { report, internalErrors } = await run(
    {
      texts: Object.entries(texts).map(([name, value]) => ({
        name,
        text: typeof value === 'string' ? value : JSON.stringify(value, null, 2),
      })),
    },
    { rules: builtInRules, url: ruleUrl },
  );
  if (internalErrors.length > 0) throw new Error(JSON.stringify(internalErrors));
  return report;
}

/** The findings as `rule@resource`. */
export function findings(report: Report): string[] {
  return report.diagnostics.map(({ ruleId, resource }) => `${ruleId}@${resource}`);
}
