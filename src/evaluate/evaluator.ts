import { UNKNOWN_KEY } from '../frontends/front-end.js';
import { isMap, own } from '../plain/map.js';
import { intrinsicCall } from '../template/intrinsics.js';
import { scalarText } from '../template/scalar-text.js';
import { answer } from './answers.js';
import { createConditions } from './conditions.js';
import type { Conditions, Evaluation, References, Steps } from './evaluation.js';
import { Functions } from './functions.js';
import { AlternativeCount, checkListLength, MAX_DEPTH } from './limits.js';
import type { Links } from './links.js';
import { ReferenceResolver } from './references.js';
import type { Scenario } from './scenario.js';
import { Cursor, cursorAt, type StackInstance } from './stack-instance.js';
import { mayHoldReferences } from './texts.js';
import {
  ABSENT,
  type Alternative,
  literal,
  NO_TRACE,
  NULL,
  type TextValue,
  unknown,
  type Value,
} from './value.js';
import type { Variables } from './variables.js';
import { law } from './witness.js';

/** A list of this many items counts as a further alternative: it takes time to make. */
const ITEMS_PER_ALTERNATIVE = 100;

/**
 * Evaluates the expressions of templates to their possible values.
 *
 * Every method takes the scenario within which it is asked and answers with alternatives whose scenarios lie within
 * it, exclude each other and together cover it. Values are joined by asking for the second within the scenario of
 * the first, so values that exclude each other never meet.
 *
 * Any method can throw {@link PastLimit}.
 */
export class Evaluator implements Evaluation {
  readonly conditions: Conditions = createConditions(this);
  readonly references: References = new ReferenceResolver(this);
  private readonly functions = new Functions(this);
  private readonly alternatives = new AlternativeCount();
  /** The steps of the reference and of the condition that are being followed. */
  private steps: Readonly<Record<Steps, Cursor[]>> = { reference: [], condition: [] };

  constructor(
    readonly links: Links,
    readonly variables: Variables,
  ) {}

  /** How many expressions were evaluated, for `--stats` and the tests that hold the work down. */
  evaluations = 0;

  /** All alternatives made, for `--stats` and the tests that hold the work down. */
  get evaluated(): number {
    return this.alternatives.total;
  }

  /**
   * Opens a new budget of alternatives; call it before each question that stands for itself.
   * @param share the part of the usual budget that the question is worth
   */
  startQuestion(share = 1): void {
    this.alternatives.start(share);
  }

  /** Answers a question that stands for itself in the middle of another. */
  apart<Answer>(question: () => Answer): Answer {
    const { steps } = this;
    this.steps = { reference: [], condition: [] };
    try {
      return this.alternatives.apart(question);
    } finally {
      this.steps = steps;
    }
  }

  /** Counts alternatives against the budget. */
  spend(count: number): void {
    this.alternatives.add(count);
  }

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
  ): Answer {
    const steps = this.steps[of];
    for (const taken of steps) if (taken.isAt(to)) return stop('cycle');
    if (steps.length >= MAX_DEPTH) return stop('too long');
    steps.push(to);
    try {
      return take();
    } finally {
      steps.pop();
    }
  }

  /**
   * The possible values of the expression at a cursor. Only the top is evaluated: entries of maps and items of
   * lists are cursors again.
   */
  evaluate(at: Cursor, when: Scenario): Alternative[] {
    this.evaluations++;
    const simple = plainValue(at);
    if (simple !== undefined && !mayHoldReferences(simple))
      return [{ value: simple, when, at, trace: NO_TRACE }];
    const take = (): Alternative[] => {
      const alternatives =
        simple === undefined
          ? this.functions.call(at, when)
          : this.references.resolveDynamic(simple as TextValue, at, when);
      this.spend(alternatives.length);
      for (const { value } of alternatives) {
        if (value.kind === 'list') this.spend(Math.floor(value.items.length / ITEMS_PER_ALTERNATIVE));
      }
      law.witness?.answered(intrinsicCall(at.raw)?.name ?? 'a text with references', when, alternatives);
      return alternatives;
    };
    return this.step('reference', at, take, (reason) =>
      answer(
        unknown(
          reason === 'cycle'
            ? 'the reference leads back to itself'
            : `the reference is more than ${MAX_DEPTH} steps long`,
        ),
        when,
        at,
      ),
    );
  }

  /**
   * Like {@link evaluate} for an item of a list value. One that is written elsewhere (in a mapping, in the stack around)
   * is the value of the expression that the list stands in, and is traced to where it is written.
   */
  evaluateItem(item: Cursor | Value, at: Cursor, when: Scenario): Alternative[] {
    if (!(item instanceof Cursor)) return [{ value: item, when, at, trace: NO_TRACE }];
    const found = this.evaluate(item, when);
    if (item.isWithin(at)) return found;
    return found.map((so) => ({
      ...so,
      at,
      trace: [
        { message: 'the item is written here', instance: so.at.instance, path: so.at.path },
        ...so.trace,
      ],
    }));
  }

  /**
   * Whether a resource is created, within a scenario: its own condition, and whether the stack that it is in is made.
   */
  exists(instance: StackInstance, logicalId: string, when: Scenario): Alternative<boolean>[] {
    const own_ = this.conditions.of(cursorAt(instance, 'Resources', logicalId), when);
    if (instance.parent === undefined) return own_;
    return own_.flatMap((so) => (so.value ? this.isDeployed(instance, so.when) : [so]));
  }

  /**
   * Whether a stack is made, within a scenario: the conditions of the nested stacks around it, and the `TemplateURL` of
   * each, which can choose another template.
   */
  isDeployed(instance: StackInstance, when: Scenario): Alternative<boolean>[] {
    const { parent } = instance;
    const at = Cursor.top(instance);
    if (parent === undefined) return [{ value: true, when, at, trace: NO_TRACE }];
    return this.exists(parent.instance, parent.logicalId, when).flatMap((so) =>
      so.value
        ? this.links
            .nestedStack(parent.instance, parent.logicalId, so.when, parent.section)
            // The groups of a stack set's deployments stand beside each other.
            .filter((nested) => !nested.found || nested.instance.parent?.group === parent.group)
            .map((nested) => ({
              value: nested.found && nested.instance === instance,
              when: nested.when,
              at,
              trace: NO_TRACE,
            }))
        : [so],
    );
  }
}

/** The value of what needs no evaluation: scalars, lists and plain maps. Undefined for an intrinsic function. */
function plainValue(at: Cursor): Value | undefined {
  const { raw } = at;
  switch (typeof raw) {
    case 'string':
      return literal(raw);
    case 'number':
    case 'boolean':
      return literal(scalarText(raw) as string, typeof raw as 'number' | 'boolean');
    case 'undefined':
      return ABSENT;
    default:
  }
  if (raw === null) return NULL;
  if (Array.isArray(raw)) {
    checkListLength(raw.length);
    return { kind: 'list', items: raw.map((_, index) => at.child(index)) };
  }
  if (!isMap(raw)) return unknown('the value is not one that CloudFormation knows');
  const call = intrinsicCall(raw);
  if (call?.name === 'Fn::Transform') {
    const macro = own(call.argument, 'Name');
    return unknown(
      `${typeof macro === 'string' ? `the macro ${macro}` : 'a macro'} gives it when it is deployed`,
    );
  }
  if (call !== undefined) return undefined;
  return {
    kind: 'map',
    cursor: at,
    open:
      own(raw, 'Fn::Transform') !== undefined ||
      own(raw, UNKNOWN_KEY) !== undefined ||
      at.instance.template.macros.anything,
  };
}
