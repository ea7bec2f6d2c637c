import { isEndOfArn } from './arn-shapes.js';
import { derivedList } from './derived.js';
import { checkListLength, MAX_LIST_ITEMS } from './limits.js';
import {
  concatenate,
  literal,
  onlySymbol,
  type Part,
  type TextSymbol,
  type TextValue,
  unknown,
  type Value,
} from './value.js';

const REFERENCE = '{{resolve:';
const SSM_REFERENCE = `${REFERENCE}ssm:`;
const REFERENCE_END = '}}';

/**
 * What the CDK puts in front of the name of an SSM parameter that it has still to look up.
 * Source: `StringParameter.valueFromLookup` of aws-cdk-lib.
 */
const SSM_PLACEHOLDER = 'dummy-value-for-';

/** Whether a value is a text of the form `{{resolve:...}}`, or one of the CDK that stands for such a text. */
export function isDynamicReference(value: Value): value is TextValue {
  if (value.kind !== 'text') return false;
  const [first] = value.parts;
  const last = value.parts[value.parts.length - 1];
  if (typeof first === 'string' && first.startsWith(SSM_PLACEHOLDER)) return true;
  return (
    typeof first === 'string' &&
    first.startsWith(REFERENCE) &&
    typeof last === 'string' &&
    last.trimEnd().endsWith(REFERENCE_END)
  );
}

/** Whether dynamic references may stand somewhere in a value. */
export function mayHoldReferences(value: Value): value is TextValue {
  if (value.kind !== 'text') return false;
  const [first] = value.parts;
  if (typeof first === 'string' && first.startsWith(SSM_PLACEHOLDER)) return true;
  // Every value in a template comes through here.
  for (const part of value.parts) if (typeof part === 'string' && part.includes(REFERENCE)) return true;
  return false;
}

/** A stretch of a text that is a dynamic reference, or one that is none. */
export interface DynamicPiece {
  readonly text: TextValue;
  readonly isReference: boolean;
}

/** Cuts a text before and after each dynamic reference in it. */
export function dynamicPieces(text: TextValue): DynamicPiece[] {
  const [first] = text.parts;
  if (typeof first === 'string' && first.startsWith(SSM_PLACEHOLDER)) return [{ text, isReference: true }];
  const pieces: DynamicPiece[] = [];
  let current: Part[] = [];
  let within = false;
  const cut = (): void => {
    if (current.length > 0) pieces.push({ text: concatenate(current), isReference: within });
    current = [];
    within = !within;
  };
  for (const part of text.parts) {
    let rest = part;
    while (typeof rest === 'string') {
      const found = rest.indexOf(within ? REFERENCE_END : REFERENCE);
      if (found < 0) break;
      const end: number = within ? found + REFERENCE_END.length : found;
      if (end > 0) current.push(rest.slice(0, end));
      rest = rest.slice(end);
      cut();
    }
    if (rest !== '') current.push(rest);
  }
  // A reference that does not end is none.
  if (current.length > 0) pieces.push({ text: concatenate(current), isReference: false });
  return pieces;
}

/**
 * The name in `{{resolve:ssm:NAME}}` or `{{resolve:ssm:NAME:VERSION}}`, or behind the CDK's placeholder; undefined for
 * any other reference.
 */
export function dynamicName(text: TextValue): TextValue | undefined {
  const [first, ...rest] = text.parts;
  if (typeof first === 'string' && first.startsWith(SSM_PLACEHOLDER)) {
    return concatenate([first.slice(SSM_PLACEHOLDER.length), ...rest]);
  }
  const last = text.parts[text.parts.length - 1];
  if (typeof first !== 'string' || !first.startsWith(SSM_REFERENCE)) return undefined;
  if (typeof last !== 'string' || !last.endsWith(REFERENCE_END)) return undefined;
  const trimEnd = (part: string) => part.slice(0, -REFERENCE_END.length).replace(/:\d+$/, '');
  if (text.parts.length === 1) return literal(trimEnd(first.slice(SSM_REFERENCE.length)));
  return concatenate([first.slice(SSM_REFERENCE.length), ...text.parts.slice(1, -1), trimEnd(last)]);
}

