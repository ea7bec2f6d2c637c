import { type Domain, declarationKey, domains, textOf } from './parameters.js';
import { type Account, Stack } from './stack.js';
import {
  Absent,
  Ambiguous,
  Circular,
  entry,
  isUnknown,
  NO_VALUE,
  NotYet,
  type Plain,
  Refused,
  section,
  type TemplateFile,
  Undecided,
  unknownText,
  type Value,
} from './values.js';

/** A value for every variable of some templates, by the variable's name. */
export type Assignment = ReadonlyMap<string, string>;

const REGION = 'AWS::Region';
const PARTITION = 'AWS::Partition';

/** Deployments in more ways than this are not gone through: they would only repeat what smaller ones show. */
export const MAX_WAYS = 500;

const settled = new WeakMap<readonly TemplateFile[], Deployment>();

/**
 * How templates are deployed. One that others could only nest, and none ever does, is there to be deployed by hand: it is
 * a stack of its own like those that none nests. Where there are more than `MAX_WAYS`, nobody looks for such templates.
 */
export function deploymentOf(files: readonly TemplateFile[]): Deployment {
  let deployment = settled.get(files);
  if (deployment === undefined) {
    deployment = new Deployment(files, outermost(files, files));
    for (let left = deployment.neverNested(); left.length > 0; left = deployment.neverNested())
      deployment = new Deployment(files, [...deployment.roots, ...left]);
    settled.set(files, deployment);
  }
  return deployment;
}

/** Those of some templates that none of some others can nest. */
function outermost(files: readonly TemplateFile[], others: readonly TemplateFile[]): TemplateFile[] {
  return files.filter((file) => !others.some((outer) => outer !== file && nests(outer, file.name)));
}

/** The templates of a run: which are deployed by themselves, and in which ways. */
export class Deployment {
  readonly variables: readonly Domain[];
  /** Whether some way to deploy it goes round in a circle. */
  isCircular = false;
  private all: readonly Assignment[] | undefined;
  private written: ReadonlySet<string> | undefined;
  private exports: ReadonlyMap<string, ReadonlySet<TemplateFile>> | undefined;
  private readonly deployed = new Map<Assignment, Deployed>();

  /** @param roots the templates that are deployed by themselves */
  constructor(
    readonly files: readonly TemplateFile[],
    readonly roots: readonly TemplateFile[],
  ) {
    this.variables = [...domains(this.roots, files), ...regions(files)];
  }

  /** How many ways to deploy there are to look at. */
  get size(): number {
    return this.variables.reduce((size, { values }) => size * values.length, 1);
  }

  assignments(): readonly Assignment[] {
    this.all ??= this.variables.reduce<Map<string, string>[]>(
      (before, { key, values }) => before.flatMap((so) => values.map((value) => new Map(so).set(key, value))),
      [new Map()],
    );
    return this.all;
  }

  deploy(assignment: Assignment): Deployed {
    const deployed = this.deployed.get(assignment) ?? new Deployed(this, assignment);
    this.deployed.set(assignment, deployed);
    return deployed;
  }

  /** The outermost of the templates that no stack nests, whatever the assignment. */
  neverNested(): readonly TemplateFile[] {
    if (this.size > MAX_WAYS) return [];
    const rest = this.files.filter((file) => !this.roots.includes(file));
    const never = new Set(rest);
    for (const assignment of rest.length === 0 ? [] : this.assignments()) {
      for (const file of this.deploy(assignment).nested()) never.delete(file);
    }
    return outermost([...never], [...never]);
  }

  /** A template and all that it, and they, can nest. */
  within(file: TemplateFile): ReadonlySet<TemplateFile> {
    const found = new Set([file]);
    // A set that grows while it is gone through: what was added is gone through, too.
    for (const outer of found) for (const inner of this.files) if (nests(outer, inner.name)) found.add(inner);
    return found;
  }

  /** Whether some template in view has an export of a name, be it one that is never made. */
  isWritten(name: string): boolean {
    this.written ??= new Set([
      ...this.files.flatMap(({ template }) =>
        Object.values(section(template, 'Outputs')).flatMap((output) => textsIn(exportName(output) ?? null)),
      ),
      ...this.assignments().flatMap((assignment) => this.deploy(assignment).writtenExports()),
    ]);
    return this.written.has(name);
  }

  /** The templates whose exports bear a name in some way to deploy, whatever their conditions. */
  everExporting(name: string): ReadonlySet<TemplateFile> {
    if (this.exports === undefined) {
      const exports = new Map<string, Set<TemplateFile>>();
      for (const assignment of this.assignments()) {
        for (const [exported, file] of this.deploy(assignment).exportNames())
          exports.set(exported, (exports.get(exported) ?? new Set()).add(file));
      }
      this.exports = exports;
    }
    return this.exports.get(name) ?? new Set();
  }
}

