import type { Range } from '../source/types.js';
import type { Diagnostic, Related } from './result.js';

/** A place that a report points at. */
export interface ShownPlace {
  readonly file: string;
  readonly range: Range;
  /** Whether only the start of the range is known: then the range is empty. */
  readonly isPoint: boolean;
}

/** What has a place: a finding, or one of the places that explain it. */
type Placed = Pick<Diagnostic | Related, 'file' | 'range' | 'source'>;

/**
 * Where a report points first: at the construct in the user's own code where the CDK wrote it down, because the
 * template is generated; else at the template.
 */
export function shownPlace({ file, range, source }: Placed): ShownPlace {
  if (source === null) return { file, range, isPoint: false };
  const { line, column } = source;
  return { file: source.file, range: { start: { line, column }, end: { line, column } }, isPoint: true };
}

/** The place in the template, where the report points first at the user's own code; undefined elsewhere. */
export function templatePlace({ file, range, source }: Placed): ShownPlace | undefined {
  return source === null ? undefined : { file, range, isPoint: false };
}
