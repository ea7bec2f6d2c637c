import type { Scenario } from './scenario.js';

/** Somebody who is told of every answer. */
export interface Witness {
  /**
   * @param question what was asked, for a message
   * @param when the scenario that it was asked about
   * @param answers the scenarios of the answers
   */
  answered(question: string, when: Scenario, answers: readonly { readonly when: Scenario }[]): void;
  /** CloudFormation refuses to deploy a scenario, which therefore gets no answer. */
  refused(when: Scenario): void;
}

/**
 * The law of this room: answers lie within the scenario that was asked about, exclude each other and cover it. Tests set
 * a witness to hold every function and every link to it; a run has none.
 */
export const law: { witness: Witness | undefined } = { witness: undefined };
