import type { Links } from './links.js';
import type { Scenario } from './scenario.js';
import type { Cursor, StackInstance } from './stack-instance.js';
import type { Alternative, TextValue, Value } from './value.js';
import type { Variables } from './variables.js';

/** What can lead in a cycle. */
export type Steps = 'reference' | 'condition';

/**
 * What the functions, the references and the conditions of a template ask of each other: each of them is a part of one
 * evaluator, and knows the others by this only.
 *
 * Every method takes the scenario within which it is asked and answers with alternatives whose scenarios lie within
 * it, exclude each other and together cover it, but for what CloudFormation refuses to deploy at all.
 */
export interface Evaluation {
  readonly links: Links;
  readonly variables: Variables;
  readonly conditions: Conditions;
  readonly references: References;
  /** The possible values of the expression at a cursor. */
  evaluate(at: Cursor, when: Scenario): Alternative[];
  /** The same for an item of a list value. */
  evaluateItem(item: Cursor | Value, at: Cursor, when: Scenario): Alternative[];
  /** Counts alternatives against the budget. */
  spend(count: number): void;
  /**
   * Takes one step of a reference, or from one condition to the next.
   * @param to the place that the step leads to
   * @param stop answers instead when the reference leads back to where it has been, or goes on for too long
   */
  step<Answer>(
    of: Steps,
    to: Cursor,
    take: () => Answer,
    stop: (reason: 'cycle' | 'too long') => Answer,
  ): Answer;
}

/** A condition's possible outcomes, each with the scenario in which it holds. */
export type Decision = Alternative<boolean>;

/** The conditions of templates. */
export interface Conditions {
  /**
   * A condition of the `Conditions` section.
   * @param name what refers to it; undefined is answered where that is no name
   */
  named(instance: StackInstance, name: unknown, when: Scenario): Decision[] | undefined;
  /** A condition written in place: `Fn::Equals`, `Fn::And`, `{ Condition: name }` and so on. */
  expression(at: Cursor, when: Scenario): Decision[];
  /** The condition under which a resource or an output is made; always true when it has none. */
  of(entry: Cursor, when: Scenario): Decision[];
  /** The scenarios, within one, in which the assertions of an entry of the `Rules` section hold. */
  permitted(rule: Cursor, when: Scenario): Scenario[];
}

/** What names lead to: parameters, resources and their attributes, exports, SSM parameters, outputs of other stacks. */
export interface References {
  /** What `Ref` of a name gives. */
  reference(name: string, at: Cursor, when: Scenario): Alternative[];
  /** What an attribute of a resource gives. */
  attribute(logicalId: string, attribute: string, at: Cursor, when: Scenario): Alternative[];
  /** What `Fn::GetAtt` gives. */
  getAtt(argument: Cursor, at: Cursor, when: Scenario): Alternative[];
  /** What `Fn::ImportValue` gives. */
  importValue(argument: Cursor, at: Cursor, when: Scenario): Alternative[];
  /** What `Fn::GetStackOutput` gives. */
  stackOutput(argument: Cursor, at: Cursor, when: Scenario): Alternative[];
  /**
   * Goes on with a name that, under the language extensions, may itself be put together by functions.
   * @param of the function that the name stands in
   */
  withName(
    name: Cursor,
    when: Scenario,
    of: string,
    at: Cursor,
    use: (name: string, when: Scenario) => Alternative[],
  ): Alternative[];
  /** What a text gives with the dynamic references in it resolved; one that is nothing else gives what it reads. */
  resolveDynamic(text: TextValue, at: Cursor, when: Scenario): Alternative[];
  /**
   * What the outer stack passes for a parameter of a nested one, as it is written there: absent in the scenarios in
   * which it passes nothing. Undefined for a stack of its own.
   */
  passed(instance: StackInstance, parameter: string, when: Scenario): Alternative[] | undefined;
}
