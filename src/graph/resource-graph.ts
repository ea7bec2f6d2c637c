import { Evaluator } from '../evaluate/evaluator.js';
import { PastLimit } from '../evaluate/limits.js';
import type {
  Import,
  Links,
  LinkTarget,
  NameExpression,
  NestedStack,
  NestingSection,
  OutputReference,
} from '../evaluate/links.js';
import { Scenario } from '../evaluate/scenario.js';
import { type Cursor, cursorAt, type StackInstance } from '../evaluate/stack-instance.js';
import { type Alternative, displayText, type TextValue } from '../evaluate/value.js';
import { Variables } from '../evaluate/variables.js';
import type { AccountRegion } from '../frontends/front-end.js';
import { own } from '../plain/map.js';
import { followedProperties } from '../template/followed-types.js';
import { Deployments } from './deployments.js';
import type { ImportQuestions, Read } from './import-questions.js';
import { filesOf, MAX_CANDIDATES, type NameAnswer, type NamedEntry, NameIndex } from './name-index.js';
import { NestedStacks, type ResourceGraphOptions } from './nested-stacks.js';
import { StackLinks } from './stack-links.js';
import type { TemplateFile, TemplateStore } from './store.js';
import { unseenParts } from './unseen-templates.js';
import { writtenFile } from './written-place.js';

/** A resource of an instance. */
export interface ResourceNode {
  readonly instance: StackInstance;
  readonly logicalId: string;
  /** What users call it: the logical id in a template, a name or an address in other inputs. */
  readonly name: string;
  readonly type: string;
  readonly cursor: Cursor;
  /** What was made of the resource to look at it, each kind of view at a place of its own; see `memoizeByNode`. */
  readonly views: (object | undefined)[];
}

/** Something that a template deploys and that nobody can read here. */
export interface UnseenTemplate {
  /** What deploys it: a resource, a module, or a transform, which bears no name. */
  readonly node: ResourceNode;
  /** What names it. */
  readonly at: Cursor;
  readonly when: Scenario;
  /** The name, as far as it is known. */
  readonly reference: string;
  /** Why it cannot be read, as a clause. */
  readonly why: string;
  /** Whether it is put into the template itself, and is no template of its own. */
  readonly isPart: boolean;
}

/**
 * All templates of a run as one graph: which instances they make, and where a reference out of one leads. Nothing
 * is worked out before somebody asks; what was worked out is kept.
 */
export class ResourceGraph implements Links {
  readonly evaluator: Evaluator;
  /** Which scenarios CloudFormation lets pass. */
  readonly deployments: Deployments;
  private readonly nested: NestedStacks;
  private readonly stacks: StackLinks;
  private readonly indexes = new Map<string, NameIndex>();
  private readonly nodes = new Map<StackInstance, Map<string, ResourceNode>>();
  /** Undefined where nobody is told which values of parameters are asked for. */
  private readonly questions: ImportQuestions | undefined;
  /** The logical ids by type, of the types that references can lead into. */

  constructor(
    readonly store: TemplateStore,
    options: ResourceGraphOptions,
  ) {
    this.evaluator = new Evaluator(this, new Variables());
    this.questions = options.questions;
    this.nested = new NestedStacks(store, this.evaluator, options);
    this.deployments = new Deployments(store, this.evaluator, this.nested);
    this.stacks = new StackLinks(
      () => store.all(),
      (file) => this.instances(file),
    );
  }

  /** The ways in which a file's template is deployed: as stacks of its own, or nested in others. */
  instances(file: TemplateFile): readonly StackInstance[] {
    return this.nested.instances(file);
  }

  /** The file that a deployment's template is written in: for one that another holds as a text, that of the other. */
  fileOf(instance: StackInstance): string {
    return writtenFile(this.store, instance);
  }

  /** Whether a file's template is deployed more often than `instances` has. */
  isCut(file: TemplateFile): boolean {
    return this.nested.isCut(file);
  }

  /**
   * What some templates deploy, and theirs: the files of it that they do not name themselves, and what cannot be read.
   * Files that are read for it are added to the store.
   */
  deployedWith(files: readonly TemplateFile[]): {
    readonly files: readonly TemplateFile[];
    readonly unseen: readonly UnseenTemplate[];
  } {
    const deployed = this.nested.deployedWith(files);
    const missing = deployed.missing.map(
      (one): UnseenTemplate => ({
        node: this.nodeAt(one.instance, one.logicalId, one.at),
        at: one.at,
        when: one.when,
        reference: one.reference,
        why: one.why,
        isPart: false,
      }),
    );
    const parts = [...files, ...deployed.files]
      .filter((file) => file.mentions.nestedStack)
      .flatMap((file) => this.instances(file).slice(0, 1))
      .flatMap((instance) =>
        unseenParts(instance).map(
          (part): UnseenTemplate => ({
            ...part,
            node: this.nodeAt(instance, part.logicalId ?? '', part.at),
            when: Scenario.always,
          }),
        ),
      );
    return { files: deployed.files, unseen: [...missing, ...parts] };
  }

