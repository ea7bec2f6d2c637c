import type { ParameterDeclaration } from '../template/template.js';
import { MAX_LIST_ITEMS } from './limits.js';

/*
 * What CloudFormation takes for a parameter: it looks at every value before anything is deployed, of nested stacks too.
 * Source: the CloudFormation user guide on the syntax of the Parameters section.
 */

/** Longest pattern and text that a template's own regular expression is tried on. */
const MAX_PATTERN = 500;
const MAX_MATCHED = 200;
/** How many ways through a text a pattern may leave a backtracking matcher to try. */
const MAX_WAYS = 1_000_000;

/** Whether a parameter of the type is a list. */
export function isList(type: string): boolean {
  return (
    type === 'CommaDelimitedList' ||
    type.startsWith('List<') ||
    type.includes('Value<List<') ||
    type.includes('CommaDelimitedList')
  );
}

/** Whether the parameter's value is the name of an SSM parameter, and what it gives is what that holds. */
export function isSsm(type: string): boolean {
  return type.startsWith('AWS::SSM::Parameter::Value<');
}

/** Why a value is refused. */
export type Refusal = 'not allowed' | 'no number' | 'out of range' | 'empty' | 'length or pattern';

/**
 * Why CloudFormation refuses a value of a parameter; undefined when it takes it.
 * @param value the text; of a list in its comma form
 */
export function refusal(declaration: ParameterDeclaration, value: string): Refusal | undefined {
  const { allowedPattern, minLength, maxLength, type } = declaration;
  if (isSsm(type)) {
    // The value is the name of an SSM parameter; what it holds is not looked at.
    if (value === '') return 'empty';
    return isAllowed(declaration, value) ? undefined : 'not allowed';
  }
  if (!isList(type)) {
    const refused = itemRefusal(declaration, value);
    if (refused !== undefined) return refused;
    return value.length >= (minLength ?? 0) &&
      value.length <= (maxLength ?? Number.POSITIVE_INFINITY) &&
      (allowedPattern === undefined || matches(allowedPattern, value))
      ? undefined
      : 'length or pattern';
  }
  if (value === '' && type === 'CommaDelimitedList') return undefined;
  const items = value.split(',', MAX_LIST_ITEMS + 1);
  if (items.length > MAX_LIST_ITEMS) return undefined;
  for (const item of items) {
    // A list keeps to what is said of it item by item.
    const refused = itemRefusal(declaration, item.trim());
    if (refused !== undefined) return refused;
    if (allowedPattern !== undefined && !matches(allowedPattern, item.trim())) return 'length or pattern';
  }
  return undefined;
}

function itemRefusal(declaration: ParameterDeclaration, item: string): Refusal | undefined {
  const { type, minValue, maxValue } = declaration;
  if (!isAllowed(declaration, item)) return 'not allowed';
  if (type.includes('Number')) {
    if (!NUMBER.test(item.trim())) return 'no number';
    if (Number(item) < (minValue ?? Number.NEGATIVE_INFINITY)) return 'out of range';
    if (Number(item) > (maxValue ?? Number.POSITIVE_INFINITY)) return 'out of range';
  }
  // The value of an AWS-specific type has to exist in the account.
  return type.includes('AWS::') && item === '' ? 'empty' : undefined;
}

/** Whole or with a fraction, as `Number` takes it. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

function isAllowed({ allowedValues }: ParameterDeclaration, value: string): boolean {
  return allowedValues === undefined || allowedValues.includes(value);
}

/** Whether anything is said of a parameter that a value could break. */
export function isConstrained(declaration: ParameterDeclaration): boolean {
  const { allowedValues, allowedPattern, minLength, maxLength, type } = declaration;
  return (
    allowedValues !== undefined ||
    allowedPattern !== undefined ||
    minLength !== undefined ||
    maxLength !== undefined ||
    type.includes('Number') ||
    type.includes('AWS::')
  );
}

/** The values that a parameter can have, when they are finitely many; of an SSM type the names. */
export function possibleValues(declaration: ParameterDeclaration): readonly string[] | undefined {
  const { allowedValues, allowedPattern, type } = declaration;
  if (isList(type) && !isSsm(type)) return undefined;
  const listed = allowedValues ?? (isSsm(type) ? undefined : patternValues(allowedPattern));
  if (listed === undefined) return undefined;
  const taken = listed.filter((value) => refusal(declaration, value) === undefined);
  // A parameter that can have no value at all is a fault of its own; what it says is then taken as it stands.
  return [...new Set(taken.length > 0 ? taken : listed)];
}

/**
 * The values of a pattern that is nothing but alternatives, such as `^(obo|m2m)$`; undefined for any other.
 * CloudFormation matches the whole value, so the anchors are optional.
 */
function patternValues(pattern: string | undefined): readonly string[] | undefined {
  if (pattern === undefined || pattern === '') return undefined;
  const inner = /^\^?(?:\((?:\?:)?([^()]*)\)|([^()|]*))\$?$/.exec(pattern);
  const alternatives = (inner?.[1] ?? inner?.[2])?.split('|');
  if (alternatives === undefined || !alternatives.every((text) => /^[\w :/@,-]*$/.test(text)))
    return undefined;
  return [...new Set(alternatives)];
}

const compiled = new Map<string, RegExp | undefined>();

/**
 * Whether a text fits a parameter's pattern. A pattern that JavaScript cannot read, or that could take long to try,
 * fits everything: it then decides nothing.
 */
function matches(pattern: string, value: string): boolean {
  if (pattern.length > MAX_PATTERN || value.length > MAX_MATCHED) return true;
  if ((value.length + 1) ** choices(pattern) > MAX_WAYS) return true;
  if (!compiled.has(pattern)) {
    let expression: RegExp | undefined;
    try {
      expression = new RegExp(`^(?:${pattern})$`);
    } catch {
      // Java's syntax, not ours.
    }
    compiled.set(pattern, expression);
  }
  return compiled.get(pattern)?.test(value) ?? true;
}

/**
 * How many times a pattern lets a matcher choose where a part of it ends; infinite where choices repeat each other or
 * look around, which makes a backtracking matcher run for hours.
 */
function choices(pattern: string): number {
  const bare = pattern.replace(/\\[1-9]/g, '(?=').replace(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]/gs, 'x');
  if (/\(\?(?!:)/.test(bare)) return Number.POSITIVE_INFINITY;
  const plain = bare.replaceAll('(?:', '(');
  const repeated = plain.match(/[*+?]|\{\d*,\d*\}/g)?.length ?? 0;
  const branched = plain.match(/\|/g) === null ? 0 : (plain.match(/\(/g)?.length ?? 1);
  const total = repeated + branched;
  return total > 1 && /\)(?:[*+]|\{)/.test(plain) ? Number.POSITIVE_INFINITY : total;
}
