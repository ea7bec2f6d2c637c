import { editText, inOrder, overlapping, type SpanEdit } from './spans.js';

/** The edits of one fix in one text. They stand or fall together. */
export type FixEdits = readonly SpanEdit[];

/**
 * Applies fixes to a text, from the first place in it to the last. A fix that comes too near to one already taken is
 * left out as a whole.
 *
 * @returns the new text, and the indices of the fixes that are in it, ascending
 */
export function applyEdits(
  text: string,
  fixes: readonly FixEdits[],
): { readonly text: string; readonly applied: readonly number[] } {
  const taken = new TakenEdits(text);
  const byPlace = [...fixes.keys()].sort((a, b) => firstOffset(fixes[a]) - firstOffset(fixes[b]) || a - b);
  const applied = byPlace.filter((index) => {
    const edits = fixes[index] ?? [];
    if (edits.length === 0 || !taken.fit(edits)) return false;
    taken.take(edits);
    return true;
  });
  return { text: taken.result(), applied: applied.sort((a, b) => a - b) };
}

/** The edits that are to be made in one text. */
export class TakenEdits {
  private readonly current: string;
  private readonly edits: SpanEdit[] = [];
  private readonly claims: Claim[] = [];

  constructor(text: string) {
    this.current = text;
  }

  /**
   * Whether the edits can be made together with those taken before.
   *
   * Edits of two fixes collide when one begins before the other ends, and also when nothing but separators lies
   * between: each fix may remove one of two neighbours and leave the other, but both together would leave a map
   * empty, which YAML reads as null. The next round sees what is left.
   */
  fit(edits: FixEdits): boolean {
    if (overlapping(edits)) return false;
    const claims = edits.map((edit) => this.claimOf(edit));
    return claims.every((a) => this.claims.every((b) => a.start > b.reach || b.start > a.reach));
  }

  take(edits: FixEdits): void {
    this.edits.push(...edits);
    this.claims.push(...edits.map((edit) => this.claimOf(edit)));
  }

  result(): string {
    return editText(this.current, this.edits);
  }

  private claimOf({ span }: SpanEdit): Claim {
    // A loop, because one expression for both would overflow the stack on megabytes of blank lines.
    const separators = [/[\s,]*/y, /(?:#[^\n]*)?/y] as const;
    let reach = span.end;
    for (let before = -1; before !== reach; ) {
      before = reach;
      for (const separator of separators) {
        separator.lastIndex = reach;
        separator.exec(this.current);
        reach = separator.lastIndex;
      }
    }
    return { start: span.start, reach };
  }
}

/** The stretch that an edit keeps other fixes out of. */
interface Claim {
  readonly start: number;
  /** The end of the separators (white space, commas, comments) behind the edit. */
  readonly reach: number;
}

function firstOffset(edits: FixEdits | undefined): number {
  return inOrder(edits ?? [])[0]?.span.start ?? 0;
}
