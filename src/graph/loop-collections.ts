import type { Evaluator } from '../evaluate/evaluator.js';
import { PastLimit } from '../evaluate/limits.js';
import { Scenario } from '../evaluate/scenario.js';
import { type Cursor, cursorAt, type StackInstance } from '../evaluate/stack-instance.js';
import { type Alternative, knownText, type ListValue } from '../evaluate/value.js';
import type { Collection, ReadCollection } from '../template/loops.js';

/**
 * Reads what the loops of a template go over, in one deployment of it: whatever functions, mappings and parameters make
 * the list. An item that is in some of the possible lists only is there in some scenarios only. A list parameter that
 * nobody set goes over its default, and over what else its `AllowedValues` let be in it.
 * @param draft the deployment, with its loops as they are written
 */
export function collectionsOf(evaluator: Evaluator, draft: StackInstance): ReadCollection {
  return (expression, path) => {
    const at = cursorAt(draft, ...path).holding(expression);
    try {
      return evaluator.apart(() => readCollection(evaluator, at));
    } catch (error) {
      if (error instanceof PastLimit) return undefined;
      throw error;
    }
  };
}

/** The items of one possible list, and those that it can have beside them. */
interface Items {
  readonly certain: readonly string[];
  readonly possible: readonly string[];
}

function readCollection(evaluator: Evaluator, at: Cursor): Collection | undefined {
  const lists = evaluator.evaluate(at, Scenario.always).flatMap((so) => listsOf(evaluator, so));
  if (lists.length === 0 || lists.some((items) => items === undefined)) return undefined;
  const known = lists as Items[];
  const all = new Set(known.flatMap(({ certain, possible }) => [...certain, ...possible]));
  return {
    items: [...all].map((text) => ({ text, always: known.every(({ certain }) => certain.includes(text)) })),
  };
}

function listsOf(evaluator: Evaluator, list: Alternative): (Items | undefined)[] {
  const { value } = list;
  if (value.kind === 'absent') return [{ certain: [], possible: [] }];
  if (value.kind !== 'list') return [undefined];
  if (value.derived !== undefined) return [ofParameters(value.derived)];
  let lists: (Items | undefined)[] = [{ certain: [], possible: [] }];
  for (const item of value.items) {
    const items = evaluator.evaluateItem(item, list.at, list.when).flatMap((so): (Items | undefined)[] => {
      const text = knownText(so.value);
      return text === undefined ? listsOf(evaluator, so) : [{ certain: [text], possible: [] }];
    });
    lists = lists.flatMap((before) => items.map((next) => joined(before, next)));
    evaluator.spend(lists.length);
  }
  return lists;
}

function joined(a: Items | undefined, b: Items | undefined): Items | undefined {
  if (a === undefined || b === undefined) return undefined;
  return { certain: [...a.certain, ...b.certain], possible: [...a.possible, ...b.possible] };
}

/** A list that functions make of parameters: by their defaults, and of what their items may be. */
function ofParameters({ from, read }: NonNullable<ListValue['derived']>): Items | undefined {
  const certain = read((variable) => variable.default);
  const [variable] = from;
  const allowed = from.length === 1 ? variable?.items : undefined;
  if (certain === undefined && allowed === undefined) return undefined;
  const possible = (allowed ?? []).flatMap((item) => read(() => item) ?? []);
  return { certain: certain ?? [], possible };
}
