import { isConsistent } from '../evaluate/derived.js';
import type { Evaluator } from '../evaluate/evaluator.js';
import { PastLimit } from '../evaluate/limits.js';
import { isConstrained, refusal } from '../evaluate/parameter-values.js';
import { isInOnePlace } from '../evaluate/partitions.js';
import { Scenario, type Variable } from '../evaluate/scenario.js';
import { Cursor, cursorAt, type StackInstance } from '../evaluate/stack-instance.js';
import { type Alternative, chain, knownText, onlySymbol } from '../evaluate/value.js';
import { own } from '../plain/map.js';
import type { ParameterDeclaration } from '../template/template.js';
import { rootOf } from './nearness.js';
import { MAX_INSTANCES, type NestedStacks, nestedStackIds } from './nested-stacks.js';
import type { TemplateStore } from './store.js';

/** What CloudFormation looks at in one stack of a deployment before it makes anything. */
interface Checked {
  readonly instance: StackInstance;
  /** Each gives the scenarios, within one, in which it lets pass. */
  readonly checks: readonly ((when: Scenario) => readonly Scenario[])[];
}

/** A way to deploy, as far as it is known that nothing about it is refused. */
interface Way {
  readonly when: Scenario;
  /** How many stacks are behind, and how many checks of the next one; undefined before it is known to be made. */
  readonly stacks: number;
  readonly checks: number | undefined;
}

/**
 * Which scenarios CloudFormation lets pass. A deployment is a stack of its own with all that is nested in it: it is
 * refused as a whole where an assertion of the `Rules` of one of its templates fails, a nested stack is passed a value
 * that its parameter does not take, or one of its conditions or loops, or what a nested stack is passed, asks a mapping
 * for a row that it has not. It says nothing about any other deployment, whatever parameters they share.
 */
export class Deployments {
  private readonly checked = new Map<StackInstance, readonly Checked[]>();
  private readonly nested = new Map<StackInstance, readonly StackInstance[]>();
  /** What was decided of each deployment in each scenario: many findings hold in the same ones. */
  private readonly decided = new Map<string, boolean>();
  private readonly numbers = new Map<Variable, number>();

  constructor(
    private readonly store: TemplateStore,
    private readonly evaluator: Evaluator,
    private readonly stacks: NestedStacks,
  ) {}

  /**
   * Whether what takes place in some stacks can take place in a scenario.
   * @param stacks the stacks that take part
   * @param share the part of the usual budget that the question is worth
   */
  permit(stacks: Iterable<StackInstance>, when: Scenario, share = 1): boolean {
    if (!isInOnePlace(when) || !isConsistent(when)) return false;
    const roots = new Set([...stacks].map(rootOf));
    const declaring = new Set([...roots].flatMap((root) => this.filesOf(root)));
    for (const root of roots) if (!this.passes(root, when, share)) return false;
    for (const variable of when.constraints.keys()) {
      if ([...variable.declaredIn].some((file) => declaring.has(file))) continue;
      // A stack that takes part without being named: one of those that declare the parameter.
      const others = [...variable.declaredIn].flatMap((file) => this.rootsOf(file));
      if (others.length > 0 && !others.some((root) => this.passes(root, when, share))) return false;
    }
    return true;
  }

  private filesOf(root: StackInstance): string[] {
    return [root.template.file, ...this.nestedIn(root).map(({ template }) => template.file)];
  }

  private rootsOf(file: string): StackInstance[] {
    const declaring = this.store.get(file);
    return declaring === undefined ? [] : [...new Set(this.stacks.instances(declaring).map(rootOf))];
  }

  private passes(root: StackInstance, when: Scenario, share: number): boolean {
    const checked = this.checkedIn(root);
    if (checked.length === 0) return true;
    const key = `${root.id} ${this.keyOf(when)}`;
    const known = this.decided.get(key);
    if (known !== undefined) return known;
    this.evaluator.startQuestion(share);
    try {
      const passes = this.someWay(checked, when);
      this.decided.set(key, passes);
      return passes;
    } catch (error) {
      // Past the limit nothing is ruled out.
      if (error instanceof PastLimit) return true;
      throw error;
    }
  }

  /** Whether there is a way to deploy in a scenario in which nothing is refused: each is gone to its end. */
  private someWay(checked: readonly Checked[], when: Scenario): boolean {
    // What the outermost stack refuses whatever else is so, no way leads around.
    const [first] = checked;
    if (first?.instance.parent === undefined && first?.checks.some((check) => check(when).length === 0))
      return false;
    const open: Way[] = [{ when, stacks: 0, checks: undefined }];
    for (let way = open.pop(); way !== undefined; way = open.pop()) {
      const stack = checked[way.stacks];
      if (stack === undefined) return true;
      const ways = this.nextWays(stack, way);
      this.evaluator.spend(ways.length);
      open.push(...ways.reverse());
    }
    return false;
  }

  /** The ways in which one goes on, one check further. */
  private nextWays({ instance, checks }: Checked, { when, stacks, checks: done }: Way): Way[] {
    const beyond = (so: Scenario): Way => ({ when: so, stacks: stacks + 1, checks: undefined });
    if (done === undefined) {
      const made = this.evaluator.isDeployed(instance, when);
      return made.map((so) => (so.value ? { when: so.when, stacks, checks: 0 } : beyond(so.when)));
    }
    const passing = checks[done]?.(when);
    return passing?.map((so) => ({ when: so, stacks, checks: done + 1 })) ?? [beyond(when)];
  }

