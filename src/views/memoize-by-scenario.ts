import type { Scenario } from '../evaluate/scenario.js';

/**
 * Remembers the answers to a question by the scenario that it was asked in. Most questions are asked in the same few
 * scenarios by one rule after the other.
 */
export function memoizeByScenario<Answer>(ask: (when: Scenario) => Answer): (when: Scenario) => Answer {
  // Most questions are asked in one scenario only, and there are very many of them: no map for these.
  let first: Scenario | undefined;
  let firstAnswer: Answer | undefined;
  let others: Map<Scenario, Answer> | undefined;
  return (when) => {
    if (first === when) return firstAnswer as Answer;
    if (others?.has(when)) return others.get(when) as Answer;
    const answer = ask(when);
    if (first === undefined) {
      first = when;
      firstAnswer = answer;
    } else {
      others ??= new Map();
      others.set(when, answer);
    }
    return answer;
  };
}
