import { isMap, own } from '../plain/map.js';
import { keyOfBoolean } from '../template/boolean-names.js';
import { intrinsicCall } from '../template/intrinsics.js';
import { scalarText } from '../template/scalar-text.js';
import { written } from './answers.js';
import { compareTexts } from './compare.js';
import { byDefaults, joined } from './derived.js';
import type { Conditions, Decision, Evaluation } from './evaluation.js';
import { MAX_CONDITION_NESTING, MAX_DEPTH, PastLimit } from './limits.js';
import type { Scenario, Variable } from './scenario.js';
import { Cursor, cursorAt, type StackInstance } from './stack-instance.js';
import { type ListValue, literal, NO_TRACE, type TextValue, textId, type Value } from './value.js';
import { law } from './witness.js';

export function createConditions(evaluation: Evaluation): Conditions {
  return new ConditionEvaluator(evaluation);
}

/** What one function of conditions gives; undefined where its arguments are not what it takes. */
type Decide = (
  conditions: ConditionEvaluator,
  argument: Cursor,
  at: Cursor,
  when: Scenario,
  name: string | undefined,
) => Decision[] | undefined;

/** A function of conditions and rules that is decided; of all others both is tried. */
export type DecidedFunction = keyof typeof ConditionEvaluator.decided;

class ConditionEvaluator implements Conditions {
  static readonly decided = {
    'Fn::Equals': (conditions, argument, at, when, name) =>
      Array.isArray(argument.raw) && argument.raw.length === 2
        ? conditions.equal(argument.child(0), argument.child(1), at, when, name)
        : undefined,
    'Fn::Not': (conditions, argument, _at, when, name) =>
      conditions
        .expression(Array.isArray(argument.raw) ? argument.child(0) : argument, when, name)
        .map((decision) => ({ ...decision, value: !decision.value })),
    'Fn::And': (conditions, argument, at, when, name) => conditions.parts(argument, false, at, when, name),
    'Fn::Or': (conditions, argument, at, when, name) => conditions.parts(argument, true, at, when, name),
    'Fn::Contains': (conditions, argument, at, when) =>
      conditions.anyMember(argument.child(0), argument.child(1), at, when),
    'Fn::EachMemberIn': (conditions, argument, at, when) =>
      conditions.eachMember(argument.child(0), at, when, (member, within) =>
        conditions.anyMember(argument.child(1), member, at, within),
      ),
    'Fn::EachMemberEquals': (conditions, argument, at, when) =>
      conditions.eachMember(argument.child(0), at, when, (member, within) =>
        conditions.equal(member, argument.child(1), at, within),
      ),
  } satisfies Readonly<Record<string, Decide>>;

  /** How many operators are being evaluated within each other. */
  private nesting = 0;

  constructor(private readonly evaluation: Evaluation) {}

  named(instance: StackInstance, name: unknown, when: Scenario): Decision[] | undefined {
    if (typeof name === 'string') return this.byName(instance, name, when);
    const key =
      typeof name === 'boolean' ? keyOfBoolean(instance.template.section('Conditions'), name) : undefined;
    return key === undefined ? undefined : this.byName(instance, key, when);
  }

  private byName(instance: StackInstance, name: string, when: Scenario): Decision[] {
    const at = cursorAt(instance, 'Conditions', name);
    const id = `${instance.id} ${name}`;
    if (!at.exists) return this.undecided(id, name, at, when);
    return this.evaluation.step(
      'condition',
      at,
      () => this.expression(at, when, name),
      (reason) => {
        if (reason === 'cycle') return this.undecided(id, name, at, when);
        throw new PastLimit(`its conditions refer to each other over more than ${MAX_DEPTH} steps`);
      },
    );
  }

  of(entry: Cursor, when: Scenario): Decision[] {
    const condition = entry.child('Condition');
    if (isMap(condition.raw)) return this.expression(condition, when);
    const named = this.named(entry.instance, condition.raw, when);
    return named ?? [{ value: true, when, at: entry, trace: NO_TRACE }];
  }

  expression(at: Cursor, when: Scenario, name?: string): Decision[] {
    if (this.nesting >= MAX_CONDITION_NESTING) {
      throw new PastLimit(
        `its conditions stand in each other over more than ${MAX_CONDITION_NESTING} levels`,
      );
    }
    this.nesting++;
    try {
      const decisions = this.decide(at, when, name);
      law.witness?.answered(`a condition: ${intrinsicCall(at.raw)?.name ?? 'plain'}`, when, decisions);
      return decisions;
    } finally {
      this.nesting--;
    }
  }

