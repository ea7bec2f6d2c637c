import type { Scenario } from './scenario.js';
import type { Cursor, StackInstance } from './stack-instance.js';
import type { Alternative, Hop, TextValue } from './value.js';

/**
 * Where a reference out of a template leads in one scenario: to an expression in another place, or nowhere that is in
 * view. The targets of one reference exclude each other and cover the scenario that was asked about.
 */
export type LinkTarget =
  | {
      readonly found: true;
      readonly cursor: Cursor;
      readonly when: Scenario;
      readonly hops: readonly Hop[];
    }
  | {
      readonly found: false;
      readonly reason: string;
      readonly when: Scenario;
      /** Where that is which is not made in the scenario: CloudFormation refuses the reference. */
      readonly absent?: Hop;
      /** The expressions of which the reference means one, where nobody can tell which. */
      readonly candidates?: readonly Cursor[];
    };

/**
 * What the evaluator asks of the templates around the one it reads. Each answer lists what the reference means in
 * which scenario, within the scenario that was asked about.
 */
export interface Links {
  /** The values behind exports, for each that a name can be. */
  imports(name: NameExpression): readonly Import[];
  /** The value that another resource writes into the SSM parameter of a name. */
  ssmParameter(name: TextValue, from: StackInstance, when: Scenario): readonly LinkTarget[];
  /** The value that a CDK cross-region export writer publishes under a name. */
  crossRegionExport(name: string, from: StackInstance, when: Scenario): readonly LinkTarget[];
  /** The value of an output of a stack that is named. */
  stackOutput(reference: OutputReference, from: StackInstance, when: Scenario): readonly LinkTarget[];
  /** The instances that a nested stack makes, usually one; the reason when its template is not in view. */
  nestedStack(
    instance: StackInstance,
    logicalId: string,
    when: Scenario,
    section?: NestingSection,
  ): readonly NestedStack[];
}

/** A name that is not evaluated yet, and the scenario within which it is asked for. */
export interface NameExpression {
  readonly at: Cursor;
  readonly when: Scenario;
  evaluate(): readonly Alternative[];
}

/** What a name can be, and where it leads then; undefined where it is no text. */
export interface Import {
  readonly name: Alternative;
  readonly targets: readonly LinkTarget[] | undefined;
}

/** What `Fn::GetStackOutput` names; account and region are undefined where it leaves them to the stack it stands in. */
export interface OutputReference {
  readonly stackName: TextValue;
  readonly output: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** Where a template says which other templates belong to it. */
export type NestingSection = 'Resources' | 'Modules';

export type NestedStack =
  | { readonly found: true; readonly instance: StackInstance; readonly when: Scenario }
  | {
      readonly found: false;
      readonly reason: string;
      readonly when: Scenario;
      /** What names the template, as far as it is known. */
      readonly reference: string;
      /** Why it cannot be read, as a clause. */
      readonly why: string;
    };
