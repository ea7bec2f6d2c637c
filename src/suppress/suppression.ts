import type { Range } from '../source/types.js';

/** What a suppression covers. */
export type SuppressionScope =
  | { readonly kind: 'file' }
  | { readonly kind: 'resource'; readonly logicalId: string }
  /** One line, counted from 1; undefined when nothing follows the comment, so that it covers nothing. */
  | { readonly kind: 'line'; readonly line: number | undefined };

/** One rule silenced in one place. A comment or list that names several rules makes several of these. */
export interface Suppression {
  readonly ruleId: string;
  /** The way it was written. */
  readonly kind: 'comment' | 'metadata';
  readonly scope: SuppressionScope;
  /** What the author says after ` -- `; null when nothing, and always for metadata. */
  readonly justification: string | null;
  /** The line that the suppression itself stands on, counted from 1. */
  readonly line: number;
}

/** A suppression that cannot mean anything: to be told as a warning. */
export interface SuppressionProblem {
  /** One sentence, with what to do about it. */
  readonly message: string;
  readonly range: Range;
  /** The logical id of the resource that it stands on; null elsewhere. */
  readonly resource: string | null;
}

/** What of a template's suppressions could be read, and what could not. */
export interface Suppressions {
  readonly suppressions: readonly Suppression[];
  readonly problems: readonly SuppressionProblem[];
}

/** The rules that there are: plugins' rules and those that are off as well. */
export interface KnownRules {
  has(id: string): boolean;
  /** The id that was most likely meant by one that is not known; undefined when none is near. */
  meantBy(typed: string): string | undefined;
}

/** What of a finding decides whether a suppression covers it. */
export interface SuppressibleFinding {
  readonly ruleId: string;
  /** The logical id; null for a finding about a whole file. */
  readonly resource: string | null;
  /** The line that the primary range starts on, counted from 1. */
  readonly line: number;
}