  private decide(at: Cursor, when: Scenario, name: string | undefined): Decision[] {
    const outcome = (value: boolean, within: Scenario): Decision => ({ value, when: within, at, trace: [] });
    const reference = isMap(at.raw) ? own(at.raw, 'Condition') : undefined;
    const named = this.named(at.instance, reference, when);
    if (named !== undefined) return named;
    const call = intrinsicCall(at.raw);
    const decide = own(ConditionEvaluator.decided, call?.name ?? '') as Decide | undefined;
    if (call !== undefined && decide !== undefined) {
      const decisions = decide(this, at.child(call.name), at, when, name);
      if (decisions !== undefined) return decisions;
    }
    // A parameter may stand where a condition belongs, and so may `true` in some generated templates.
    const text = scalarText(at.raw);
    if (text === 'true' || text === 'false') return [outcome(text === 'true', when)];
    return this.undecided(`${at.instance.id} ${written(at.raw)}`, name, at, when);
  }

  private parts(
    argument: Cursor,
    stop: boolean,
    at: Cursor,
    when: Scenario,
    name: string | undefined,
  ): Decision[] | undefined {
    if (!Array.isArray(argument.raw)) return undefined;
    const parts = argument.raw.map((_, index) => argument.child(index));
    return this.junction(parts, stop, at, when, name);
  }

  /** `Fn::Or` (`stop` is true) or `Fn::And` (`stop` is false): the first operand that equals `stop` decides. */
  private junction(
    parts: readonly Cursor[],
    stop: boolean,
    at: Cursor,
    when: Scenario,
    name?: string,
  ): Decision[] {
    const decided: Decision[] = [];
    let open: Scenario[] = [when];
    for (const part of parts) {
      const next: Scenario[] = [];
      for (const scenario of open) {
        for (const decision of this.expression(part, scenario, name)) {
          if (decision.value === stop) decided.push({ ...decision, at });
          else next.push(decision.when);
        }
      }
      open = next;
      this.evaluation.spend(open.length + decided.length);
    }
    return [...decided, ...open.map((scenario) => ({ value: !stop, when: scenario, at, trace: [] }))];
  }

  private equal(a: Cursor | Value, b: Cursor | Value, at: Cursor, when: Scenario, name?: string): Decision[] {
    return this.evaluation
      .evaluateItem(a, at, when)
      .flatMap((left) =>
        this.evaluation
          .evaluateItem(b, at, left.when)
          .flatMap((right) => this.equalValues(left.value, right.value, at, right.when, name)),
      );
  }

  private equalValues(a: Value, b: Value, at: Cursor, when: Scenario, name?: string): Decision[] {
    if (a.kind === 'text' && b.kind === 'text') {
      const undecided = (): Variable => this.variable([textId(a), textId(b)].sort().join(' = '), name, at);
      const decisions = compareTexts(a, b, when, this.evaluation.variables, undecided).map((so) => ({
        value: so.equal,
        when: so.when,
        at,
        trace: [],
      }));
      this.evaluation.spend(decisions.length);
      return decisions;
    }
    if (a.kind === 'list' && b.kind === 'list') {
      const [left, right] = [joinedList(a), joinedList(b)];
      if (left !== undefined && right !== undefined) return this.equalValues(left, right, at, when, name);
    }
    return this.undecided(`${at.instance.id} ${written(at.raw)}`, name, at, when);
  }

  private anyMember(list: Cursor | Value, wanted: Cursor | Value, at: Cursor, when: Scenario): Decision[] {
    return this.throughMembers(list, true, at, when, (member, within) =>
      this.evaluation
        .evaluateItem(member, at, within)
        .flatMap((so) =>
          so.value.kind === 'list'
            ? this.anyMemberWithin(member, so.value, wanted, at, so.when)
            : this.equal(so.value, wanted, at, so.when),
        ),
    );
  }

  /** The same of a member that is itself a list; by references it can lead back to a list that it stands in. */
  private anyMemberWithin(
    member: Cursor | Value,
    list: Value,
    wanted: Cursor | Value,
    at: Cursor,
    when: Scenario,
  ): Decision[] {
    const ask = (): Decision[] => this.anyMember(list, wanted, at, when);
    if (!(member instanceof Cursor)) return ask();
    return this.evaluation.step('reference', member, ask, () =>
      this.undecided(`${at.instance.id} ${written(at.raw)}`, undefined, at, when),
    );
  }

