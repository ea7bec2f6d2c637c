import { intrinsicCall } from '../template/intrinsics.js';
import type { Scenario } from './scenario.js';
import type { Cursor } from './stack-instance.js';
import {
  type Alternative,
  NO_TRACE,
  type Part,
  symbolText,
  type TextSymbol,
  unknown,
  type Value,
} from './value.js';

/** The answer that an expression has one value in all of a scenario. */
export function answer(value: Value, when: Scenario, at: Cursor): Alternative[] {
  return [{ value, when, at, trace: NO_TRACE }];
}

/**
 * The answer that nobody can see what an expression gives. The same expression in the same instance is the same text.
 * @param reason what stopped the search, as a clause
 */
export function opaque(at: Cursor, when: Scenario, reason: string): Alternative[] {
  const id = `opaque ${at.instance.id} ${written(at.raw)}`;
  const call = intrinsicCall(at.raw);
  const name = typeof call?.argument === 'string' && call.name === 'Ref' ? call.argument : call?.name;
  const symbol: TextSymbol = { kind: 'opaque', id, reason, ...(name !== undefined && { name }) };
  return answer(symbolText(symbol), when, at);
}

/** The answer to a function with arguments that it does not take. */
export function malformed(at: Cursor, when: Scenario, name: string): Alternative[] {
  return answer(unknown(`the arguments of ${name} are not what it takes`), when, at);
}

/** What an alternative is as a stretch of a text that the expression at `at` puts together. */
export function partsOf(alternative: Alternative, at: Cursor): readonly Part[] {
  const { value } = alternative;
  if (value.kind === 'text') return value.parts;
  const reason = value.kind === 'unknown' ? value.reason : 'a list or map stands where a text belongs';
  return [{ kind: 'opaque', id: `opaque ${at.id} ${alternative.at.id}`, reason }];
}

const texts = new WeakMap<object, string>();

/** An expression as text, made once for each: it may be large, and is asked for in every scenario. */
export function written(raw: unknown): string {
  // A text may be long: put behind a quote it is told from all else without a copy.
  if (typeof raw === 'string') return `"${raw}`;
  if (typeof raw !== 'object' || raw === null) return String(raw);
  let text = texts.get(raw);
  if (text === undefined) {
    text = JSON.stringify(raw);
    texts.set(raw, text);
  }
  return text;
}
