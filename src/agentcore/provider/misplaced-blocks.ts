import type { Scenario } from '../../evaluate/scenario.js';
import type { Cursor } from '../../evaluate/stack-instance.js';
import type { Alternative } from '../../evaluate/value.js';
import { isMap } from '../../plain/map.js';
import { renaming } from '../../views/fixes.js';
import type { VendorFact } from '../facts/vendors.js';
import type { BlockProblem, BlockProblems } from './block-problems.js';
import { isExchangeConfigKey, isOnBehalfOfKey, ON_BEHALF_OF } from './on-behalf-of-names.js';

/** Finds on-behalf-of blocks outside of the place where CloudFormation reads them. */
export class MisplacedBlocks {
  constructor(
    private readonly blocks: BlockProblems,
    private readonly vendor: VendorFact,
  ) {}

  /** On-behalf-of blocks that stand where CloudFormation knows none, or under a name that it does not know. */
  find(block: Alternative | undefined, when: Scenario): BlockProblem[] {
    const own_ = block?.value.kind === 'map' && this.vendor.custom ? block.value.cursor : undefined;
    const found: BlockProblem[] = [];
    const visit = (cursor: Cursor): void => {
      if (Array.isArray(cursor.raw)) {
        cursor.raw.forEach((_, index) => {
          visit(cursor.child(index));
        });
      }
      if (!isMap(cursor.raw)) return;
      const isOwn = own_?.isAt(cursor) === true;
      for (const key of Object.keys(cursor.raw)) {
        const entry = cursor.child(key);
        if (isOwn && key === ON_BEHALF_OF) continue;
        const problem = this.judge(key, entry, isOwn, when);
        if (problem === undefined) {
          visit(entry);
          continue;
        }
        const reached = this.reachedIn(problem.problem);
        for (const so of isOwn && isOnBehalfOfKey(key) ? this.withoutOwn(cursor, reached) : reached)
          found.push(this.judge(key, entry, isOwn, so) ?? problem);
      }
    };
    visit(this.blocks.provider.cursor.child('Properties'));
    return found;
  }

  private judge(key: string, entry: Cursor, isOwn: boolean, when: Scenario): BlockProblem | undefined {
    const place: Alternative = { value: { kind: 'absent' }, when, at: entry, trace: [] };
    if (isOnBehalfOfKey(key)) {
      if (isOwn) {
        return this.blocks.problem(
          'onBehalfOf',
          'misspelled',
          place,
          { key },
          'key',
          renaming(entry, ON_BEHALF_OF),
        );
      }
      if (!this.vendor.custom) {
        return this.blocks.problem(
          'builtInVendor',
          'blockOnProvider',
          place,
          { key, vendor: this.vendor.vendor, block: this.vendor.configBlock },
          'key',
        );
      }
      return this.blocks.problem('onBehalfOf', 'misplaced', place, { key, parent: parentOf(entry) }, 'key');
    }
    if (isExchangeConfigKey(key) && this.vendor.custom) {
      return this.blocks.problem(
        'exchangeConfig',
        'misplaced',
        place,
        { key, parent: parentOf(entry) },
        'key',
      );
    }
    return undefined;
  }

  /** The scenarios in which the provider's own block has none under the right name. */
  private withoutOwn(block: Cursor, scenarios: readonly Scenario[]): Scenario[] {
    if (!Object.hasOwn(block.raw as object, ON_BEHALF_OF)) return [...scenarios];
    return scenarios.flatMap((when) =>
      this.blocks.evaluator
        .evaluate(block.child(ON_BEHALF_OF), when)
        .flatMap((own) => (own.value.kind === 'absent' ? [own.when] : [])),
    );
  }

  /** A misplaced block counts only in the scenarios in which the branches of `Fn::If` around it are taken: which these are. */
  private reachedIn(problem: BlockProblem['problem']): Scenario[] {
    const root = this.blocks.provider.cursor;
    let scenarios: Scenario[] = [problem.when];
    let cursor: Cursor = root;
    for (const step of problem.at.path.slice(root.path.length)) {
      if (step === 'Fn::If') {
        const name = cursor.at('Fn::If', 0).raw;
        const branch = problem.at.path[cursor.path.length + 1];
        scenarios = scenarios.flatMap(
          (when) =>
            this.blocks.evaluator.conditions
              .named(root.instance, name, when)
              ?.flatMap((so) => (so.value === (branch === 1) ? [so.when] : [])) ?? [when],
        );
      }
      cursor = cursor.child(step);
    }
    return scenarios
      .flatMap((when) => this.blocks.evaluator.evaluate(problem.at, when))
      .flatMap(({ value, when }) => (value.kind === 'absent' ? [] : [when]));
  }
}

/** The key that an entry stands under, outside of lists and of the branches of functions around it. */
function parentOf({ path }: Cursor): string {
  const above = path.slice(0, -1).filter((step) => typeof step === 'string' && !step.startsWith('Fn::'));
  return String(above.at(-1));
}