  private eachMember(
    list: Cursor,
    at: Cursor,
    when: Scenario,
    holds: (member: Cursor | Value, when: Scenario) => Decision[],
  ): Decision[] {
    return this.throughMembers(list, false, at, when, holds);
  }

  /** Asks something of one member of a list after the other: the first of which the answer is `stop` decides. */
  private throughMembers(
    list: Cursor | Value,
    stop: boolean,
    at: Cursor,
    when: Scenario,
    ask: (member: Cursor | Value, when: Scenario) => Decision[],
  ): Decision[] {
    return this.members(list, at, when).flatMap(({ members, all, when: within }) => {
      const decided: Decision[] = [];
      let open: Scenario[] = [within];
      for (const member of members) {
        const next: Scenario[] = [];
        for (const scenario of open) {
          for (const decision of ask(member, scenario)) {
            if (decision.value === stop) decided.push(decision);
            else next.push(decision.when);
          }
        }
        open = next;
        this.evaluation.spend(open.length + decided.length);
      }
      const rest = open.flatMap((scenario) =>
        all
          ? [{ value: !stop, when: scenario, at, trace: NO_TRACE }]
          : this.undecided(`${at.instance.id} ${written(at.raw)}`, undefined, at, scenario),
      );
      return [...decided, ...rest];
    });
  }

  /** The members of a list as far as they are known, and whether these are all. */
  private members(
    list: Cursor | Value,
    at: Cursor,
    when: Scenario,
  ): { members: readonly (Cursor | Value)[]; all: boolean; when: Scenario }[] {
    return this.evaluation.evaluateItem(list, at, when).flatMap((so) => {
      if (so.value.kind !== 'list') return [{ members: [], all: false, when: so.when }];
      const { items, derived } = so.value;
      const isText = (item: Cursor | Value): boolean => item instanceof Cursor || item.kind === 'text';
      if (derived === undefined)
        return [{ members: items.filter(isText), all: items.every(isText), when: so.when }];
      // A list of parameters is known where they have values; else there may be more of it than by default.
      return byDefaults(derived.from, so.when).map((within) => {
        const known = derived.read((variable) => within.valueOf(variable));
        return {
          members: known?.map((item) => literal(item)) ?? items,
          all: known !== undefined,
          when: within,
        };
      });
    });
  }

  permitted(rule: Cursor, when: Scenario): Scenario[] {
    const assertions = rule.child('Assertions');
    if (!Array.isArray(assertions.raw)) return [when];
    const asserts = assertions.raw.map((_, index) => assertions.at(index, 'Assert'));
    return this.satisfying(rule.child('RuleCondition'), asserts, when);
  }

  /** The scenarios in which a rule of the template lets the deployment pass. */
  private satisfying(condition: Cursor, asserts: readonly Cursor[], when: Scenario): Scenario[] {
    const applies = condition.exists
      ? this.expression(condition, when)
      : [{ value: true, when, at: condition, trace: [] }];
    return applies.flatMap((decision) =>
      decision.value
        ? this.junction(asserts, false, condition, decision.when).flatMap((held) =>
            held.value ? [held.when] : [],
          )
        : [decision.when],
    );
  }

  private variable(key: string, name: string | undefined, at: Cursor): Variable {
    return this.evaluation.variables.undecided(key, name ?? 'a condition', at.instance.template.file);
  }

  private undecided(key: string, name: string | undefined, at: Cursor, when: Scenario): Decision[] {
    const variable = this.variable(key, name, at);
    return [true, false].flatMap((value) => {
      const within = when.assume(variable, String(value));
      return within === undefined ? [] : [{ value, when: within, at, trace: [] }];
    });
  }
}

/** A list of known texts, or one made of parameters, in its comma form; undefined when any item is not known. */
function joinedList(list: ListValue): TextValue | undefined {
  if (list.derived !== undefined) return joined(list.derived, ',');
  const texts = list.items.map((item) => {
    if (item instanceof Cursor) return scalarText(item.raw);
    return item.kind === 'text' && item.parts.every((part) => typeof part === 'string')
      ? item.parts.join('')
      : undefined;
  });
  return texts.some((text) => text === undefined) ? undefined : literal(texts.join(','));
}
