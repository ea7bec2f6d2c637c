import { isConsistent } from '../evaluate/derived.js';
import type { Evaluator } from '../evaluate/evaluator.js';
import { PastLimit } from '../evaluate/limits.js';
import { isConstrained, refusal } from '../evaluate/parameter-values.js';
import { isInOnePlace } from '../evaluate/partitions.js';
import { Scenario } from '../evaluate/scenario.js';
import { Cursor, type StackInstance } from '../evaluate/stack-instance.js';
import { type Alternative, chain, knownText, onlySymbol } from '../evaluate/value.js';
import type { ParameterDeclaration } from '../template/template.js';
import { rootOf } from './nearness.js';
import { MAX_INSTANCES, type NestedStacks, nestedStackIds } from './nested-stacks.js';
import type { TemplateStore } from './store.js';

/** What CloudFormation looks at in one stack of a deployment before it makes anything. */
interface Checked {
  readonly instance: StackInstance;
  readonly hasRules: boolean;
  /** The parameters that take some values only, of a nested stack. */
  readonly parameters: readonly ParameterDeclaration[];
}

/**
 * Which scenarios CloudFormation lets pass. A deployment is a stack of its own with all that is nested in it: it is
 * refused as a whole where an assertion of the `Rules` of one of its templates fails, or a nested stack is passed a
 * value that its parameter does not take. It says nothing about any other deployment, whatever parameters they share.
 */
export class Deployments {
  private readonly checked = new Map<StackInstance, readonly Checked[]>();
  private readonly nested = new Map<StackInstance, readonly StackInstance[]>();

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
    const { evaluator } = this;
    evaluator.startQuestion(share);
    try {
      let open = [when];
      for (const stack of checked) {
        open = chain(open, (scenario) => this.passing(stack, scenario));
        evaluator.spend(open.length);
        if (open.length === 0) return false;
      }
      return true;
    } catch (error) {
      // Past the limit nothing is ruled out.
      if (error instanceof PastLimit) return true;
      throw error;
    }
  }

  /** The scenarios in which a stack is not made at all, or nothing about it is refused. */
  private passing({ instance, hasRules, parameters }: Checked, when: Scenario): Scenario[] {
    const { evaluator } = this;
    return chain(evaluator.isDeployed(instance, when), (so) => {
      if (!so.value) return [so.when];
      let open = [so.when];
      for (const declaration of parameters)
        open = chain(open, (within) => this.taking(instance, declaration, within));
      return hasRules ? chain(open, (within) => evaluator.conditions.permitted(instance, within)) : open;
    });
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
        .map((instance) => ({
          instance,
          hasRules: Object.keys(instance.template.section('Rules')).length > 0,
          parameters:
            instance.parent === undefined
              ? []
              : [...instance.template.parameters.values()].filter(
                  (declaration) =>
                    isConstrained(declaration) && !instance.parameterValues.has(declaration.name),
                ),
        }))
        .filter(({ hasRules, parameters }) => hasRules || parameters.length > 0);
      this.checked.set(root, checked);
    }
    return checked;
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
