/** How many alternatives one question may go through; past it the answer is "not decided", and says so. */
export const MAX_ALTERNATIVES = 20_000;

/** A question that goes through more alternatives than this is a large one. */
const LARGE_QUESTION = 1_000;

/**
 * The alternatives of all large questions of a run, times what the next question may go through, stay below this: a
 * run of thousands of large questions ends soon, and one without any never notices.
 */
const PATIENCE = 100_000_000;
const LEAST_ALTERNATIVES = 20;

/**
 * How many references deep an expression is followed: parameters, outputs, exports, conditions, functions within
 * functions.
 */
export const MAX_DEPTH = 100;

/** How many operators of conditions may stand in each other, counted through the conditions that they refer to. */
export const MAX_CONDITION_NESTING = 500;

/** How long a text may get that functions put together, in UTF-16 units. CloudFormation's templates have 1 MB. */
export const MAX_TEXT_LENGTH = 1_000_000;

/**
 * How many items a list may have, written out or cut out of a text. CloudFormation takes parameters of 4,096 bytes and
 * templates of 1 MB.
 */
export const MAX_LIST_ITEMS = 10_000;

/** How many values a parameter may allow, or entries of a mapping choose among, to be tried one by one. */
export const MAX_ALLOWED_VALUES = 1_000;

/** Thrown when a question goes past a limit. The message is a clause: what is past which limit. */
export class PastLimit extends Error {
  override readonly name = 'PastLimit';
}

/** @throws PastLimit when a list has more items than it may */
export function checkListLength(items: number): void {
  if (items <= MAX_LIST_ITEMS) return;
  throw new PastLimit(`one of its lists has more than ${MAX_LIST_ITEMS.toLocaleString('en')} items`);
}

/** Counts the alternatives of a run, and ends questions that go through too many. */
export class AlternativeCount {
  /** All alternatives made, for `--stats` and the tests that hold the work down. */
  total = 0;
  private made = 0;
  private limit = MAX_ALTERNATIVES;
  /** The alternatives of large questions. */
  private large = 0;

  /**
   * Opens a new budget.
   * @param share the part of the usual budget that the question is worth
   */
  start(share: number): void {
    if (this.made > Math.min(LARGE_QUESTION, this.limit)) this.large += this.made;
    this.made = 0;
    const patience = Math.min(MAX_ALTERNATIVES, PATIENCE / Math.max(1, this.large));
    this.limit = Math.max(LEAST_ALTERNATIVES, Math.floor(patience * share));
  }

  /** @throws PastLimit when the question has gone through more than it may */
  add(count: number): void {
    this.made += count;
    this.total += count;
    if (this.made <= this.limit) return;
    const limit = MAX_ALTERNATIVES.toLocaleString('en');
    throw new PastLimit(
      `its conditions and parameters make more combinations of values than are tried (at most ${limit})`,
    );
  }

  /** Answers a question in the middle of another, with a budget of its own. */
  apart<Answer>(question: () => Answer): Answer {
    const { made, limit } = this;
    this.made = 0;
    this.start(1);
    try {
      return question();
    } finally {
      this.start(1);
      this.made = made;
      this.limit = limit;
    }
  }
}
