import type { Import, NameExpression } from '../evaluate/links.js';
import { WatchedValues } from '../evaluate/watched-values.js';
import type { Path } from '../source/types.js';

/** A given value of a parameter that was asked for: of a file, nested or not; all of them for undefined. */
export type Read = readonly [file: string, nested: boolean, parameter: string | undefined];

/** Which export the name at a place is that of, whatever the name is. */
export interface ImportQuestion {
  readonly file: string;
  /** The id of the instance. */
  readonly instance: string;
  readonly path: Path;
  readonly raw: unknown;
  /** The id of what the export gives. */
  readonly answer: string;
}

/**
 * Keeps values of parameters apart that nothing was done with but to find an export by its name. Stages name their exports
 * by such a value: each stage finds its own, and what is found out about one holds for the other as long as the same names
 * lead to the same exports. A name that does not lead to one export and always is told in messages, so that what it is made
 * of counts like any other value.
 */
export class ImportQuestions {
  private readonly asked = new Map<string, ImportQuestion>();
  /** What is collected while a name is evaluated. */
  private collected: Read[] | undefined;
  private readonly ofImports: Read[] = [];
  /** What the names of exports are made of; undefined as soon as it counts. */
  private ofExports: Read[] | undefined = [];

  /** @param tell is told the values that count */
  constructor(private readonly tell: (...read: Read) => void) {}

  all(): Iterable<ImportQuestion> {
    return this.asked.values();
  }

  /** What the names are made of that lead to one export and always, and those of the exports. */
  *reads(): Iterable<Read> {
    yield* this.ofImports;
    yield* this.ofExports ?? [];
  }

  /** Values for a file of which each that is asked for is told, or collected. */
  watch(values: ReadonlyMap<string, string>, file: string, nested: boolean): ReadonlyMap<string, string> {
    return new WatchedValues(values, (name) => {
      const read = [file, nested, name] as const;
      if (this.collected === undefined) this.tell(...read);
      else this.collected.push(read);
    });
  }

  /** To be called before a link is followed: what is found out on the way may be kept, and asked for no more. */
  leave(): void {
    const { collected } = this;
    this.collected = undefined;
    this.count(collected);
  }

  /** Evaluates the name of an export, for the index of them. */
  exportName<Name>(evaluate: () => Name): Name {
    const { value, reads } = this.collect(evaluate);
    if (this.ofExports === undefined) this.count(reads);
    else this.ofExports.push(...reads);
    return value;
  }

  /** Finds what a name in an import leads to. */
  ask(
    expression: NameExpression,
    look: (names: ReturnType<NameExpression['evaluate']>) => readonly Import[],
  ): readonly Import[] {
    if (this.collected !== undefined) {
      this.leave();
      return look(expression.evaluate());
    }
    const { value: names, reads } = this.collect(() => expression.evaluate());
    const found = look(names);
    const answer = this.answerOf(expression, found);
    if (answer === undefined) {
      this.count(reads);
      this.count(this.ofExports);
      this.ofExports = undefined;
    } else this.keep(expression, answer, reads);
    return found;
  }

  private keep({ at }: NameExpression, answer: string, reads: readonly Read[]): void {
    const { instance, raw } = at;
    const key = JSON.stringify([instance.id, raw]);
    if (this.asked.has(key)) return;
    this.ofImports.push(...reads);
    this.asked.set(key, { file: instance.template.file, instance: instance.id, path: at.path, raw, answer });
  }

  private collect<Value>(evaluate: () => Value): { readonly value: Value; readonly reads: readonly Read[] } {
    const reads: Read[] = [];
    const around = this.collected;
    this.collected = reads;
    try {
      const value = evaluate();
      // Those before a link that was followed count already.
      return { value, reads: this.collected === reads ? reads : [] };
    } catch (error) {
      if (this.collected === reads) this.count(reads);
      throw error;
    } finally {
      this.collected = around;
    }
  }

  private count(reads: readonly Read[] | undefined): void {
    for (const read of reads ?? []) this.tell(...read);
  }

  /** The id of what an import gives, if its name leads there always; undefined for any other. */
  answerOf({ when }: NameExpression, found: readonly Import[]): string | undefined {
    const [only, ...others] = found;
    const [target, ...more] = only?.targets ?? [];
    const isAlways = (scenario: NameExpression['when'] | undefined): boolean =>
      scenario?.constraints.size === 0;
    return target?.found === true &&
      others.length === 0 &&
      more.length === 0 &&
      [when, only?.name.when, target.when].every(isAlways)
      ? target.cursor.id
      : undefined;
  }
}
