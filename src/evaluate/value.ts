import type { Path } from '../source/types.js';
import type { Scenario, Variable } from './scenario.js';
import type { Cursor, StackInstance } from './stack-instance.js';

/** A stretch of a text that is not known before the deployment. Equal ids stand for equal texts. */
export type TextSymbol =
  /** A parameter or pseudo parameter without a value. */
  | { readonly kind: 'variable'; readonly id: string; readonly variable: Variable }
  /** What functions make of parameters without a value; `read` says what it is as soon as they have values. */
  | {
      readonly kind: 'derived';
      readonly id: string;
      readonly from: readonly Variable[];
      /** What it can be, when that is finitely many. */
      readonly values?: readonly string[];
      /** The list parameter that it is an item of, or the whole of, spaces aside. */
      readonly list?: { readonly parameter: Variable; readonly isWhole: boolean };
      read(values: Values): string | undefined;
    }
  /** What a resource gives back: `Ref` (then `attribute` is `Ref`) or `Fn::GetAtt`. */
  | {
      readonly kind: 'attribute';
      readonly id: string;
      readonly instance: StackInstance;
      readonly logicalId: string;
      readonly attribute: string;
    }
  /** A `Ref` or `Fn::GetAtt` of a name that is not declared where it would have to be. */
  | {
      readonly kind: 'dangling';
      readonly id: string;
      readonly instance: StackInstance;
      readonly name: string;
      /** The nested stack's template that lacks the output, when it is one of a nested stack. */
      readonly outputs?: { readonly file: string; readonly names: readonly string[] };
    }
  /** Anything that these templates do not show; `reason` says what stopped the search, as a clause. */
  | {
      readonly kind: 'opaque';
      readonly id: string;
      readonly reason: string;
      /** What people call it, where it has a name: the parameter, the function. */
      readonly name?: string;
      /** Where that stands which is not made in the scenario: CloudFormation refuses what refers to it. */
      readonly absent?: Hop;
      /** What it can be, where it is one of several and nobody can tell which. */
      readonly candidates?: readonly Cursor[];
    };

/** The value of a parameter, where it has one. */
export type Values = (variable: Variable) => string | undefined;

/** A text in stretches: literal strings (never empty, never two in a row) and symbols. */
export type Part = string | TextSymbol;

export interface TextValue {
  readonly kind: 'text';
  readonly parts: readonly Part[];
  /** How a literal was written; `string` for everything that was put together. */
  readonly scalar: 'string' | 'number' | 'boolean';
  /** The open variable whose assumed value the text is: nobody wrote it into the template. */
  readonly assumed?: Variable;
}

export interface AbsentValue {
  readonly kind: 'absent';
}

/** A list; its items are evaluated one by one, when somebody asks. */
export interface ListValue {
  readonly kind: 'list';
  readonly items: readonly (Cursor | Value)[];
  /** The text that the list was cut out of at each delimiter: joined again with it, the list is that text. */
  readonly whole?: { readonly text: TextValue; readonly delimiter: string };
  /** What the list is made of, where that is parameters without a value: then `items` are as many as by default. */
  readonly derived?: DerivedList;
}

/** A list that functions make of parameters. */
export interface DerivedList {
  readonly id: string;
  /** What its items can be, when that is finitely many. */
  readonly values?: readonly string[];
  readonly from: readonly Variable[];
  /** The list parameter that it is, where it is one as it stands. */
  readonly parameter?: Variable;
  read(values: Values): readonly string[] | undefined;
}

/** A map as it is written; its entries are reached by cursors. */
export interface MapValue {
  readonly kind: 'map';
  readonly cursor: Cursor;
  /** A macro, or code that an input runs, can add entries: a missing one is unknown, not absent. */
  readonly open: boolean;
}

export interface NullValue {
  readonly kind: 'null';
}

export interface UnknownValue {
  readonly kind: 'unknown';
  /** What stopped the search, as a clause: "the parameter Arn has no value". */
  readonly reason: string;
}