  private nodeAt(instance: StackInstance, logicalId: string, cursor: Cursor): ResourceNode {
    return (
      this.resource(instance, logicalId) ?? {
        instance,
        logicalId,
        type: '',
        cursor,
        views: [],
        name: logicalId,
      }
    );
  }

  /** The resources of an instance whose type passes, of those that references can lead into; type by type. */
  resources(instance: StackInstance, wanted: (type: string) => boolean): ResourceNode[] {
    const nodes: ResourceNode[] = [];
    for (const [type, logicalIds] of instance.template.followed) {
      if (followedProperties(type) === undefined || !wanted(type)) continue;
      for (const logicalId of logicalIds) nodes.push(this.node(instance, logicalId, type));
    }
    return nodes;
  }

  /** A resource by its logical id; undefined when the template does not declare it. */
  resource(instance: StackInstance, logicalId: string): ResourceNode | undefined {
    const resource = own(instance.template.section('Resources'), logicalId);
    if (resource === undefined) return undefined;
    const type = own(resource, 'Type');
    return this.node(instance, logicalId, typeof type === 'string' ? type : '');
  }

  /** The same object each time, so that what is found out about a resource can be kept by it. */
  private node(instance: StackInstance, logicalId: string, type: string): ResourceNode {
    let nodes = this.nodes.get(instance);
    if (nodes === undefined) {
      nodes = new Map();
      this.nodes.set(instance, nodes);
    }
    let node = nodes.get(logicalId);
    if (node === undefined) {
      const { input } = instance.template;
      node = {
        instance,
        logicalId,
        name: input.labelOf?.(logicalId) ?? input.nameOf(logicalId),
        type,
        cursor: cursorAt(instance, 'Resources', logicalId),
        views: [],
      };
      nodes.set(logicalId, node);
    }
    return node;
  }

  /**
   * Resources of a type by a name property, over all templates.
   * @param accountRegion where the resource must be, as far as that is known
   */
  byName(
    type: string,
    property: string,
    name: TextValue,
    from: StackInstance,
    when: Scenario,
    accountRegion: AccountRegion,
  ): NameAnswer[] {
    const index = this.index(`${type} ${property}`, () =>
      this.namedResources(type, property, (file) => mayDeclare(file, type), []),
    );
    return index.find(name, from, when, accountRegion);
  }

  // --- Links ----------------------------------------------------------------------------------------------------

  nestedStack(
    instance: StackInstance,
    logicalId: string,
    when: Scenario,
    section?: NestingSection,
  ): readonly NestedStack[] {
    this.questions?.leave();
    return this.nested.children(instance, logicalId, when, section);
  }

  imports(expression: NameExpression): readonly Import[] {
    const look = (names: readonly Alternative[]): Import[] =>
      names.map((name) => ({
        name,
        targets:
          name.value.kind === 'text'
            ? this.importValue(name.value, expression.at.instance, name.when)
            : undefined,
      }));
    return this.questions?.ask(expression, look) ?? look(expression.evaluate());
  }

  /**
   * Whether the names that another graph of the same templates found exports by lead to the same ones here.
   * @param isSame whether a value that a name is made of is the same here
   */
  importsLike(other: ResourceGraph, isSame: (read: Read) => boolean): boolean {
    const { questions } = this;
    if (questions === undefined || other.questions === undefined) return false;
    if ([...other.questions.reads()].every(isSame)) return true;
    for (const { file: name, instance: id, path, raw, answer } of other.questions.all()) {
      const file = this.store.get(name);
      const instance = file && this.instances(file).find((so) => so.id === id);
      if (instance === undefined) return false;
      const at = cursorAt(instance, ...path).holding(raw);
      const when = Scenario.always;
      this.evaluator.startQuestion();
      try {
        const expression = { at, when, evaluate: () => this.evaluator.evaluate(at, when) };
        if (questions.answerOf(expression, this.imports(expression)) !== answer) return false;
      } catch (error) {
        if (error instanceof PastLimit) return false;
        throw error;
      }
    }
    return true;
  }

  private importValue(name: TextValue, from: StackInstance, when: Scenario): readonly LinkTarget[] {
    if (this.nested.isLooking) return tooEarly(when);
    const answers = this.index(
      'exports',
      () => this.exports(),
      (evaluate) => this.questions?.exportName(evaluate) ?? evaluate(),
    ).find(name, from, when, from);
    const targets = targetsOf(answers, 'export', name, 'the export is declared here');
    // The export of a name is the only one in its account and region: nobody else makes it.
    return targets.map((target, index) => {
      const answer = answers[index];
      const entry = answer?.kind === 'absent' ? answer.entries[0] : undefined;
      if (entry === undefined || target.found) return target;
      const { instance, name: written } = entry;
      const reason = `the export ${displayText(name)} is not made`;
      return {
        ...target,
        reason,
        absent: { message: `${reason} in every scenario`, instance, path: written.path },
      };
    });
  }