/** Which regions are worth a try: those that are told apart, and one more. */
function regions(files: readonly TemplateFile[]): Domain[] {
  const text = JSON.stringify(files.map(({ template }) => template));
  if (!text.includes(REGION) && !text.includes(PARTITION)) return [];
  const named = ['eu-central-1', 'us-east-1', 'cn-north-1'].filter((region) => text.includes(`"${region}`));
  const china = text.includes('aws-cn') ? ['cn-north-1', 'cn-northwest-1'] : [];
  return [{ name: REGION, key: REGION, values: [...new Set([...named, ...china, 'ap-southeast-2'])] }];
}

function nests(outer: TemplateFile, name: string): boolean {
  return Object.values(section(outer.template, 'Resources')).some(
    (resource) =>
      entry(resource, 'Type') === 'AWS::CloudFormation::Stack' &&
      JSON.stringify(entry(entry(resource, 'Properties'), 'TemplateURL') ?? '').includes(name),
  );
}

/** A resource that is made. */
export interface Made {
  readonly stack: Stack;
  readonly logicalId: string;
}

/** Stands around the number of the resource that an ARN or an id is of: two may bear the same name. */
const MARK = '\u0002';

/** Of several things of one name those nearest to a stack: its own, its template's, those deployed together with it. */
function nearest<Thing extends { readonly stack: Stack }>(things: readonly Thing[], from: Stack): Thing[] {
  for (const isNear of [
    (stack: Stack) => stack === from,
    (stack: Stack) => stack.file === from.file,
    (stack: Stack) => stack.root === from.root,
    () => true,
  ]) {
    const near = things.filter(({ stack }) => isNear(stack));
    if (near.length > 0) return near;
  }
  return [];
}

/** What an output is exported as, as it is written. */
function exportName(output: Plain): Plain | undefined {
  return entry(entry(output, 'Export'), 'Name');
}

