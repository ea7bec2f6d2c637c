import type { StackInfo } from '../discover/types.js';
import { own } from '../plain/map.js';
import type { Path, PathStep } from '../source/types.js';
import type { Template } from '../template/template.js';

/**
 * A template as it is deployed once: on its own, as a stack of a cloud assembly, or as a nested stack of another.
 * The same template deployed twice is two instances, each with its own parameter values.
 */
export interface StackInstance {
  /** Unique in a run; the same for the same run on the same files. */
  readonly id: string;
  readonly template: Template;
  /** The nested stack that this is, in the instance that declares it; undefined for a stack of its own. */
  readonly parent:
    | {
        readonly instance: StackInstance;
        readonly logicalId: string;
        /** `Modules` for what `aws cloudformation package` puts into the template around it. */
        readonly section: 'Resources' | 'Modules';
        /** The group of a stack set's deployments that gives values of its own; undefined for all others. */
        readonly group: number | undefined;
      }
    | undefined;
  /** What is known of the deployment. */
  readonly stackName: string | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
  /** The cloud assembly that deploys it, the app's or one of its stages; undefined outside of assemblies. */
  readonly assembly: string | undefined;
  /** Parameter values given by the user or the cloud assembly, by parameter. */
  readonly parameterValues: ReadonlyMap<string, string>;
  /** What the cloud assembly says of it; nested stacks take it from their outermost stack. Undefined outside of assemblies. */
  readonly stack: StackInfo | undefined;
  /** How many stacks deep it lies; 0 for a stack of its own. */
  readonly depth: number;
}

/** A place in an instance and the plain value that stands there. */
export class Cursor {
  private constructor(
    readonly instance: StackInstance,
    readonly raw: unknown,
    private readonly parent: Cursor | undefined,
    private readonly step: PathStep,
  ) {}

  /** The whole of an instance's template. */
  static top(instance: StackInstance): Cursor {
    return new Cursor(instance, instance.template.value, undefined, '');
  }

  /** The entry under a key or 0-based index; its `raw` is undefined when there is none. */
  child(step: PathStep): Cursor {
    return new Cursor(this.instance, own(this.raw, step), this, step);
  }

  /** The same place with another value, as if that stood there. */
  holding(raw: unknown): Cursor {
    return new Cursor(this.instance, raw, this.parent, this.step);
  }

  /** The way from the top. Put together when asked for: most cursors are only read. */
  get path(): Path {
    const steps: PathStep[] = [];
    for (let at: Cursor = this; at.parent !== undefined; at = at.parent) steps.push(at.step);
    return steps.reverse();
  }

  at(...steps: PathStep[]): Cursor {
    let cursor: Cursor = this;
    for (const step of steps) cursor = cursor.child(step);
    return cursor;
  }

  get exists(): boolean {
    return this.raw !== undefined;
  }

  /** Whether the other cursor stands at the same place, whatever each holds. */
  isAt(other: Cursor): boolean {
    if (this.instance !== other.instance) return false;
    let mine: Cursor = this;
    let theirs: Cursor = other;
    while (mine !== theirs) {
      if (mine.step !== theirs.step) return false;
      if (mine.parent === undefined || theirs.parent === undefined) return mine.parent === theirs.parent;
      mine = mine.parent;
      theirs = theirs.parent;
    }
    return true;
  }

  /** Whether this place is the other or lies in what stands there. */
  isWithin(other: Cursor): boolean {
    if (this.instance !== other.instance) return false;
    for (let at: Cursor | undefined = this; at !== undefined; at = at.parent)
      if (at === other || (at.step === other.step && at.isAt(other))) return true;
    return false;
  }

  /** Names the place within a run. */
  get id(): string {
    return `${this.instance.id}#${this.path.join('/')}`;
  }
}

/** A cursor at a place of an instance's template. */
export function cursorAt(instance: StackInstance, ...path: PathStep[]): Cursor {
  return Cursor.top(instance).at(...path);
}
