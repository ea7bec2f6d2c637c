import { isMap, own, type PlainMap } from '../plain/map.js';
import type { Path, PathStep } from '../source/types.js';
import { FREE_KEYS, lowerFirst, upperFirst } from './api-shapes.js';

/** What only answers have: requests name things otherwise, and so do properties of templates. */
const ANSWERS: readonly (readonly string[])[] = [
  ['gatewayArn', 'targetId'],
  ['gatewayId', 'authorizerType'],
  ['oauth2ProviderConfigOutput'],
  ['harnessId', 'tools'],
];

/** An answer as the API gives it. */
export interface Answer {
  /** Without the entries that are null. */
  readonly value: PlainMap;
  /** Whether the source writes its names with a capital first. */
  readonly isCapitalized: boolean;
}

/**
 * An answer of the API, however a program has printed it: with null for what is not set, or, as the AWS Tools for
 * PowerShell do, with a capital first in each name and `{ "Value": "OAUTH" }` for a word of a list.
 * @returns undefined for what is no answer
 */
export function answerOf(value: PlainMap): Answer | undefined {
  if (ANSWERS.some((keys) => keys.every((key) => own(value, key) !== undefined)))
    return { value: plain(value) as PlainMap, isCapitalized: false };
  return ANSWERS.some((keys) => keys.every((key) => own(value, upperFirst(key)) !== undefined))
    ? { value: uncapitalized(value) as PlainMap, isCapitalized: true }
    : undefined;
}

/** A path into an answer as the source spells it whose names have a capital first. */
export function capitalized(path: Path): Path {
  const free = path.findIndex((step) => typeof step === 'string' && FREE_KEYS.has(step));
  return path.map((step: PathStep, index) =>
    typeof step === 'string' && (free < 0 || index <= free) ? upperFirst(step) : step,
  );
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== null)
      .map(([key, entry]) => [key, plain(entry)]),
  );
}

function uncapitalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(uncapitalized);
  if (!isMap(value)) return value;
  const word = own(value, 'Value');
  if (typeof word === 'string' && Object.keys(value).length === 1) return word;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== null)
      .map(([key, entry]) => {
        const name = lowerFirst(key);
        return [name, FREE_KEYS.has(name) ? entry : uncapitalized(entry)];
      }),
  );
}