/** All texts in a value. */
function textsIn(value: Plain): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What names something; undefined where CloudFormation refuses to evaluate it. */
function nameIn(stack: Stack, name: Plain): string | undefined {
  try {
    return textOf(stack.evaluate(name) as Plain);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

/** All templates of a run deployed in one way. */
export class Deployed implements Account {
  readonly pseudo: ReadonlyMap<string, string>;
  /** The stacks of each template that is deployed by itself; none where CloudFormation refuses it. */
  readonly byRoot = new Map<TemplateFile, readonly Stack[]>();
  private complete = false;
  private readonly marked: Made[] = [];

  constructor(
    private readonly deployment: Deployment,
    private readonly assignment: Assignment,
  ) {
    const region = assignment.get(REGION) ?? 'eu-central-1';
    this.pseudo = new Map([
      [REGION, region],
      [PARTITION, region.startsWith('cn-') ? 'aws-cn' : 'aws'],
      ['AWS::AccountId', '111122223333'],
      ['AWS::URLSuffix', region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'],
    ]);
    // One stack may need what another one gives: as long as something gets on, those that wait are tried again.
    let open = [...deployment.roots];
    for (;;) {
      const waiting = open.filter((root) => !this.add(root));
      if (waiting.length === 0) break;
      if (waiting.length === open.length) this.complete = true;
      open = waiting;
    }
    this.complete = true;
  }

  /** Deploys a template; false when it has to wait for another. */
  private add(root: TemplateFile): boolean {
    try {
      this.byRoot.set(root, this.stacksOf(root));
      return true;
    } catch (error) {
      if (error instanceof NotYet) return false;
      throw error;
    }
  }

  private get all(): Stack[] {
    return [...this.byRoot.values()].flat();
  }

  private givenTo(root: TemplateFile): Map<string, string> {
    const given = new Map<string, string>();
    for (const [name, declaration] of Object.entries(section(root.template, 'Parameters'))) {
      const value = this.assignment.get(declarationKey(name, declaration));
      if (value !== undefined) given.set(name, value);
    }
    return given;
  }

  private stacksOf(root: TemplateFile): Stack[] {
    try {
      const stacks = [new Stack(this, root, root.name, this.givenTo(root))];
      for (const stack of stacks) stacks.push(...stack.children());
      return stacks;
    } catch (error) {
      if (error instanceof Circular) this.deployment.isCircular = true;
      if (error instanceof Refused) return [];
      throw error;
    }
  }

  /** The templates that are nested, whether a condition holds or not, and whether CloudFormation takes the values or not. */
  nested(): ReadonlySet<TemplateFile> {
    return this.asIfMade().nested;
  }

  /** The names of the exports in all stacks, be they made or not. */
  writtenExports(): string[] {
    return this.asIfMade()
      .stacks.flatMap((stack) =>
        Object.values(stack.outputs()).map((output) => {
          const name = exportName(output);
          return name === undefined ? undefined : nameIn(stack, name);
        }),
      )
      .filter((name) => name !== undefined);
  }

  /**
   * All stacks, be they made or not, and the templates that are nested. Of one that cannot be followed these are all that
   * it can nest.
   */
  private asIfMade(): { readonly stacks: readonly Stack[]; readonly nested: ReadonlySet<TemplateFile> } {
    const stacks: Stack[] = [];
    const nested = new Set<TemplateFile>();
    const addNestedIn = (file: TemplateFile, make: () => Stack): void => {
      try {
        const stack = make();
        stacks.push(stack);
        for (const logicalId of stack.nestings()) {
          const inner = stack.nestedFile(logicalId);
          if (inner === undefined) continue;
          nested.add(inner);
          addNestedIn(inner, () => stack.childAsIfMade(logicalId));
        }
      } catch {
        for (const inner of this.deployment.within(file)) nested.add(inner);
      }
    };
    for (const root of this.deployment.roots)
      addNestedIn(root, () => new Stack(this, root, root.name, this.givenTo(root), false));
    return { stacks, nested };
  }

  file(url: string): TemplateFile | undefined {
    return this.deployment.files.find(({ name }) => url === name || url === `./${name}`);
  }

  exported(name: string, from: Stack): Value {
    let isOpen = false;
    const bearers = this.all.flatMap((stack) =>
      Object.values(stack.outputs()).flatMap((output) => {
        const own = exportName(output);
        if (own === undefined || !stack.isMade(output)) return [];
        const exported = nameIn(stack, own);
        isOpen ||= exported === undefined;
        return exported === name ? [{ stack, value: entry(output, 'Value') ?? null }] : [];
      }),
    );
    const near = nearest(bearers, from);
    const [only, ...others] = near;
    if (only !== undefined) {
      // Another one may be missing because CloudFormation refused it.
      if (bearers.length === 1 && this.isAnyRefused && this.deployment.everExporting(name).size > 1)
        throw new Undecided();
      if (others.length === 0) return only.stack.evaluate(only.value);
      this.requireAll();
      throw new Ambiguous(
        near.map(
          ({ stack, value }) =>
            () =>
              stack.evaluate(value),
        ),
      );
    }
    this.requireAll();
    if (isOpen) throw new Undecided();
    if (this.deployment.everExporting(name).size > 0) throw new Absent(`the export ${name}`);
    // Whether it is missed or belongs to somebody else, nobody can say of an export that is never made.
    if (this.deployment.isWritten(name)) throw new Undecided();
    return unknownText(`the export ${name}`);
  }

  /** The names that exports bear in this deployment, those with them that are not made. */
  exportNames(): [string, TemplateFile][] {
    return this.all.flatMap((stack) =>
      Object.values(stack.outputs())
        .map(exportName)
        .map((name): [string, TemplateFile] => [
          (name === undefined ? undefined : nameIn(stack, name)) ?? '',
          stack.file,
        ]),
    );
  }

  /** Nothing is missing because CloudFormation refused it. */
  private requireAll(): void {
    if (!this.complete) throw new NotYet();
    if (this.isAnyRefused) throw new Undecided();
  }

  private get isAnyRefused(): boolean {
    return [...this.byRoot.values()].some((stacks) => stacks.length === 0);
  }

  parameterStore(name: string, from: Stack): Value {
    const written = this.resources('AWS::SSM::Parameter')
      .filter(({ stack, logicalId }) => stack.property(logicalId, 'Name') === name)
      .map(({ stack, logicalId }) => ({ stack, value: () => stack.property(logicalId, 'Value') }));
    const near = nearest(written, from);
    if (near.length > 1) throw new Ambiguous(near.map(({ value }) => value));
    if (near[0] !== undefined) return near[0].value();
    this.requireAll();
    return unknownText(`the SSM parameter ${name}`);
  }

  /** The resources of a type that a text can name, by a name of their own or what else is the same for them. */
  named(type: string, is: (resource: Made) => boolean, from: Stack): readonly Made[] {
    const near = nearest(this.resources(type).filter(is), from);
    if (near.length === 0) this.requireAll();
    return near;
  }

  mark(stack: Stack, logicalId: string): string {
    return `${MARK}${this.marked.push({ stack, logicalId }) - 1}${MARK}`;
  }

  /** A text without its mark, and the resource that it was put on for. */
  unmarked(text: string): { readonly text: string; readonly owner: Made | undefined } {
    const [before = '', index, after = ''] = text.split(MARK);
    return { text: before + after, owner: index === undefined ? undefined : this.marked[Number(index)] };
  }

  private resources(type: string): Made[] {
    return this.all.flatMap((stack) =>
      Object.entries(stack.resources())
        .filter(([, resource]) => entry(resource, 'Type') === type && stack.isMade(resource))
        .map(([logicalId]) => ({ stack, logicalId })),
    );
  }
}

/** Whether a value is there and known. */
export function isKnown(value: Value): value is string {
  return value !== NO_VALUE && typeof value === 'string' && !isUnknown(value);
}