  /** A text that tells scenarios apart. */
  private keyOf({ constraints }: Scenario): string {
    return [...constraints]
      .map(([variable, said]) => {
        const number = this.numbers.get(variable) ?? this.numbers.size;
        this.numbers.set(variable, number);
        return `${number}=${JSON.stringify(said)}`;
      })
      .sort()
      .join();
  }

  /** The scenarios in which a nested stack's parameter takes what it is passed. */
  private taking(instance: StackInstance, declaration: ParameterDeclaration, when: Scenario): Scenario[] {
    const passed = this.evaluator.references.passed(instance, declaration.name, when) ?? [];
    return chain(passed, (so) => (takes(declaration, so) ? [so.when] : []));
  }

  private checkedIn(root: StackInstance): readonly Checked[] {
    let checked = this.checked.get(root);
    if (checked === undefined) {
      checked = [root, ...this.nestedIn(root)]
        .map((instance) => ({ instance, checks: this.checksOf(instance) }))
        .filter(({ checks }) => checks.length > 0);
      this.checked.set(root, checked);
    }
    return checked;
  }

  /**
   * What CloudFormation looks at in a stack: the values that a nested one is passed, the conditions and the loops that
   * ask a mapping, and the template's rules.
   */
  private checksOf(instance: StackInstance): Checked['checks'] {
    const { template, parent, parameterValues } = instance;
    const isMapped =
      parent !== undefined && asksMapping(cursorAt(parent.instance, parent.section, parent.logicalId));
    const passed = [...(parent === undefined ? [] : template.parameters.values())].filter(
      (declaration) => (isMapped || isConstrained(declaration)) && !parameterValues.has(declaration.name),
    );
    const conditions = Object.keys(template.section('Conditions'))
      .filter((name) => asksMapping(cursorAt(instance, 'Conditions', name)))
      .sort();
    const collections = this.stacks.collections(instance).filter(asksMapping);
    const rules = Object.keys(template.section('Rules')).sort();
    return [
      ...passed.map((declaration) => (when: Scenario) => this.taking(instance, declaration, when)),
      ...conditions.map(
        (name) => (when: Scenario) =>
          (this.evaluator.conditions.named(instance, name, when) ?? [{ when }]).map((so) => so.when),
      ),
      ...collections.map((at) => (when: Scenario) => this.evaluator.evaluate(at, when).map((so) => so.when)),
      ...rules.map((name) => {
        const rule = cursorAt(instance, 'Rules', name);
        return (when: Scenario) => this.evaluator.conditions.permitted(rule, when);
      }),
    ];
  }

  /** All stacks nested in one, whatever deep, as far as they are in view. */
  private nestedIn(root: StackInstance): readonly StackInstance[] {
    const known = this.nested.get(root);
    if (known !== undefined) return known;
    const found = new Set<StackInstance>();
    const queue = [root];
    for (const instance of queue) {
      for (const logicalId of nestedStackIds(instance)) {
        for (const child of this.children(instance, logicalId)) {
          if (found.has(child) || isWithinItself(child) || found.size >= MAX_INSTANCES) continue;
          found.add(child);
          queue.push(child);
        }
      }
    }
    this.nested.set(root, [...found]);
    return [...found];
  }

  private children(instance: StackInstance, logicalId: string): StackInstance[] {
    try {
      return this.evaluator
        .apart(() => this.stacks.children(instance, logicalId, Scenario.always))
        .flatMap((child) => (child.found ? [child.instance] : []));
    } catch (error) {
      if (error instanceof PastLimit) return [];
      throw error;
    }
  }
}

/** Whether something of a template asks a mapping for a row, which the mapping may not have. */
function asksMapping({ raw }: Cursor): boolean {
  const parts = new Set([raw]);
  // A set that grows while it is gone through: what was added is gone through, too.
  for (const part of parts) {
    if (typeof part !== 'object' || part === null) continue;
    if (own(part, 'Fn::FindInMap') !== undefined) return true;
    for (const inner of Object.values(part)) if (typeof inner === 'object') parts.add(inner);
  }
  return false;
}

function isWithinItself(instance: StackInstance): boolean {
  for (let { parent } = instance; parent !== undefined; { parent } = parent.instance) {
    if (parent.instance.template.file === instance.template.file) return true;
  }
  return false;
}

/** Whether a parameter takes a value, or one of those that it can turn out to be. */
function takes(declaration: ParameterDeclaration, { value, when }: Alternative): boolean {
  if (value.kind === 'text') {
    const text = knownText(value);
    if (text !== undefined) return refusal(declaration, text) === undefined;
    const symbol = onlySymbol(value);
    if (symbol?.kind !== 'variable' || declaration.allowedValues === undefined) return true;
    return declaration.allowedValues.some((allowed) => when.allows(symbol.variable, allowed));
  }
  if (value.kind !== 'list' || value.derived !== undefined) return true;
  return value.items.every((item) => {
    const text = item instanceof Cursor ? item.raw : knownText(item);
    return typeof text !== 'string' || refusal(declaration, text) === undefined;
  });
}
