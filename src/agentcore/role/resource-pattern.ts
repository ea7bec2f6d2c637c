import type { Scenario } from '../../evaluate/scenario.js';
import { onlySymbol, type TextSymbol, type TextValue } from '../../evaluate/value.js';
import type { ResourceNode } from '../../graph/resource-graph.js';
import { replacePlaceholders } from '../../plain/placeholders.js';
import type { Verdict } from '../../views/verdict.js';

/** A resource that a call is about, as a policy's `Resource` would have to name it. */
export interface CalledResource {
  /** Its ARN, whatever its name is: {@link OPEN_TEXT} stands for that. */
  readonly arn: TextValue;
  /**
   * Its ARNs with its name, of which parts may be unknown, and where each holds. Asked for only where the name decides:
   * what the name is made of may differ between environments whose policies name them all.
   */
  readonly named: (when: Scenario) => readonly NamedArn[];
  /** The resource of the templates behind it, which a policy can refer to; undefined where it is in none. */
  readonly node: ResourceNode | undefined;
}

export interface NamedArn {
  readonly arn: TextValue;
  readonly when: Scenario;
}

/** One step of a text or pattern: a character, any character, or any text. */
type Token = string;
const ANY_TEXT = '*';
const ANY_CHARACTER = '?';
/** Any text without a colon. */
const ANY_SEGMENT = '\u0000';
/** Every text: whatever it is, the rest has to fit. */
const EVERY_TEXT = '\u0001';

/** A stretch of an ARN that nobody knows before the deployment, and that holds no colon: a region, an account, a name. */
export const OPEN_SEGMENT: TextSymbol = {
  kind: 'opaque',
  id: 'a segment of an ARN',
  reason: 'it is known only when it is deployed',
};

/** A stretch of an ARN that can be any text. */
export const OPEN_TEXT: TextSymbol = {
  kind: 'opaque',
  id: 'any part of an ARN',
  reason: 'it is known only when it is deployed',
};

/** Longer ones are not compared: nobody writes them, and the work grows with the product of the lengths. */
const MAX_TOKENS = 2_000;

/** So many pairs of a pattern's and an ARN's characters cost as much as one alternative. */
const PAIRS_PER_STEP = 2_000;

/** Told what a comparison costs, in alternatives, before it is made. */
export type Spend = (cost: number) => void;

/**
 * Whether a pattern of a policy's `Resource` can match a resource. `*` and `?` cross `/` and `:`; a part that nobody
 * knows, on either side, may be anything; so may a policy variable (`${aws:PrincipalTag/team}`).
 */
export function mayMatch(
  pattern: TextValue,
  resource: CalledResource,
  when: Scenario,
  spend?: Spend,
): Verdict[] {
  // By far the most policies say no more than this.
  if (isEverything(pattern)) return [{ holds: true, when }];
  const referred = referredTo(pattern, resource);
  if (referred !== 'unknown') return [{ holds: referred === 'same', when }];
  return matches(pattern, resource, when, true, spend);
}

/** Whether a pattern certainly matches a resource, whatever the parts are that nobody knows. */
export function surelyMatches(
  pattern: TextValue,
  resource: CalledResource,
  when: Scenario,
  spend?: Spend,
): Verdict[] {
  const referred = referredTo(pattern, resource);
  if (referred !== 'unknown') return [{ holds: referred === 'same', when }];
  if (pattern.parts.some((part) => typeof part !== 'string' || part.includes('${')))
    return [{ holds: false, when }];
  return matches(pattern, resource, when, false, spend);
}

/** Whether a pattern matches the ARN of a resource for some of its unknown parts, or for all of them. */
function matches(
  pattern: TextValue,
  resource: CalledResource,
  when: Scenario,
  some: boolean,
  spend: Spend | undefined,
): Verdict[] {
  const tokens = patternTokens(pattern);
  if (!overlap(tokens, textTokens(resource.arn, ANY_TEXT), true, spend)) return [{ holds: false, when }];
  if (overlap(tokens, textTokens(resource.arn, EVERY_TEXT), some, spend)) return [{ holds: true, when }];
  return resource
    .named(when)
    .map((so) => ({ holds: overlap(tokens, textTokens(so.arn), some, spend), when: so.when }));
}

function isEverything({ parts }: TextValue): boolean {
  return parts.length === 1 && parts[0] === ANY_TEXT;
}

/** What a pattern that is nothing but a reference refers to: the resource, another of its type, or nobody knows. */
function referredTo(pattern: TextValue, { node }: CalledResource): 'same' | 'other' | 'unknown' {
  const symbol = onlySymbol(pattern);
  if (symbol?.kind !== 'attribute' || node === undefined) return 'unknown';
  if (symbol.instance === node.instance && symbol.logicalId === node.logicalId) return 'same';
  return typeOf(symbol) === node.type ? 'other' : 'unknown';
}

function typeOf({ instance, logicalId }: Pick<ResourceNode, 'instance' | 'logicalId'>): unknown {
  const resource = instance.template.section('Resources')[logicalId];
  return typeof resource === 'object' && resource !== null && 'Type' in resource ? resource.Type : undefined;
}

function patternTokens({ parts }: TextValue): Token[] {
  return parts.flatMap((part) =>
    typeof part === 'string' ? [...replacePlaceholders(part, () => ANY_TEXT)] : [ANY_TEXT],
  );
}

/** @param name what {@link OPEN_TEXT} stands for */
function textTokens({ parts }: TextValue, name: Token = ANY_TEXT): Token[] {
  return parts.flatMap((part) => {
    if (typeof part === 'string') return [...part];
    if (part === OPEN_TEXT) return [name];
    return [part === OPEN_SEGMENT ? ANY_SEGMENT : ANY_TEXT];
  });
}

/**
 * Whether a pattern and a text with unknown stretches have a text in common (`some`), or the pattern takes every text
 * that the stretches can make: then only a `*` takes a stretch.
 */
function overlap(pattern: readonly Token[], text: readonly Token[], some: boolean, spend?: Spend): boolean {
  if (pattern.length > MAX_TOKENS || text.length > MAX_TOKENS) return some;
  spend?.((pattern.length * text.length) / PAIRS_PER_STEP);
  // Row by row: whether what follows a place of the pattern goes with what follows a place of the text.
  let next: boolean[] = [];
  for (let at = pattern.length; at >= 0; at--) {
    const row: boolean[] = new Array(text.length + 1).fill(false);
    for (let place = text.length; place >= 0; place--) {
      row[place] = fits(pattern[at], text[place], some, {
        token: next[place] === true,
        letter: row[place + 1] === true,
        both: next[place + 1] === true,
      });
    }
    next = row;
  }
  return next[0] === true;
}

/** Whether two places go together, when it is known what does after the one, the other, or both are passed. */
function fits(
  token: Token | undefined,
  letter: Token | undefined,
  some: boolean,
  past: { readonly token: boolean; readonly letter: boolean; readonly both: boolean },
): boolean {
  const isOpen = letter === ANY_TEXT || letter === ANY_SEGMENT;
  if (token === undefined) return letter === undefined || (some && isOpen && past.letter);
  if (token === ANY_TEXT) return past.token || (letter !== undefined && past.letter);
  if (letter === EVERY_TEXT) return false;
  // An unknown stretch is empty here, or holds the character that the pattern asks for.
  if (isOpen) return some && (past.letter || (past.token && !(letter === ANY_SEGMENT && token === ':')));
  return letter !== undefined && (token === ANY_CHARACTER || token === letter) && past.both;
}
