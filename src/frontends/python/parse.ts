import { parser } from '@lezer/python';
import { binaryContent, tooLarge } from '../../source/decode.js';
import { characterAt, failure, tooDeep } from '../../source/fault.js';
import { MAX_FILE_BYTES } from '../../source/limits.js';
import { BYTE_ORDER_MARK } from '../../source/position.js';
import { type Places, TextSource } from '../../source/text-source.js';
import type { Location, ParseResult, PathStep, Span } from '../../source/types.js';
import { CALL_NAMES, CALLS } from './calls.js';
import { PythonEvaluator } from './evaluate.js';
import { type FoundCall, type Names, readNames } from './scopes.js';
import { Entries } from './values.js';

/** A call that was read, as it stands in the source's value. */
export interface ReadCall {
  /** Its place in the order of the text. */
  readonly number: number;
  /** The function in which it stands, or that it decorates. */
  readonly function: string | undefined;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/**
 * The value of a Python text: the calls that are read, by the name of what is called, and the texts that names are
 * bound to.
 */
export interface PythonValue {
  readonly calls: ReadonlyMap<ReadonlyRecord, ReadCall>;
}

type ReadonlyRecord = Readonly<Record<string, unknown>>;
