import type { TemplateFile } from '../graph/store.js';
import type { SuppressibleFinding, Suppression } from '../suppress/suppression.js';
import type { RuleIds } from './catalogue.js';
import type { FileDiagnoser } from './file-diagnostic.js';
import type { Diagnostic, LintResult, SuppressedDiagnostic } from './result.js';

export interface SuppressionResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: readonly SuppressedDiagnostic[];
  readonly unused: LintResult['unusedSuppressions'];
}

/** Whether a template may hold suppressions. */
export function maySuppress(file: TemplateFile): boolean {
  return file.mentions.suppression;
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
  const { collectSuppressions, matchSuppression } = reading;
  const kept: Diagnostic[] = [];
  const suppressed: SuppressedDiagnostic[] = [];
  const unused: { file: string; line: number; ruleId: string }[] = [];
  const names = new Set(speaking.map(({ name }) => name));
  for (const file of speaking) {
    const source = file.source();
    const own = diagnostics.filter((diagnostic) => diagnostic.file === file.name);
    if (source === undefined) {
      kept.push(...own);
      continue;
    }
    const { suppressions, problems } = collectSuppressions(source, known, file.template()?.input);
    const used = new Set<(typeof suppressions)[number]>();
    const byPlace = grouped(suppressions);
    const all = [
      ...own,
      ...problems.map(({ message, range, resource }) =>
        diagnoser.diagnose('suppression', {
          message: 'invalid',
          data: { problem: message },
          file: file.name,
          range,
          resource,
        }),
      ),
    ];
    for (const diagnostic of all) {
      const { ruleId, resource, range } = diagnostic;
      const finding = { ruleId, resource, line: range.start.line };
      const near = placesOf(finding).flatMap((place) => byPlace.get(place) ?? []);
      const match = matchSuppression(near, finding, used);
      if (match === undefined) kept.push(diagnostic);
      else
        suppressed.push({
          ...diagnostic,
          suppression: { kind: match.kind, justification: match.justification },
        });
    }
    for (const suppression of suppressions) {
      if (used.has(suppression)) continue;
      const { line, ruleId } = suppression;
      unused.push({ file: file.name, line, ruleId });
      if (!tellsUnused) continue;
      const range = { start: { line, column: 1 }, end: { line, column: 1 } };
      kept.push(
        diagnoser.diagnose('suppression', {
          message: 'unused',
          data: { rule: ruleId },
          file: file.name,
          range,
        }),
      );
    }
  }
  kept.push(...diagnostics.filter((diagnostic) => !names.has(diagnostic.file)));
  return { diagnostics: kept, suppressed, unused };
}

/** Suppressions by what they can cover, so that thousands of findings are not held against thousands of them. */
function grouped(suppressions: readonly Suppression[]): ReadonlyMap<string, readonly Suppression[]> {
  const groups = new Map<string, Suppression[]>();
  for (const suppression of suppressions) {
    const { ruleId, scope } = suppression;
    const about = scope.kind === 'file' ? null : scope.kind === 'line' ? scope.line : scope.logicalId;
    const key = JSON.stringify([ruleId, about]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [suppression]);
    else group.push(suppression);
  }
  return groups;
}

/** The groups in which what covers a finding stands, in no order that matters. */
function placesOf({ ruleId, resource, line }: SuppressibleFinding): string[] {
  return [line, ...(resource === null ? [] : [resource]), null].map((about) =>
    JSON.stringify([ruleId, about]),
  );
}
