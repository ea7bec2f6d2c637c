import { Cursor } from '../../evaluate/stack-instance.js';
import type { Alternative } from '../../evaluate/value.js';
import { chain, knownText } from '../../evaluate/value.js';
import { withDefault } from '../../views/read.js';
import { anyOf, type Verdict } from '../../views/verdict.js';
import { isLiteralMatch, matchAction } from './action-pattern.js';
import type { PolicyReader } from './policy-reader.js';
import { type CalledResource, mayMatch, surelyMatches } from './resource-pattern.js';

/**
 * What is asked of policies: whether they perhaps allow an action, or surely deny it. What is not known counts as
 * allowed and as not denied, so that only what is certain takes an action away.
 */
export interface PolicyQuestion {
  readonly effect: 'Allow' | 'Deny';
  /** Undefined to ask whether anything at all is allowed or denied. */
  readonly action: string | undefined;
  /** What the call is about; undefined where a statement's `Resource` decides nothing. */
  readonly resource?: CalledResource | undefined;
}

/** So many statements, actions or resources of policies cost as much as one alternative. */
const STATEMENTS_PER_STEP = 20;

/** The answer where nothing is known. */
export function whereUnknown(question: PolicyQuestion, { when }: Pick<Alternative, 'when'>): Verdict[] {
  return [{ holds: question.effect === 'Allow', when }];
}

/** Asks a `PolicyDocument`; a missing one says nothing. */
export function askDocument(
  reader: PolicyReader,
  document: Alternative,
  question: PolicyQuestion,
): Verdict[] {
  if (document.value.kind === 'absent') return [{ holds: false, when: document.when }];
  if (document.value.kind !== 'map') return whereUnknown(question, document);
  return chain(reader.entry(document, 'Statement'), (statements) => {
    const { value, at, when } = statements;
    if (value.kind !== 'list') return askStatement(reader, statements, question);
    reader.spend(value.items.length / STATEMENTS_PER_STEP);
    return anyOf(value.items, when, (item, within) =>
      chain(reader.item(item, at, within), (statement) => askStatement(reader, statement, question)),
    );
  });
}

function askStatement(reader: PolicyReader, statement: Alternative, question: PolicyQuestion): Verdict[] {
  if (statement.value.kind === 'absent') return [{ holds: false, when: statement.when }];
  if (statement.value.kind !== 'map') return whereUnknown(question, statement);
  return chain(chain(reader.entry(statement, 'Effect'), withDefault), (effect) => {
    const written = knownText(effect.value);
    const applies = written === undefined ? question.effect === 'Allow' : written === question.effect;
    if (!applies) return [{ holds: false, when: effect.when }];
    const here = { ...statement, when: effect.when };
    const matched = matchesActions(reader, here, question);
    // Whether anything at all is denied is asked to save the work of asking for each call.
    if (question.action === undefined) return matched;
    const decide = question.effect === 'Allow' ? mayBeAbout : appliesAlways;
    return chain(matched, (so) => (so.holds ? decide(reader, here, so, question.resource) : [so]));
  });
}

/** Whether a statement's `Action` names the action, or its `NotAction` does not. */
function matchesActions(
  reader: PolicyReader,
  statement: Alternative,
  { effect, action }: PolicyQuestion,
): Verdict[] {
  if (action === undefined) return [{ holds: true, when: statement.when }];
  const lenient = effect === 'Allow';
  return chain(reader.entry(statement, 'Action'), (actions) => {
    if (actions.value.kind !== 'absent') return names(reader, actions, action, lenient);
    return chain(reader.entry({ ...statement, when: actions.when }, 'NotAction'), (exceptions) =>
      exceptions.value.kind === 'absent'
        ? [{ holds: false, when: exceptions.when }]
        : names(reader, exceptions, action, !lenient).map(({ holds, when }) => ({ holds: !holds, when })),
    );
  });
}

/** Whether one pattern or a list of them names the action; what is not known names it when `lenient`. */
function names(reader: PolicyReader, patterns: Alternative, action: string, lenient: boolean): Verdict[] {
  const matches = (pattern: Alternative): Verdict => {
    if (pattern.value.kind !== 'text')
      return { holds: pattern.value.kind !== 'absent' && lenient, when: pattern.when };
    const match = matchAction(pattern.value, action);
    return { holds: match === 'yes' || (match === 'maybe' && lenient), when: pattern.when };
  };
  const { value, at, when } = patterns;
  if (value.kind !== 'list') return withDefault(patterns).map(matches);
  reader.spend(value.items.length / STATEMENTS_PER_STEP);
  // A literal that names it settles the question, whatever the others are.
  const settled = value.items.some(
    (item) => item instanceof Cursor && typeof item.raw === 'string' && isLiteralMatch(item.raw, action),
  );
  if (settled) return [{ holds: true, when }];
  return anyOf(value.items, when, (item, within) =>
    chain(reader.item(item, at, within), withDefault).map(matches),
  );
}

/** Whether the `Resource` of a statement can be what the call is about. */
function mayBeAbout(
  reader: PolicyReader,
  statement: Alternative,
  { when: asked }: Verdict,
  called: CalledResource | undefined,
): Verdict[] {
  if (called === undefined) return [{ holds: true, when: asked }];
  return chain(reader.entry({ ...statement, when: asked }, 'Resource'), (resources) => {
    if (resources.value.kind !== 'absent')
      return anyPattern(reader, resources, (pattern) =>
        pattern.value.kind === 'text'
          ? mayMatch(pattern.value, called, pattern.when, reader.spend)
          : [{ holds: pattern.value.kind !== 'absent', when: pattern.when }],
      );
    return chain(
      reader.entry({ ...statement, when: resources.when }, 'NotResource'),
      (exceptions): Verdict[] => {
        // A statement without either is refused by IAM: nothing follows from it.
        if (exceptions.value.kind === 'absent') return [{ holds: true, when: exceptions.when }];
        return anyPattern(reader, exceptions, ({ value, when }) =>
          value.kind === 'text' ? surelyMatches(value, called, when, reader.spend) : [{ holds: false, when }],
        ).map(({ holds, when }) => ({ holds: !holds, when }));
      },
    );
  });
}

/** Whether a statement holds for what the call is about in every call: a `Deny` of one resource leaves the others. */
function appliesAlways(
  reader: PolicyReader,
  statement: Alternative,
  { when: asked }: Verdict,
  called: CalledResource | undefined,
): Verdict[] {
  return reader.entry({ ...statement, when: asked }, 'Condition').flatMap((condition) => {
    if (condition.value.kind !== 'absent') return [{ holds: false, when: condition.when }];
    return reader
      .entry({ ...statement, when: condition.when }, 'Resource')
      .flatMap((resources) =>
        anyPattern(reader, resources, ({ value, when }) =>
          value.kind === 'text' && knownText(value) !== '*' && called !== undefined
            ? surelyMatches(value, called, when, reader.spend)
            : [{ holds: knownText(value) === '*', when }],
        ),
      );
  });
}

/** Whether one of the patterns, a text or a list of them, passes. */
function anyPattern(
  reader: PolicyReader,
  patterns: Alternative,
  passes: (pattern: Alternative) => Verdict[],
): Verdict[] {
  const { value, at, when } = patterns;
  if (value.kind !== 'list') return passes(patterns);
  reader.spend(value.items.length / STATEMENTS_PER_STEP);
  return anyOf(value.items, when, (item, within) => chain(reader.item(item, at, within), passes));
}
