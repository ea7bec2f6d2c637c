import type { Source } from '../source/types.js';
import { fromComments } from './comments.js';
import { fromMetadata, type Holder } from './metadata.js';
import type {
  KnownRules,
  SuppressibleFinding,
  Suppression,
  SuppressionProblem,
  Suppressions,
} from './suppression.js';

export type * from './suppression.js';

/** So many suppressions of a file that name no rule are told one by one. */
export const MAX_PROBLEMS = 1_000;

/**
 * Reads all suppressions of a template, whatever its metadata holds; never throws.
 *
 * @param template the template that the source holds, where it does not stand there as it is
 */
export function collectSuppressions(source: Source, knownRules: KnownRules, template?: Holder): Suppressions {
  const comments = fromComments(source, knownRules);
  const metadata = fromMetadata(source, knownRules, template);
  return {
    suppressions: [...comments.suppressions, ...metadata.suppressions],
    problems: atMost(MAX_PROBLEMS, [...comments.problems, ...metadata.problems]),
  };
}

/** Reads the suppressions of a file that a template takes in: its comments, since its metadata is the template's. */
export function collectFromPart(source: Source, knownRules: KnownRules): Suppressions {
  const { suppressions, problems } = fromComments(source, knownRules);
  return { suppressions, problems: atMost(MAX_PROBLEMS, problems) };
}

/** The first problems, and at the place of the next how many there are beside them. */
function atMost(limit: number, problems: readonly SuppressionProblem[]): readonly SuppressionProblem[] {
  const next = problems[limit];
  if (next === undefined) return problems;
  const message = `${problems.length - limit} more suppressions of this file silence nothing.`;
  return [...problems.slice(0, limit), { ...next, message }];
}

/**
 * Finds the suppression that silences a finding: of several the narrowest (line, then resource, then file).
 *
 * @param used takes in every suppression that covers the finding, so that in the end those left out of it are the
 *   ones that silenced nothing
 */
export function matchSuppression(
  suppressions: readonly Suppression[],
  finding: SuppressibleFinding,
  used?: Set<Suppression>,
): Suppression | undefined {
  const matches = suppressions.filter((suppression) => covers(suppression, finding));
  for (const match of matches) used?.add(match);
  return (
    matches.find(({ scope }) => scope.kind === 'line') ??
    matches.find(({ scope }) => scope.kind === 'resource') ??
    matches[0]
  );
}

function covers({ ruleId, scope }: Suppression, finding: SuppressibleFinding): boolean {
  if (ruleId !== finding.ruleId) return false;
  switch (scope.kind) {
    case 'file':
      return true;
    case 'resource':
      return scope.logicalId === finding.resource;
    case 'line':
      return scope.line === finding.line;
  }
}
