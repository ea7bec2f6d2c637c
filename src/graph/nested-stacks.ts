import type { StackInfo } from '../discover/types.js';
import { withDefaults } from '../evaluate/derived.js';
import type { Evaluator } from '../evaluate/evaluator.js';
import { PastLimit } from '../evaluate/limits.js';
import type { NestedStack, NestingSection } from '../evaluate/links.js';
import { Scenario } from '../evaluate/scenario.js';
import { type Cursor, cursorAt, type StackInstance } from '../evaluate/stack-instance.js';
import { displayText, type TextValue, type Value } from '../evaluate/value.js';
import { frontEnd } from '../frontends/index.js';
import { compareText } from '../plain/compare-text.js';
import { isMap, own } from '../plain/map.js';
import type { Path } from '../source/types.js';
import { deploymentGroups, nestingType } from '../template/nested-stack-types.js';
import type { Template } from '../template/template.js';
import { cycles } from './cycles.js';
import { type HeldTemplate, heldTemplate } from './held-template.js';
import type { ImportQuestions } from './import-questions.js';
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
  /**
   * The file that stands for a template that another holds as a text.
   * @param logicalId the resource that holds it, which the file is called after
   */
  embedded(held: HeldTemplate, from: TemplateFile, logicalId: string): TemplateFile;
}

export interface ResourceGraphOptions {
  /**
   * Parameter values that the user gives for a template. A nested one gets only what was given for it by name: the
   * rest is for its outer stack to pass.
   */
  readonly parameterValues: (file: string, nested: boolean) => ReadonlyMap<string, string>;
  /** Takes down which of the given values are asked for; left out where nobody compares several sets of them. */
  readonly questions?: ImportQuestions | undefined;
  readonly locator: TemplateLocator;
}

/** What makes a template part of another: a resource that deploys it, or a module. */
interface Nesting {
  readonly section: NestingSection;
  readonly logicalId: string;
}

/** What a loop goes over, as it is written, and where. */
interface Looped {
  readonly expression: unknown;
  readonly path: Path;
}

interface Parent extends Nesting {
  readonly file: TemplateFile;
}

/** A template that another deploys and that cannot be read. */
export interface MissingTemplate extends Nesting {
  readonly instance: StackInstance;
  /** What names it, or what should. */
  readonly at: Cursor;
  readonly when: Scenario;
  readonly reference: string;
  readonly why: string;
}

