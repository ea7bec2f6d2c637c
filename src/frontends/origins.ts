import type { Path, PathStep } from '../source/types.js';

interface Branch {
  readonly branches: Map<PathStep, Branch>;
  origin: Path | undefined;
  spell: Spelling | undefined;
}

/**
 * How an input spells a step of which nobody said where it comes from; undefined where nothing that is written stands
 * for it, and so for nothing below it.
 */
export type Spelling = (step: PathStep) => PathStep | undefined;

const AS_IT_IS: Spelling = (step) => step;

/**
 * Remembers where the parts of a template come from that a front end put together: the longest prefix that was
 * noted, and the rest step by step as the input spells it.
 */
export class Origins {
  private readonly root: Branch = branch();

  /** @param spelling how the input spells what lies below a noted path */
  constructor(private readonly spelling: Spelling = AS_IT_IS) {}

  /**
   * Notes where a part comes from.
   * @param path into the template
   * @param origin into the source's value
   * @param spelling holds below this path instead of the one for the whole input
   */
  note(path: Path, origin: Path, spelling?: Spelling): void {
    let at = this.root;
    for (const step of path) {
      let next = at.branches.get(step);
      if (next === undefined) {
        next = branch();
        at.branches.set(step, next);
      }
      at = next;
    }
    at.origin = origin;
    at.spell = spelling;
  }

  /** Where a part of the template comes from. The top of the source for what has no place of its own. */
  readonly origin = (path: Path): Path => {
    let at: Branch | undefined = this.root;
    let origin: Path = [];
    let { spelling } = this;
    let known = 0;
    for (let length = 0; ; length++) {
      if (at.origin !== undefined) {
        ({ origin } = at);
        spelling = at.spell ?? spelling;
        known = length;
      }
      const step = path[length];
      at = step === undefined ? undefined : at.branches.get(step);
      if (at === undefined) break;
    }
    const rest: PathStep[] = [];
    for (const step of path.slice(known)) {
      const spelled = spelling(step);
      if (spelled === undefined) break;
      rest.push(spelled);
    }
    return [...origin, ...rest];
  };
}

function branch(): Branch {
  return { branches: new Map(), origin: undefined, spell: undefined };
}
