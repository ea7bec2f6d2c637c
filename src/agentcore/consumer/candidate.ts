import type { Scenario } from '../../evaluate/scenario.js';
import type { Cursor } from '../../evaluate/stack-instance.js';
import { type Alternative, chain } from '../../evaluate/value.js';
import { compareText } from '../../plain/compare-text.js';

/** One of several places that a reference can lead to, where nothing tells which. */
export interface Candidate<Link> {
  /** Where it stands. */
  readonly at: Cursor;
  /** Where the reference leads if it is this one, in each scenario. */
  link(when: Scenario): Alternative<Link>[];
}

/** Where a reference leads that can lead to several places: two or more. */
interface Open<Link> {
  readonly candidates?: readonly Candidate<Link>[];
}

/** Candidates in the order in which they are told: by their files, and by their places there. */
export function inOrder<Link>(candidates: readonly Candidate<Link>[]): readonly Candidate<Link>[] {
  return [...candidates].sort(
    (a, b) =>
      compareText(a.at.instance.template.file, b.at.instance.template.file) || compareText(a.at.id, b.at.id),
  );
}

/** The candidates of a link; undefined for one that leads to one place, or nowhere. */
function candidatesOf<Link extends { readonly kind: string }>(
  link: Link & Open<Link>,
): readonly Candidate<Link>[] | undefined {
  return link.candidates;
}

/** What makes two references ambiguous in the same way: whatever one of them means, the other does, too. */
export function ambiguityKey(candidates: readonly { readonly at: Cursor }[]): string {
  return candidates.map(({ at }) => at.id).join(' ');
}

/** That a reference means one of its candidates. */
export interface Choice {
  /** The `ambiguityKey` of the candidates. */
  readonly key: string;
  /** Which of them, from 0. */
  readonly index: number;
}

/** The links with those that a choice is about led to the candidate that is chosen. */
export function chosenLinks<Link extends { readonly kind: string }>(
  links: readonly Alternative<Link & Open<Link>>[],
  { key, index }: Choice,
): Alternative<Link>[] {
  return chain(links, (link): Alternative<Link>[] => {
    const candidates = candidatesOf(link.value);
    const chosen = candidates?.[index];
    if (candidates === undefined || chosen === undefined || ambiguityKey(candidates) !== key) return [link];
    const { instance, path } = chosen.at;
    return chosen.link(link.when).map((so) => ({
      ...so,
      // It is the reference that is told, whatever is wrong behind it.
      at: link.at,
      trace: [...link.trace, { message: 'it can be this one', instance, path }, ...so.trace],
    }));
  });
}