/** Which templates are nested in which, and the instances that come of it. */
export class NestedStacks {
  private readonly made = new Map<string, StackInstance>();
  private readonly ofFile = new Map<TemplateFile, readonly StackInstance[]>();
  private readonly cut = new Set<TemplateFile>();
  private readonly looped = new Map<StackInstance, readonly Looped[]>();
  /** How many deployments of a file's template were made, wherever a question led to one. */
  private readonly counts = new Map<TemplateFile, number>();
  private looking = false;
  /** The same without the values that the user set. */
  private open: NestedStacks | undefined;
  private valued: boolean | undefined;
  private parents: ReadonlyMap<TemplateFile, readonly Parent[]> | undefined;
  private readonly missing: MissingTemplate[] = [];
  /** The files that each deploys, circles included. */
  private readonly deploying = new Map<TemplateFile, Set<TemplateFile>>();

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
    if (instances.length === 0 && !this.isNestedWithOtherValues(file)) instances.push(...this.roots(file));
    if (instances.length > MAX_INSTANCES) this.cut.add(file);
    return instances.slice(0, MAX_INSTANCES);
  }

  /**
   * Whether a template is nested as soon as the parameters that the user set have other values: with these it is not
   * deployed. What no value leads to is a stack of its own.
   */
  private isNestedWithOtherValues(file: TemplateFile): boolean {
    if (!this.hasValues) return false;
    this.open ??= new NestedStacks(this.store, this.evaluator, {
      ...this.options,
      parameterValues: () => new Map(),
    });
    const wasLooking = this.looking;
    this.looking = true;
    try {
      return this.open.instances(file).some(({ parent }) => parent !== undefined);
    } finally {
      this.looking = wasLooking;
    }
  }

  /** Whether the user set parameters of a template that nests others: found out once, as which nests which is. */
  private get hasValues(): boolean {
    const { parameterValues } = this.options;
    this.valued ??= [...this.store.all()].some(
      ({ name, mentions }) => mentions.nestedStack && parameterValues(name, false).size > 0,
    );
    return this.valued;
  }

  /** The instances that a nested stack stands for, each in its scenario. */
  children(
    instance: StackInstance,
    logicalId: string,
    when: Scenario,
    section: NestingSection = 'Resources',
  ): NestedStack[] {
    const file = this.store.get(instance.template.file);
    if (file === undefined) {
      const why = 'its template is not in view';
      return [{ found: false, reason: why, when, reference: logicalId, why }];
    }
    const declared = cursorAt(instance, section, logicalId);
    const assetPath = own(own(declared.raw, 'Metadata'), 'aws:asset:path');
    const { at: named, isBody } = templateOf(declared, section);
    return this.evaluator.evaluate(named, when).flatMap((url): NestedStack[] => {
      const what = section === 'Modules' ? `module ${logicalId}` : `nested stack ${logicalId}`;
      const missing = (why: string): NestedStack[] => [
        {
          found: false,
          reason: `the template of the ${what} is not in view (${why})`,
          when: url.when,
          reference: referenceText(url.value, isBody, named),
          why,
        },
      ];
      const found = (child: TemplateFile): NestedStack[] => {
        if (instance.depth >= MAX_NESTED_STACKS)
          return missing(`it lies more than ${MAX_NESTED_STACKS} stacks deep`);
        return deploymentGroups(declared.raw).flatMap((group) => {
          const nested = this.instance(child, instance, { section, logicalId }, group);
          if (nested === 'too many') return missing(`it is deployed more than ${MAX_INSTANCES} times`);
          return nested === undefined
            ? missing('it cannot be read as a template')
            : [{ found: true, instance: nested, when: url.when }];
        });
      };
      const changed = section === 'Modules' ? changesOfModule(declared.raw) : undefined;
      if (changed !== undefined) return missing(`what its ${changed} goes over is not known`);
      if (url.value.kind === 'absent') return missing('it is left out');
      if (!isNamed(url.value)) return missing(whyUnnamed(url.value, named));
      if (isBody) {
        const held = heldTemplate(url, this.evaluator);
        return held === undefined
          ? missing('it is put together in a way that is known only when it is deployed')
          : found(this.options.locator.embedded(held, file, logicalId));
      }
      const locate = (url: TextValue): ReturnType<TemplateLocator['locate']> =>
        this.options.locator.locate(
          url,
          typeof assetPath === 'string' ? assetPath : undefined,
          file,
          instance.stack,
        );
      const preset = withDefaults(url.value, url.when);
      const first = locate(url.value);
      const located = 'reason' in first && preset !== url.value ? locate(preset) : first;
      return 'reason' in located ? missing(located.reason) : found(located);
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
  private childrenApart(instance: StackInstance, { section, logicalId }: Nesting): readonly NestedStack[] {
    const wasLooking = this.looking;
    this.looking = true;
    try {
      return this.evaluator.apart(() => this.children(instance, logicalId, Scenario.always, section));
    } catch (error) {
      if (error instanceof PastLimit) return [];
      throw error;
    } finally {
      this.looking = wasLooking;
    }
  }

  private nestedInstances(file: TemplateFile, outer: StackInstance, parent: Parent): StackInstance[] {
    return this.childrenApart(outer, parent).flatMap((child) =>
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
          parameterValues: this.watched(parameterValues, file, false),
        }),
      ];
    });
  }

  /**
   * A template as a resource or a module deploys it. What nests itself has a new deployment at each step of any
   * question that goes down it, each with its loops unrolled: past the limit none is made.
   */
  private instance(
    file: TemplateFile,
    outer: StackInstance,
    { section, logicalId }: Nesting,
    group: number | undefined,
  ): StackInstance | 'too many' | undefined {
    const deployment = group === undefined ? '' : `[${group}]`;
    const id = `${outer.id}/${section === 'Modules' ? 'Modules.' : ''}${logicalId}${deployment}:${file.name}`;
    const known = this.made.get(id);
    if (known !== undefined) return known;
    const template = file.template();
    if (template === undefined) return undefined;
    const count = (this.counts.get(file) ?? 0) + 1;
    if (count > MAX_INSTANCES + 1) {
      this.cut.add(file);
      return 'too many';
    }
    this.counts.set(file, count);
    const type = own(own(outer.template.section('Resources'), logicalId), 'Type');
    const inPlace = section === 'Modules' || nestingType(type)?.inPlace !== false;
    return this.keep(id, {
      id,
      template: deployed(
        section === 'Modules'
          ? withOverrides(template.within(outer.template), outer.template, logicalId)
          : template,
        outer.stack,
      ),
      parent: { instance: outer, logicalId, section, group },
      stack: outer.stack,
      depth: outer.depth + 1,
      stackName: section === 'Modules' ? outer.stackName : undefined,
      region: inPlace ? outer.region : undefined,
      account: inPlace ? outer.account : undefined,
      assembly: outer.assembly,
      parameterValues: this.watched(this.options.parameterValues(file.name, true), file, true),
    });
  }

  private watched(
    values: ReadonlyMap<string, string>,
    file: TemplateFile,
    nested: boolean,
  ): ReadonlyMap<string, string> {
    const { questions } = this.options;
    return questions?.watch(values, file.name, nested) ?? values;
  }

  /** Keeps an instance, its loops unrolled as they are in this deployment. */
  private keep(id: string, draft: StackInstance): StackInstance {
    this.made.set(id, draft);
    if (!draft.template.hasOpenLoops) return draft;
    const looped: Looped[] = [];
    const instance = { ...draft, template: this.unrolled(draft, looped) };
    this.made.set(id, instance);
    this.looped.set(instance, looped);
    return instance;
  }

  /** What the loops of a deployment were found to go over, where it is no literal list. */
  collections(instance: StackInstance): readonly Cursor[] {
    return (this.looped.get(instance) ?? []).map(({ expression, path }) =>
      cursorAt(instance, ...path).holding(expression),
    );
  }

  private unrolled(draft: StackInstance, looped: Looped[]): Template {
    // What the loops go over may lead anywhere, and nothing there may be kept: this instance is not made yet.
    const wasLooking = this.looking;
    this.looking = true;
    try {
      const read = collectionsOf(this.evaluator, draft);
      return draft.template.withLoopsOver((expression, path) => {
        looped.push({ expression, path });
        return read(expression, path);
      });
    } finally {
      this.looking = wasLooking;
    }
  }

  /**
   * What some templates deploy: the files of it, theirs left out, and what cannot be read. Files that are read for it
   * are added to the store.
   */
  deployedWith(files: readonly TemplateFile[]): {
    readonly files: readonly TemplateFile[];
    readonly missing: readonly MissingTemplate[];
  } {
    this.parents ??= this.findParents();
    const all = new Set(files);
    // A set that grows while it is gone through: what was added is gone through, too.
    for (const file of all) for (const child of this.deploying.get(file) ?? []) all.add(child);
    const { parents } = this;
    const byName = new Map([...all].map((file) => [file.name, file]));
    const told = new Set<string>();
    const missing = this.missing.filter(({ instance, section, logicalId, reference }) => {
      const file = byName.get(instance.template.file);
      // A template that is nested in others is no stack of its own: they pass what is missing there.
      if (file === undefined || (instance.parent === undefined && (parents.get(file) ?? []).length > 0))
        return false;
      const isKnown = !reference.includes('${');
      const key = JSON.stringify([file.name, section, logicalId, isKnown ? reference : '']);
      if (told.has(key)) return false;
      told.add(key);
      return true;
    });
    return { files: [...all].slice(files.length), missing };
  }

  private parentsOf(file: TemplateFile): readonly Parent[] {
    this.parents ??= this.findParents();
    return this.parents.get(file) ?? [];
  }

  /**
   * Which files nest which. Every file is looked at as a stack of its own, and once in each stack of an assembly that
   * it is nested in, because the stack says where its assets are. What else outer stacks pass can change the beginning
   * of a `TemplateURL`, not its end. In the order of their names: a template that cannot be read is told where it is
   * found first.
   */
  private findParents(): ReadonlyMap<TemplateFile, readonly Parent[]> {
    const parents = new Map<TemplateFile, Parent[]>();
    const queue = [...this.store.all()]
      .filter((file) => file.mentions.nestedStack)
      .sort((a, b) => compareText(a.name, b.name))
      .flatMap((file) => this.roots(file).map((instance) => ({ file, instance })));
    const seen = new Map<TemplateFile, Set<StackInfo | undefined>>();
    for (const { file, instance } of queue) {
      for (const nesting of nestingsOf(instance)) {
        for (const child of this.childrenApart(instance, nesting)) {
          const nested = child.found ? this.store.get(child.instance.template.file) : undefined;
          if (!child.found) {
            const { when, reference, why } = child;
            const declared = cursorAt(instance, nesting.section, nesting.logicalId);
            const { at } = templateOf(declared, nesting.section);
            this.missing.push({ ...nesting, instance, at, when, reference, why });
          }
          if (!child.found || nested === undefined) continue;
          this.deploying.set(file, (this.deploying.get(file) ?? new Set()).add(nested));
          const known = parents.get(nested) ?? [];
          const isSame = (parent: Parent): boolean =>
            parent.file === file &&
            parent.logicalId === nesting.logicalId &&
            parent.section === nesting.section;
          if (!known.some(isSame)) parents.set(nested, [...known, { file, ...nesting }]);
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

function nestingsOf(instance: StackInstance): Nesting[] {
  const modules = Object.keys(instance.template.section('Modules')).sort();
  return [
    ...nestedStackIds(instance).map((logicalId): Nesting => ({ section: 'Resources', logicalId })),
    ...modules.map((logicalId): Nesting => ({ section: 'Modules', logicalId })),
  ];
}

/** What names the template that a resource or module brings along, or is that template as a text. */
function templateOf(declared: Cursor, section: NestingSection): { at: Cursor; isBody: boolean } {
  if (section === 'Modules') return { at: declared.child('Source'), isBody: false };
  const properties = declared.child('Properties');
  const { template = 'TemplateURL', body } = nestingType(own(declared.raw, 'Type')) ?? {};
  const at = properties.child(template);
  const held = body === undefined ? undefined : properties.child(body);
  return held?.exists && !at.exists ? { at: held, isBody: true } : { at, isBody: false };
}

/** A module's template with what the template around it overrides. */
function withOverrides(module: Template, around: Template, name: string): Template {
  const overrides = own(own(around.section('Modules'), name), 'Overrides');
  const by = frontEnd('packaging').overriding;
  if (!isMap(overrides) || by === undefined) return module;
  return module.withOverrides(by, overrides, (path) => {
    const written = ['Modules', name, 'Overrides', ...path];
    return around.elsewhere(written) ?? { file: around.file, path: around.sourcePath(written) };
  });
}

/** What makes several of a module, where nobody can tell which before the tools have put them in. */
function changesOfModule(raw: unknown): string | undefined {
  return ['Map', 'ForEach', 'Fn::ForEach'].find((key) => own(raw, key) !== undefined);
}

/** What names a template, for a reader: without the query of a URL, in which a signature may stand. */
function referenceText(value: Value, isBody: boolean, { raw, path, instance }: Cursor): string {
  if (isBody) return 'TemplateBody';
  // The mark of what is not known is no query.
  if (isNamed(value)) return displayText(value).replace(/([^{]|^)\?.*$/s, '$1');
  const application = own(raw, 'ApplicationId');
  if (typeof application === 'string') return application;
  const property = instance.template.input.origin(path).at(-1);
  return /body$/i.test(String(property)) ? `its ${property}` : `what its ${property} names`;
}

/** Whether a value says anything of the name of a template: a text of which a part is known, or has a name. */
function isNamed(value: Value): value is TextValue {
  return (
    value.kind === 'text' &&
    value.parts.some((part) => typeof part === 'string' || part.kind !== 'opaque' || part.name !== undefined)
  );
}

function whyUnnamed(value: Value, { raw }: Cursor): string {
  if (isMap(raw) && own(raw, 'ApplicationId') !== undefined)
    return 'it lies in the AWS Serverless Application Repository';
  const reason = own(value.kind === 'text' ? value.parts[0] : value, 'reason');
  return typeof reason === 'string' ? reason : 'it is not named by a text';
}

/** In the order of their names: what is found must not depend on the order in which a template lists them. */
export function nestedStackIds(instance: StackInstance): string[] {
  return [...instance.template.followed]
    .flatMap(([type, logicalIds]) => (nestingType(type) === undefined ? [] : logicalIds))
    .sort();
}

/** A template as a stack of a cloud assembly deploys it: what the CDK has yet to look up is unknown. */
function deployed(template: Template, stack: StackInfo | undefined): Template {
  const dummies = stack?.dummyValues;
  return dummies === undefined ? template : template.withoutDummyValues(dummies);
}
