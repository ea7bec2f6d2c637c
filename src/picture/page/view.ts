import { type Condensed, condense } from '../condense.js';
import type { Picture, PictureNode } from '../picture.js';
import { selectAround } from '../select.js';

export const OUTCOME_FILTERS = ['all', 'failed', 'unverified'] as const;
export type OutcomeFilter = (typeof OUTCOME_FILTERS)[number];

/** What the reader has asked to see. */
export interface Filter {
  readonly outcome: OutcomeFilter;
  /** A rule's id, or nothing for all rules. */
  readonly rule: string;
  /** What a name, a stack, a file, a rule or a message must contain, in any case. */
  readonly text: string;
  /** Whether nodes without findings may be drawn as groups. */
  readonly grouped: boolean;
}

export const NO_FILTER: Filter = { outcome: 'all', rule: '', text: '', grouped: true };

export interface View extends Condensed {
  /** The nodes that the filter asks for; the others are there because they lead to them. Null without a filter. */
  readonly matches: ReadonlySet<string> | null;
  /** Indices of the findings that the filter leaves. */
  readonly findings: readonly number[];
}

/** Smaller pictures are never grouped: every node can be read. */
export const GROUPED_FROM = 60;

/** What of a picture is shown under a filter. */
export function viewOf(picture: Picture, filter: Filter): View {
  const everything = picture.findings.map((_, index) => index);
  const isFiltering = filter.outcome !== 'all' || filter.rule !== '' || filter.text.trim() !== '';
  const matches = isFiltering ? findMatches(picture, filter) : null;
  const selected = matches === null ? picture : selectAround(picture, matches);
  const condensed =
    filter.grouped && selected.nodes.length >= GROUPED_FROM
      ? condense(selected)
      : { picture: selected, members: new Map<string, readonly PictureNode[]>() };
  if (matches === null) return { ...condensed, matches, findings: everything };
  const told = new Set(
    picture.nodes.flatMap((node) => (matches.has(node.id) ? findingsOf(picture, node) : [])),
  );
  const findings = everything.filter(
    (index) => told.has(index) && (filter.rule === '' || picture.findings[index]?.ruleId === filter.rule),
  );
  return { ...condensed, matches, findings };
}

/** The findings of a node and of the edges that leave it. */
export function findingsOf(picture: Picture, node: PictureNode): readonly number[] {
  const own = new Set(node.findings);
  for (const edge of picture.edges)
    if (edge.from === node.id) for (const index of edge.findings) own.add(index);
  return [...own].sort((left, right) => left - right);
}

function findMatches(picture: Picture, filter: Filter): ReadonlySet<string> {
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const stacks = new Map(picture.stacks.map((stack) => [stack.id, stack.label]));
  const matches = new Set<string>();
  for (const node of picture.nodes) {
    if (!hasOutcome(picture, node, filter.outcome)) continue;
    const findings = node.findings.flatMap((index) => picture.findings[index] ?? []);
    if (filter.rule !== '' && !findings.some((finding) => finding.ruleId === filter.rule)) continue;
    const haystack = [
      node.label,
      node.detail,
      node.file ?? '',
      stacks.get(node.stack ?? '') ?? '',
      ...findings.flatMap((finding) => [finding.ruleId, finding.message]),
    ]
      .join('\n')
      .toLowerCase();
    if (words.every((word) => haystack.includes(word))) matches.add(node.id);
  }
  return matches;
}

function hasOutcome(picture: Picture, node: PictureNode, outcome: OutcomeFilter): boolean {
  if (outcome === 'all' || node.outcome === outcome) return true;
  // A provider or a gateway has no outcome of its own; an error in it is a failure all the same.
  return (
    outcome === 'failed' &&
    node.outcome === null &&
    node.findings.some((index) => picture.findings[index]?.severity === 'error')
  );
}
