import type { Evaluator } from '../../evaluate/evaluator.js';
import { Cursor } from '../../evaluate/stack-instance.js';
import type { Alternative } from '../../evaluate/value.js';
import { chain, knownText } from '../../evaluate/value.js';
import { readEntry, withDefault } from '../../views/read.js';
import { anyOf, type Verdict } from '../../views/verdict.js';
import { isLiteralMatch, matchAction } from './action-pattern.js';

/**
 * What is asked of policies: whether they perhaps allow an action, or surely deny it. What is not known counts as
 * allowed and as not denied, so that only what is certain takes an action away.
 */
export interface PolicyQuestion {
  readonly effect: 'Allow' | 'Deny';
  /** Undefined to ask whether anything at all is allowed or denied. */
  readonly action: string | undefined;
}

/** The answer where nothing is known. */
export function whereUnknown(question: PolicyQuestion, { when }: Pick<Alternative, 'when'>): Verdict[] {
  return [{ holds: question.effect === 'Allow', when }];
}

/** Asks a `PolicyDocument`; a missing one says nothing. */
export function askDocument(
  evaluator: Evaluator,
  document: Alternative,
  question: PolicyQuestion,
): Verdict[] {
  if (document.value.kind === 'absent') return [{ holds: false, when: document.when }];
  if (document.value.kind !== 'map') return whereUnknown(question, document);
  return chain(readEntry(evaluator, document, 'Statement'), (statements) => {
    const { value, at, when } = statements;
    if (value.kind !== 'list') return askStatement(evaluator, statements, question);
    return anyOf(value.items, when, (item, within) =>
      chain(evaluator.evaluateItem(item, at, within), (statement) =>
        askStatement(evaluator, statement, question),
      ),
    );
  });
}

function askStatement(evaluator: Evaluator, statement: Alternative, question: PolicyQuestion): Verdict[] {
  if (statement.value.kind === 'absent') return [{ holds: false, when: statement.when }];
  if (statement.value.kind !== 'map') return whereUnknown(question, statement);
  return chain(chain(readEntry(evaluator, statement, 'Effect'), withDefault), (effect) => {
    const written = knownText(effect.value);
    const applies = written === undefined ? question.effect === 'Allow' : written === question.effect;
    if (!applies) return [{ holds: false, when: effect.when }];
    const here = { ...statement, when: effect.when };
    const matched = matchesActions(evaluator, here, question);
    return question.effect === 'Allow'
      ? matched
      : chain(matched, (so) => (so.holds ? appliesAlways(evaluator, here, so) : [so]));
  });
}

/** Whether a statement's `Action` names the action, or its `NotAction` does not. */
function matchesActions(
  evaluator: Evaluator,
  statement: Alternative,
  { effect, action }: PolicyQuestion,
): Verdict[] {
  if (action === undefined) return [{ holds: true, when: statement.when }];
  const lenient = effect === 'Allow';
  return chain(readEntry(evaluator, statement, 'Action'), (actions) => {
    if (actions.value.kind !== 'absent') return names(evaluator, actions, action, lenient);
    return chain(readEntry(evaluator, { ...statement, when: actions.when }, 'NotAction'), (exceptions) =>
      exceptions.value.kind === 'absent'
        ? [{ holds: false, when: exceptions.when }]
        : names(evaluator, exceptions, action, !lenient).map(({ holds, when }) => ({ holds: !holds, when })),
    );
  });
}

/** Whether one pattern or a list of them names the action; what is not known names it when `lenient`. */
function names(evaluator: Evaluator, patterns: Alternative, action: string, lenient: boolean): Verdict[] {
  const matches = (pattern: Alternative): Verdict => {
    if (pattern.value.kind !== 'text')
      return { holds: pattern.value.kind !== 'absent' && lenient, when: pattern.when };
    const match = matchAction(pattern.value, action);
    return { holds: match === 'yes' || (match === 'maybe' && lenient), when: pattern.when };
  };
  const { value, at, when } = patterns;
  if (value.kind !== 'list') return withDefault(patterns).map(matches);
  // A literal that names it settles the question, whatever the others are.
  const settled = value.items.some(
    (item) => item instanceof Cursor && typeof item.raw === 'string' && isLiteralMatch(item.raw, action),
  );
  if (settled) return [{ holds: true, when }];
  return anyOf(value.items, when, (item, within) =>
    chain(evaluator.evaluateItem(item, at, within), withDefault).map(matches),
  );
}

/** Whether a statement holds for every resource and every call: a `Deny` of one resource leaves the others. */
function appliesAlways(evaluator: Evaluator, statement: Alternative, { when: asked }: Verdict): Verdict[] {
  return readEntry(evaluator, { ...statement, when: asked }, 'Condition').flatMap((condition) => {
    if (condition.value.kind !== 'absent') return [{ holds: false, when: condition.when }];
    return readEntry(evaluator, { ...statement, when: condition.when }, 'Resource').flatMap(
      ({ value, at, when }) => {
        if (value.kind !== 'list') return [{ holds: knownText(value) === '*', when }];
        return anyOf(value.items, when, (item, within) =>
          evaluator.evaluateItem(item, at, within).map((resource) => ({
            holds: knownText(resource.value) === '*',
            when: resource.when,
          })),
        );
      },
    );
  });
}
