/** How many alternatives one question may go through; past it the answer is "not decided", and says so. */
export const MAX_ALTERNATIVES = 20_000;

/** How many references deep an expression is followed: parameters, outputs, exports, functions within functions. */
export const MAX_DEPTH = 100;

/** Thrown when a question goes through more alternatives than {@link MAX_ALTERNATIVES}. */
export class TooManyScenarios extends Error {
  constructor() {
    super(`more than ${MAX_ALTERNATIVES.toLocaleString('en')} combinations of parameter values`);
    this.name = 'TooManyScenarios';
  }
}
