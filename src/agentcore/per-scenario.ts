import type { Scenario } from '../evaluate/scenario.js';

/**
 * Remembers the answers to a question by the scenario that it was asked in. Most questions are asked in the same few
 * scenarios by one rule after the other.
 */
export function perScenario<Answer>(ask: (when: Scenario) => Answer): (when: Scenario) => Answer {
  const answers = new Map<Scenario, Answer>();
  return (when) => {
    if (answers.has(when)) return answers.get(when) as Answer;
    const answer = ask(when);
    answers.set(when, answer);
    return answer;
  };
}