  ssmParameter(name: TextValue, from: StackInstance, when: Scenario): readonly LinkTarget[] {
    this.questions?.leave();
    if (this.nested.isLooking) return tooEarly(when);
    const index = this.index('ssm', () =>
      this.namedResources('AWS::SSM::Parameter', 'Name', (file) => file.mentions.ssmParameter, [
        'Properties',
        'Value',
      ]),
    );
    return targetsOf(
      index.find(name, from, when, from),
      'SSM parameter',
      name,
      'the SSM parameter is written here',
    );
  }

  crossRegionExport(name: string, from: StackInstance, when: Scenario): readonly LinkTarget[] {
    this.questions?.leave();
    return this.nested.isLooking ? tooEarly(when) : this.stacks.crossRegionExport(name, from, when);
  }

  stackOutput(reference: OutputReference, from: StackInstance, when: Scenario): readonly LinkTarget[] {
    this.questions?.leave();
    return this.nested.isLooking ? tooEarly(when) : this.stacks.stackOutput(reference, from, when);
  }

  // --- indexes --------------------------------------------------------------------------------------------------

  /** @param around what each name is evaluated in */
  private index(
    key: string,
    entries: () => Iterable<NamedEntry>,
    around = (evaluate: () => Alternative[]): Alternative[] => evaluate(),
  ): NameIndex {
    let index = this.indexes.get(key);
    if (index === undefined) {
      index = new NameIndex(this.evaluator, around);
      this.indexes.set(key, index);
      index.fill(entries());
    }
    return index;
  }

  private *allInstances(wanted: (file: TemplateFile) => boolean): Iterable<StackInstance> {
    for (const file of [...this.store.all()]) {
      if (wanted(file)) yield* this.instances(file);
    }
  }

  private *exports(): Iterable<NamedEntry> {
    for (const instance of this.allInstances((file) => file.mentions.export)) {
      for (const output of Object.keys(instance.template.section('Outputs'))) {
        const cursor = cursorAt(instance, 'Outputs', output);
        const name = cursor.at('Export', 'Name');
        if (!name.exists) continue;
        yield {
          instance,
          name,
          target: cursor.child('Value'),
          existing: (when) =>
            this.evaluator.conditions
              .of(cursor, when)
              .flatMap((so) => (so.value ? this.evaluator.isDeployed(instance, so.when) : []))
              .flatMap((so) => (so.value ? [so.when] : [])),
        };
      }
    }
  }

  private *namedResources(
    type: string,
    property: string,
    wanted: (file: TemplateFile) => boolean,
    target: readonly string[],
  ): Iterable<NamedEntry> {
    for (const instance of this.allInstances(wanted)) {
      for (const node of this.resources(instance, (candidate) => candidate === type)) {
        const name = node.cursor.at('Properties', property);
        if (!name.exists) continue;
        yield {
          instance,
          name,
          target: node.cursor.at(...target),
          accountRegion: instance.template.input.accountRegionOf?.(node.logicalId) ?? instance,
          existing: (when) =>
            this.evaluator
              .exists(instance, node.logicalId, when)
              .flatMap((so) => (so.value ? [so.when] : [])),
        };
      }
    }
  }
}

/** The answer to a reference out of a stack while it is being found out which stacks there are. */
function tooEarly(when: Scenario): readonly LinkTarget[] {
  return [{ found: false, reason: 'it leads out of the stacks whose templates it helps to find', when }];
}

function targetsOf(
  answers: readonly NameAnswer[],
  what: string,
  name: TextValue,
  message: string,
): LinkTarget[] {
  return answers.map((answer) => targetOf(answer, `the ${what} ${displayText(name)}`, message));
}

/** @param called what the name is the name of, with the name */
function targetOf(answer: NameAnswer, called: string, message: string): LinkTarget {
  const { when } = answer;
  const lost = (reason: string): LinkTarget => ({ found: false, reason, when });
  switch (answer.kind) {
    case 'none':
      return lost(`no template in view has ${called}`);
    case 'elsewhere':
      return lost(`only templates of another account or region have ${called}`);
    case 'ambiguous':
      return {
        found: false,
        reason: `${called} can be one of several, in ${filesOf(answer.entries)}`,
        when,
        ...(answer.entries.length <= MAX_CANDIDATES && {
          candidates: answer.entries.map(({ target }) => target),
        }),
      };
    case 'absent':
      return lost(`no template in view has ${called} in every scenario`);
    case 'found': {
      const { instance, target } = answer.entry;
      return { found: true, cursor: target, when, hops: [{ message, instance, path: target.path }] };
    }
  }
}

/** Whether a file's text leaves room for a resource of the type. */
function mayDeclare(file: TemplateFile, type: string): boolean {
  if (type.startsWith('AWS::BedrockAgentCore::')) return file.mentions.agentCore;
  if (type.startsWith('AWS::IAM::')) return file.mentions.iam;
  return true;
}
