import type { StackInfo } from '../discover/types.js';
import { withDefaults } from '../evaluate/derived.js';
import type { Evaluator } from '../evaluate/evaluator.js';
import { PastLimit } from '../evaluate/limits.js';
import type { NestedStack } from '../evaluate/links.js';
import { Scenario } from '../evaluate/scenario.js';
import { cursorAt, type StackInstance } from '../evaluate/stack-instance.js';
import { displayText, type TextValue } from '../evaluate/value.js';
import { own } from '../plain/map.js';
import { nestedTemplateProperty } from '../template/nested-stack-types.js';
import type { Template } from '../template/template.js';
import { cycles } from './cycles.js';
import { collectionsOf } from './loop-collections.js';
import type { TemplateFile, TemplateStore } from './store.js';

/** How many stacks deep nested stacks are followed. */
export const MAX_NESTED_STACKS = 16;
/** How many deployments of one template are looked at. */
export const MAX_INSTANCES = 500;

/** Finds the file of a nested stack's template. */
export interface TemplateLocator {
  /**
   * @param url the `TemplateURL` as far as it is known
   * @param assetPath the `aws:asset:path` of the resource's metadata
   * @param from the file that holds the nested stack
   * @returns a file of the store (one that was read for this is added to it), or why there is none, as a clause
   */
  locate(
    url: TextValue,
    assetPath: string | undefined,
    from: TemplateFile,
    stack: StackInfo | undefined,
  ): TemplateFile | { readonly reason: string };
}

export interface ResourceGraphOptions {
  /**
   * Parameter values that the user gives for a template. A nested one gets only what was given for it by name: the
   * rest is for its outer stack to pass.
   */
  readonly parameterValues: (file: string, nested: boolean) => ReadonlyMap<string, string>;
  readonly locator: TemplateLocator;
}

interface Parent {
  readonly file: TemplateFile;
  readonly logicalId: string;
}

/** Which templates are nested in which, and the instances that come of it. */
export class NestedStacks {
  private readonly made = new Map<string, StackInstance>();
  private readonly ofFile = new Map<TemplateFile, readonly StackInstance[]>();
  private readonly cut = new Set<TemplateFile>();
  private looking = false;
  private parents: ReadonlyMap<TemplateFile, readonly Parent[]> | undefined;

  constructor(
    private readonly store: TemplateStore,
    private readonly evaluator: Evaluator,
    private readonly options: ResourceGraphOptions,
  ) {}

