import type { Location, PathStep } from '../../source/types.js';
import { UNKNOWN_KEY, unknownValue } from '../front-end.js';

/** What a call gives back, or an entry of it: known only by the call that makes it. */
export class CallResult {
  constructor(
    /** The number of the call, in the order of the text. */
    readonly call: number,
    /** The entry of the answer; undefined for the answer as a whole. */
    readonly entry: string | undefined,
  ) {}
}

/** Where the entries of the maps and lists of a Python text stand. */
export class Entries {
  private readonly known = new WeakMap<object, ReadonlyMap<PathStep, Location>>();

  set(container: object, entries: ReadonlyMap<PathStep, Location>): void {
    this.known.set(container, entries);
  }

  of(container: object): ReadonlyMap<PathStep, Location> {
    return this.known.get(container) ?? NONE;
  }
}

const NONE: ReadonlyMap<PathStep, Location> = new Map();

/** Whether a value is one that nobody knows before the code runs. */
export function isUnknown(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, UNKNOWN_KEY) &&
    Object.keys(value).length === 1
  );
}

/** Whether a value is a text that is put together, or what a call gives: no map of the user's. */
export function isOpaque(value: unknown): boolean {
  return value instanceof CallResult || isUnknown(value) || isText(value);
}

/** The key of a text in parts, as CloudFormation writes it. */
const JOIN = 'Fn::Join';

/** Texts of more parts, or longer ones, are no name, URL or ARN: names that stand for names make them. */
const MAX_PARTS = 20;
const MAX_LENGTH = 20_000;

/** A text that is put together of literal parts and others. */
export function textOfParts(parts: readonly unknown[]): unknown {
  const joined: unknown[] = [];
  for (const part of parts) {
    const last = joined[joined.length - 1];
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  const length = joined.reduce((sum: number, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
  if (joined.length > MAX_PARTS || length > MAX_LENGTH)
    return unknownValue('the text is too long to be read');
  const [only] = joined;
  if (joined.length === 0) return '';
  return joined.length === 1 && typeof only === 'string' ? only : { [JOIN]: ['', joined] };
}

/** The parts of a text; undefined for what is no text. */
export function partsOfText(value: unknown): readonly unknown[] | undefined {
  if (typeof value === 'string') return [value];
  if (!isText(value)) return value instanceof CallResult || isUnknown(value) ? [value] : undefined;
  const join: unknown = (value as Readonly<Record<string, unknown>>)[JOIN];
  const parts: unknown = Array.isArray(join) ? join[1] : undefined;
  return Array.isArray(parts) ? parts : undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, JOIN);
}
