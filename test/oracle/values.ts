/** What a template is written in: the values of JSON. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

export type PlainMap = { readonly [key: string]: Plain };

/** `AWS::NoValue`: the property is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** What an expression gives in one deployment. */
export type Value = Plain | typeof NO_VALUE;

/** A template and the name of its file. */
export interface TemplateFile {
  readonly name: string;
  readonly template: PlainMap;
}

/** Stands in a text for what nobody can know before it is deployed. */
const UNKNOWN = '\u0001';

/** A text that is not known; two with the same name are the same text. */
export function unknownText(name: string): string {
  return `${UNKNOWN}${name}${UNKNOWN}`;
}

/** The value of a parameter that is none of those that anybody tells apart. */
export function anyOther(name: string): string {
  return unknownText(`any other ${name}`);
}

export function isAnyOther(text: string): boolean {
  return text.startsWith(`${UNKNOWN}any other `);
}

export function isUnknown(value: Value): boolean {
  return typeof value === 'string' && value.includes(UNKNOWN);
}

export function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of values; the own guard narrows a read-only list, as `Array.isArray` does not. */
export function isList(value: Value | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}

export function entry(map: Plain | undefined, key: string): Plain | undefined {
  return isMap(map) && Object.hasOwn(map, key) ? map[key] : undefined;
}

export function section(template: PlainMap, name: string): PlainMap {
  const value = entry(template, name);
  return isMap(value) ? value : {};
}

/** CloudFormation refuses to deploy: what is said of such a deployment does not matter. */
export class Refused extends Error {}

/** Two nested stacks need each other's outputs. */
export class Circular extends Refused {}

/** A reference to something that is declared, and does not exist in this deployment. */
export class Absent extends Error {}

/** A reference to something that nobody declares. */
export class Dangling extends Error {}

/** A reference that several things answer to, none of them nearer than the others. */
export class Ambiguous extends Error {
  constructor(readonly candidates: readonly (() => Value)[]) {
    super('ambiguous');
  }
}

/** What is asked leads into a deployment that CloudFormation refuses: nothing is said of it. */
export class Undecided extends Error {}

/** What is asked may be in a stack that is not deployed yet. */
export class NotYet extends Error {}

/** The template is not one that CloudFormation would read; random deployments are none of these. */
export class IllFormed extends Error {}