  instances(file: TemplateFile): readonly StackInstance[] {
    // Outer stacks first, and not by recursion: how long the chain of them is, is not ours to trust.
    const open = [file];
    for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
      const unknown = this.ofFile.has(next)
        ? []
        : this.parentsOf(next).filter((parent) => !this.ofFile.has(parent.file));
      if (unknown.length > 0) {
        open.push(...unknown.map((parent) => parent.file));
        continue;
      }
      if (!this.ofFile.has(next)) this.ofFile.set(next, this.findInstances(next));
      open.pop();
    }
    return this.ofFile.get(file) ?? [];
  }

  /** Whether a template is deployed more often than is looked at. */
  isCut(file: TemplateFile): boolean {
    return this.cut.has(file);
  }

  /** The instances of a file whose outer stacks' instances are known. */
  private findInstances(file: TemplateFile): readonly StackInstance[] {
    const instances: StackInstance[] = [];
    for (const parent of this.parentsOf(file)) {
      for (const outer of this.ofFile.get(parent.file) ?? []) {
        if (instances.length <= MAX_INSTANCES) instances.push(...this.nestedInstances(file, outer, parent));
      }
      if (this.cut.has(parent.file)) this.cut.add(file);
    }
    if (instances.length === 0) instances.push(...this.roots(file));
    if (instances.length > MAX_INSTANCES) this.cut.add(file);
    return instances.slice(0, MAX_INSTANCES);
  }

  /** The instances that a nested stack stands for, each in its scenario. */
  children(instance: StackInstance, logicalId: string, when: Scenario): NestedStack[] {
    const file = this.store.get(instance.template.file);
    if (file === undefined) return [{ found: false, reason: 'its template is not in view', when }];
    const resource = cursorAt(instance, 'Resources', logicalId);
    const assetPath = own(own(resource.raw, 'Metadata'), 'aws:asset:path');
    return this.evaluator
      .evaluate(
        resource.at('Properties', nestedTemplateProperty(own(resource.raw, 'Type')) ?? 'TemplateURL'),
        when,
      )
      .map((url): NestedStack => {
        const missing = (reason: string): NestedStack => ({
          found: false,
          reason: `the template of the nested stack ${logicalId} is not in view (${reason})`,
          when: url.when,
        });
        if (url.value.kind !== 'text') return missing('it is not named by a text');
        const locate = (named: TextValue): ReturnType<TemplateLocator['locate']> =>
          this.options.locator.locate(
            named,
            typeof assetPath === 'string' ? assetPath : undefined,
            file,
            instance.stack,
          );
        const preset = withDefaults(url.value, url.when);
        const first = locate(url.value);
        const located = 'reason' in first && preset !== url.value ? locate(preset) : first;
        if ('reason' in located) return missing(located.reason);
        if (instance.depth >= MAX_NESTED_STACKS)
          return missing(`it lies more than ${MAX_NESTED_STACKS} stacks deep`);
        const child = this.instance(located, instance, logicalId);
        return child === undefined
          ? missing(`${displayText(url.value)} cannot be read`)
          : { found: true, instance: child, when: url.when };
      });
  }

  /**
   * Whether it is being found out which templates are nested in which. Meanwhile no reference can be followed that
   * needs to know it.
   */
  get isLooking(): boolean {
    return this.looking;
  }

  /** The same as a question of its own, for finding out what is nested in what; past a limit nothing is known. */
  private childrenApart(instance: StackInstance, logicalId: string): readonly NestedStack[] {
    const wasLooking = this.looking;
    this.looking = true;
    try {
      return this.evaluator.apart(() => this.children(instance, logicalId, Scenario.always));
    } catch (error) {
      if (error instanceof PastLimit) return [];
      throw error;
    } finally {
      this.looking = wasLooking;
    }
  }

  private nestedInstances(file: TemplateFile, outer: StackInstance, { logicalId }: Parent): StackInstance[] {
    return this.childrenApart(outer, logicalId).flatMap((child) =>
      child.found && child.instance.template.file === file.name ? [child.instance] : [],
    );
  }

  private roots(file: TemplateFile): StackInstance[] {
    const stacks = file.file.stacks.length > 0 ? file.file.stacks : [undefined];
    return stacks.slice(0, MAX_INSTANCES + 1).flatMap((stack, index) => {
      const template = file.template();
      if (template === undefined) return [];
      const id = stacks.length > 1 ? `${file.name}@${index}` : file.name;
      const known = this.made.get(id);
      if (known !== undefined) return [known];
      const parameterValues = new Map([
        ...Object.entries(stack?.parameters ?? {}),
        ...this.options.parameterValues(file.name, false),
      ]);
      return [
        this.keep(id, {
          id,
          template: deployed(template, stack),
          parent: undefined,
          stack,
          depth: 0,
          stackName: stack?.stackName,
          region: stack?.region,
          account: stack?.account,
          assembly: stack?.assembly,
          parameterValues,
        }),
      ];
    });
  }

  private instance(file: TemplateFile, outer: StackInstance, logicalId: string): StackInstance | undefined {
    const id = `${outer.id}/${logicalId}:${file.name}`;
    const known = this.made.get(id);
    if (known !== undefined) return known;
    const template = file.template();
    if (template === undefined) return undefined;
    return this.keep(id, {
      id,
      template: deployed(template, outer.stack),
      parent: { instance: outer, logicalId },
      stack: outer.stack,
      depth: outer.depth + 1,
      stackName: undefined,
      region: outer.region,
      account: outer.account,
      assembly: outer.assembly,
      parameterValues: this.options.parameterValues(file.name, true),
    });
  }

  /** Keeps an instance, its loops unrolled as they are in this deployment. */
  private keep(id: string, draft: StackInstance): StackInstance {
    this.made.set(id, draft);
    if (!draft.template.hasOpenLoops) return draft;
    const instance = { ...draft, template: this.unrolled(draft) };
    this.made.set(id, instance);
    return instance;
  }

  private unrolled(draft: StackInstance): Template {
    // What the loops go over may lead anywhere, and nothing there may be kept: this instance is not made yet.
    const wasLooking = this.looking;
    this.looking = true;
    try {
      return draft.template.withLoopsOver(collectionsOf(this.evaluator, draft));
    } finally {
      this.looking = wasLooking;
    }
  }

  private parentsOf(file: TemplateFile): readonly Parent[] {
    this.parents ??= this.findParents();
    return this.parents.get(file) ?? [];
  }

  /**
   * Which files nest which. Every file is looked at as a stack of its own, and once in each stack of an assembly that
   * it is nested in, because the stack says where its assets are. What else outer stacks pass can change the beginning
   * of a `TemplateURL`, not its end.
   */
  private findParents(): ReadonlyMap<TemplateFile, readonly Parent[]> {
    const parents = new Map<TemplateFile, Parent[]>();
    const queue = [...this.store.all()]
      .filter((file) => file.mentions.nestedStack)
      .flatMap((file) => this.roots(file).map((instance) => ({ file, instance })));
    const seen = new Map<TemplateFile, Set<StackInfo | undefined>>();
    for (const { file, instance } of queue) {
      for (const logicalId of nestedStackIds(instance)) {
        for (const child of this.childrenApart(instance, logicalId)) {
          const nested = child.found ? this.store.get(child.instance.template.file) : undefined;
          if (!child.found || nested === undefined) continue;
          const known = parents.get(nested) ?? [];
          if (!known.some((parent) => parent.file === file && parent.logicalId === logicalId)) {
            parents.set(nested, [...known, { file, logicalId }]);
          }
          const stacks = seen.get(nested) ?? new Set();
          seen.set(nested, stacks);
          if (!nested.mentions.nestedStack || stacks.has(instance.stack)) continue;
          stacks.add(instance.stack);
          queue.push({ file: nested, instance: child.instance });
        }
      }
    }
    return withoutCycles(parents);
  }
}

/** A file that nests itself, on whichever way, is not looked at as nested in itself. */
function withoutCycles(
  parents: ReadonlyMap<TemplateFile, readonly Parent[]>,
): ReadonlyMap<TemplateFile, readonly Parent[]> {
  const cycleOf = cycles([...parents.keys()], (file) =>
    (parents.get(file) ?? []).map((parent) => parent.file),
  );
  return new Map(
    [...parents].map(([file, of]) => [
      file,
      of.filter((parent) => parent.file !== file && cycleOf.get(parent.file) !== cycleOf.get(file)),
    ]),
  );
}

/** In the order of their names: what is found must not depend on the order in which a template lists them. */
export function nestedStackIds(instance: StackInstance): string[] {
  const resources = instance.template.section('Resources');
  return Object.keys(resources)
    .filter((logicalId) => nestedTemplateProperty(own(resources[logicalId], 'Type')) !== undefined)
    .sort();
}

/** A template as a stack of a cloud assembly deploys it: what the CDK has yet to look up is unknown. */
function deployed(template: Template, stack: StackInfo | undefined): Template {
  const dummies = stack?.dummyValues;
  return dummies === undefined ? template : template.withoutDummyValues(dummies);
}
