import type { Evaluation } from './evaluation.js';
import type { Scenario } from './scenario.js';
import { Cursor } from './stack-instance.js';
import type { Alternative, MapValue, Part, TextValue, Value } from './value.js';

/** A value as a stretch of JSON in one scenario; no parts for one that is left out. */
export interface JsonText {
  readonly parts: readonly Part[] | undefined;
  readonly when: Scenario;
}

/**
 * What an expression is as JSON, in the way of `Fn::ToJsonString`: without spaces, what is `AWS::NoValue` left out,
 * and in texts the stretches that are not known yet.
 * Source: the CloudFormation user guide, Fn::ToJsonString.
 * @throws PastLimit when it has more forms than are looked at
 */
export function jsonTexts(evaluation: Evaluation, expression: Cursor, when: Scenario): JsonText[] {
  return evaluation
    .evaluate(expression, when)
    .flatMap((so) => within(evaluation, expression, so, () => textsOf(evaluation, so, expression)));
}

/** What stands in a value, which by references can lead back to an expression that the value stands in. */
function within(
  evaluation: Evaluation,
  expression: Cursor | Value,
  { value, when }: Alternative,
  texts: () => JsonText[],
): JsonText[] {
  if (!(expression instanceof Cursor) || (value.kind !== 'list' && value.kind !== 'map')) return texts();
  return evaluation.step('reference', expression, texts, () => {
    const reason = 'what stands in it leads back to itself or lies too deep';
    return [{ parts: [{ kind: 'opaque', id: `json ${expression.id}`, reason }], when }];
  });
}

function textsOf(evaluation: Evaluation, alternative: Alternative, at: Cursor): JsonText[] {
  const { value, when } = alternative;
  switch (value.kind) {
    case 'absent':
      return [{ parts: undefined, when }];
    case 'null':
      return [{ parts: ['null'], when }];
    case 'text':
      return [{ parts: scalar(value), when }];
    case 'list': {
      const items = value.items.map((item) => (so: Scenario) => itemTexts(evaluation, item, at, so));
      return enclosed(evaluation, '[', items, ']', when);
    }
    case 'map':
      if (value.open) return [{ parts: [openPart(at, value)], when }];
      return enclosed(evaluation, '{', entriesOf(evaluation, value), '}', when);
    case 'unknown':
      return [{ parts: [{ kind: 'opaque', id: `json ${at.id}`, reason: value.reason }], when }];
  }
}

function itemTexts(evaluation: Evaluation, item: Cursor | Value, at: Cursor, when: Scenario): JsonText[] {
  return evaluation
    .evaluateItem(item, at, when)
    .flatMap((so) => within(evaluation, item, so, () => textsOf(evaluation, so, at)));
}

function entriesOf(evaluation: Evaluation, { cursor }: MapValue): ((when: Scenario) => JsonText[])[] {
  return Object.keys(cursor.raw as object).map(
    (key) => (when: Scenario) =>
      jsonTexts(evaluation, cursor.child(key), when).map((so) => ({
        ...so,
        parts: so.parts === undefined ? undefined : [`${JSON.stringify(key)}:`, ...so.parts],
      })),
  );
}

/** The members of a list or a map, one after the other in each scenario that they hold in together. */
function enclosed(
  evaluation: Evaluation,
  opening: string,
  members: readonly ((when: Scenario) => JsonText[])[],
  closing: string,
  when: Scenario,
): JsonText[] {
  let partial: { readonly parts: readonly Part[]; readonly when: Scenario }[] = [{ parts: [], when }];
  for (const member of members) {
    partial = partial.flatMap((before) =>
      member(before.when).map((so) => ({
        parts: so.parts === undefined ? before.parts : separated(before.parts, so.parts),
        when: so.when,
      })),
    );
    evaluation.spend(partial.length);
  }
  return partial.map((so) => ({ ...so, parts: [opening, ...so.parts, closing] }));
}

function separated(before: readonly Part[], next: readonly Part[]): readonly Part[] {
  return before.length === 0 ? next : [...before, ',', ...next];
}

function scalar({ parts, scalar: kind }: TextValue): readonly Part[] {
  if (kind !== 'string') return parts;
  const escaped = parts.map((part) => (typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : part));
  return ['"', ...escaped, '"'];
}

function openPart(at: Cursor, value: MapValue): Part {
  return {
    kind: 'opaque',
    id: `json ${value.cursor.id}`,
    reason: `a macro may add to what stands at ${at.path.join('/')}`,
  };
}
