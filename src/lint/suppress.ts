import type { TemplateFile } from '../graph/store.js';
import { gather } from '../plain/gather.js';
import type { SuppressibleFinding, Suppression } from '../suppress/suppression.js';
import type { RuleIds } from './catalogue.js';
import type { FileDiagnoser } from './file-diagnostic.js';
import type { Diagnostic, LintResult, SuppressedDiagnostic } from './result.js';
import { maySuppress, suppressionsIn } from './written-suppressions.js';

export interface SuppressionResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: readonly SuppressedDiagnostic[];
  readonly unused: LintResult['unusedSuppressions'];
}

/**
 * Takes out what the templates' own suppressions silence, and reports suppressions that name no rule.
 * @param reading what reads suppressions: to be given when a file may hold any
 * @param tellsUnused whether a suppression that silences nothing is a finding
 */
export function suppress(
  diagnostics: readonly Diagnostic[],
  files: readonly TemplateFile[],
  known: RuleIds,
  diagnoser: FileDiagnoser,
  reading: typeof import('../suppress/index.js') | undefined,
  tellsUnused = false,
): SuppressionResult {
  const speaking = files.filter(maySuppress);
  if (reading === undefined || speaking.length === 0) return { diagnostics, suppressed: [], unused: [] };
  const { byFile, problems } = suppressionsIn(speaking, known, reading);
  const kept: Diagnostic[] = [];
  const suppressed: SuppressedDiagnostic[] = [];
  const used = new Set<Suppression>();
  const places = new Map([...byFile].map(([name, suppressions]) => [name, grouped(suppressions)]));
  const all = [
    ...diagnostics,
    ...problems.map(({ message, ...place }) =>
      diagnoser.diagnose('suppression', { message: 'invalid', data: { problem: message }, ...place }),
    ),
  ];
  for (const diagnostic of all) {
    const { ruleId, resource, range } = diagnostic;
    const finding = { ruleId, resource, line: range.start.line };
    const byPlace = places.get(diagnostic.file);
    const near = byPlace === undefined ? [] : placesOf(finding).flatMap((place) => byPlace.get(place) ?? []);
    const match = reading.matchSuppression(near, finding, used);
    if (match === undefined) kept.push(diagnostic);
    else {
      const { kind, justification } = match;
      suppressed.push({ ...diagnostic, suppression: { kind, justification } });
    }
  }
  const unused: { file: string; line: number; ruleId: string }[] = [];
  for (const [file, suppressions] of byFile) {
    for (const suppression of suppressions) {
      if (used.has(suppression)) continue;
      // One that holds in several files is told in the first.
      used.add(suppression);
      const { line, ruleId } = suppression;
      unused.push({ file, line, ruleId });
      if (!tellsUnused) continue;
      const range = { start: { line, column: 1 }, end: { line, column: 1 } };
      kept.push(
        diagnoser.diagnose('suppression', { message: 'unused', data: { rule: ruleId }, file, range }),
      );
    }
  }
  return { diagnostics: kept, suppressed, unused };
}

/** Suppressions by what they can cover, so that thousands of findings are not held against thousands of them. */
function grouped(suppressions: readonly Suppression[]): ReadonlyMap<string, readonly Suppression[]> {
  const groups = new Map<string, Suppression[]>();
  for (const suppression of suppressions) {
    const { ruleId, scope } = suppression;
    const about = scope.kind === 'file' ? null : scope.kind === 'line' ? scope.line : scope.logicalId;
    gather(groups, JSON.stringify([ruleId, about]), suppression);
  }
  return groups;
}

/** The groups in which what covers a finding stands, in no order that matters. */
function placesOf({ ruleId, resource, line }: SuppressibleFinding): string[] {
  return [line, ...(resource === null ? [] : [resource]), null].map((about) =>
    JSON.stringify([ruleId, about]),
  );
}