export type Value = TextValue | AbsentValue | ListValue | MapValue | NullValue | UnknownValue;

/** A step on the way from where a value is used to where it comes from. */
export interface Hop {
  /** A clause for a related location: "the parameter IdpArn is passed here". */
  readonly message: string;
  readonly instance: StackInstance;
  readonly path: Path;
}

/** One of the values that an expression can have, and when. */
export interface Alternative<T = Value> {
  readonly value: T;
  readonly when: Scenario;
  /** The expression, in the template that asked, that gives this value: inside of the branch of an `Fn::If`. */
  readonly at: Cursor;
  /** The way to the value across parameters, outputs, exports and templates. */
  readonly trace: readonly Hop[];
}

/** No way at all: the value stands where it is used. */
export const NO_TRACE: readonly Hop[] = [];

/** What follows from each of some alternatives, in order: `flatMap`, without its cost for the one that there mostly is. */
export function chain<From, To>(alternatives: readonly From[], next: (alternative: From) => To[]): To[] {
  return alternatives.length === 1 ? next(alternatives[0] as From) : alternatives.flatMap(next);
}

export const ABSENT: AbsentValue = { kind: 'absent' };
export const NULL: NullValue = { kind: 'null' };

export function unknown(reason: string): UnknownValue {
  return { kind: 'unknown', reason };
}

export function literal(text: string, scalar: TextValue['scalar'] = 'string'): TextValue {
  return { kind: 'text', parts: text === '' ? [] : [text], scalar };
}

export function symbolText(symbol: TextSymbol): TextValue {
  return { kind: 'text', parts: [symbol], scalar: 'string' };
}

/** Puts texts together; literal neighbours become one. */
export function concatenate(parts: Iterable<Part>): TextValue {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.length - 1;
    if (part === '') continue;
    if (typeof part === 'string' && typeof joined[last] === 'string') joined[last] += part;
    else joined.push(part);
  }
  return { kind: 'text', parts: joined, scalar: 'string' };
}

/** The text when all of it is known. */
export function knownText(value: Value): string | undefined {
  if (value.kind !== 'text') return undefined;
  if (value.parts.length === 0) return '';
  const [only] = value.parts;
  return value.parts.length === 1 && typeof only === 'string' ? only : undefined;
}

/** The symbol when the text is nothing else. */
export function onlySymbol(value: Value): TextSymbol | undefined {
  if (value.kind !== 'text' || value.parts.length !== 1) return undefined;
  const [only] = value.parts;
  return typeof only === 'string' ? undefined : only;
}

/** The text without white space around it. */
export function trimmed(text: TextValue): TextValue {
  const [first] = text.parts;
  const last = text.parts[text.parts.length - 1];
  const spaced = (part: Part | undefined) => typeof part === 'string' && part !== part.trim();
  if (!spaced(first) && !spaced(last)) return text;
  const parts = text.parts.map((part, index) => {
    if (typeof part !== 'string') return part;
    const begun = index === 0 ? part.trimStart() : part;
    return index === text.parts.length - 1 ? begun.trimEnd() : begun;
  });
  return { ...text, parts: concatenate(parts).parts };
}

/** What makes two texts certainly equal. */
export function textId(text: TextValue): string {
  return text.parts.map((part) => (typeof part === 'string' ? part : `\u0000${part.id}\u0000`)).join('');
}

/** The text as people would write it, symbols as `${...}`. */
export function displayText(text: TextValue): string {
  return text.parts.map((part) => (typeof part === 'string' ? part : `\${${symbolName(part)}}`)).join('');
}

function symbolName(symbol: TextSymbol): string {
  switch (symbol.kind) {
    case 'variable':
      return symbol.variable.name;
    case 'derived':
      return symbol.from[0]?.name ?? '?';
    case 'attribute':
      return symbol.attribute === 'Ref' ? symbol.logicalId : `${symbol.logicalId}.${symbol.attribute}`;
    case 'dangling':
      return symbol.name;
    case 'opaque':
      return '?';
  }
}