/**
 * A comma-separated text as the list it stands for.
 * @param allowed what its items can be, when that is finitely many
 */
export function commaList(value: Value, allowed?: readonly string[]): Value {
  if (value.kind !== 'text') return value;
  return splitText(value, ',', true, allowed) ?? unknown('the list is known only when it is deployed');
}

/** Pseudo parameters whose values hold none of the delimiters that separate values. */
const UNDIVIDED = new Set([
  'AWS::AccountId',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackName',
  'AWS::URLSuffix',
]);

/** What no name, id or region holds. */
const NOT_IN_NAMES = /[^\w.-]/;

/** What neither ARNs nor the ids and names that resources give back contain. */
const NEVER_IN_ATTRIBUTES = /^[|,;\s]+$/;

/**
 * Whether a symbol certainly holds no delimiter, nor a part of one that the text before or behind it completes.
 * @param before what stands before it, and `after` what stands behind it; '' where that is no literal
 */
function isUndivided(symbol: TextSymbol, delimiter: string, before: string, after: string): boolean {
  if (symbol.kind === 'attribute' && NEVER_IN_ATTRIBUTES.test(delimiter)) return true;
  const named = symbol.kind === 'variable' ? UNDIVIDED.has(symbol.variable.name) : isEndOfArn(symbol);
  if (!named || !NOT_IN_NAMES.test(delimiter)) return false;
  for (let length = 1; length < delimiter.length; length++) {
    if (after.startsWith(delimiter.slice(length)) || before.endsWith(delimiter.slice(0, length)))
      return false;
  }
  return true;
}

function literalAt({ parts }: TextValue, index: number): string {
  const part = parts[index];
  return typeof part === 'string' ? part : '';
}

/** @throws PastLimit when there are more pieces than a list may have items */
function cutText(text: string, delimiter: string, trim: boolean): string[] {
  const pieces = text.split(delimiter, MAX_LIST_ITEMS + 1);
  checkListLength(pieces.length);
  return trim ? pieces.map((piece) => piece.trim()) : pieces;
}

/**
 * The pieces of a text between delimiters. A symbol may hold delimiters itself, so from its piece on nothing is
 * known but by the defaults of parameters, neither the pieces nor how many they are; undefined when that is so from
 * the first piece on.
 */
export function splitText(
  text: TextValue,
  delimiter: string,
  trim = false,
  allowed?: readonly string[],
): Value | undefined {
  const pieces: Part[][] = [[]];
  let uncertain = false;
  for (const [index, part] of text.parts.entries()) {
    if (typeof part !== 'string') {
      if (!isUndivided(part, delimiter, literalAt(text, index - 1), literalAt(text, index + 1)))
        uncertain = true;
      pieces[pieces.length - 1]?.push(part);
      continue;
    }
    if (uncertain) break;
    cutText(part, delimiter, trim).forEach((piece, index) => {
      if (index > 0) pieces.push([]);
      pieces[pieces.length - 1]?.push(piece);
    });
    checkListLength(pieces.length);
  }
  const whole = trim ? {} : { whole: { text, delimiter } };
  if (!uncertain) return { kind: 'list', items: pieces.map(concatenate), ...whole };
  pieces.pop();
  const certain = pieces.map(concatenate);
  const how = `split ${delimiter}${trim ? ' trimmed' : ''}${allowed === undefined ? '' : ` of ${allowed.join()}`}`;
  const symbol = onlySymbol(text);
  const parameter = trim && symbol?.kind === 'variable' ? symbol.variable : undefined;
  const derived = derivedList(text, how, (known) => cutText(known, delimiter, trim), allowed, parameter);
  if (derived !== undefined) {
    return { ...derived, ...whole, items: derived.items.map((item, index) => certain[index] ?? item) };
  }
  if (certain.length === 0 && trim) return undefined;
  const rest = unknown(
    certain.length === 0
      ? 'the text that Fn::Split splits is known only when it is deployed'
      : 'what follows in the text is known only when it is deployed',
  );
  return { kind: 'list', items: [...certain, rest], ...whole };
}
