import { isMap, own, type PlainMap } from '../plain/map.js';
import { parseJsonSequence } from '../source/json-sequence.js';
import { parseAnything } from '../source/parse.js';
import type { Path, Source } from '../source/types.js';
import { answerOf, capitalized } from './api-answers.js';
import { apiDialect } from './api-dialect.js';
import {
  accountRegionOf,
  addApiObject,
  apiIdentity,
  apiKindOf,
  apiSpelling,
  isCall,
  isGatewaySummary,
} from './api-shapes.js';
import type { AccountRegion, FrontEnd, Lowered } from './front-end.js';
import { Lowering } from './lowering.js';
import { mayHavePlaceholders, withPlaceholders } from './request-placeholders.js';

/** How deep objects are looked for: `{ "gateways": [...] }`, a list of answers, those of accounts and their regions. */
const MAX_DEPTH = 12;

interface Found {
  readonly value: PlainMap;
  readonly origin: Path;
  /** Whether the source writes the names in it with a capital first. */
  readonly isCapitalized: boolean;
}

/**
 * JSON of the control-plane API: answers of the get calls and requests of the create and update calls, one, a list, a
 * map of lists, or one after the other.
 */
export const agentcoreApi: FrontEnd = {
  id: 'agentcore-api',
  parse: (file, text) => {
    const whole = parseAnything(file, text);
    return whole.ok ? whole : (parseJsonSequence(file, text) ?? whole);
  },
  lower(source: Source): Lowered | undefined {
    const value = mayHavePlaceholders(source.text) ? withPlaceholders(source.value) : source.value;
    const found = [...objects(value, [])];
    if (found.length === 0 && !isListAnswer(source.value)) return undefined;
    const lowering = new Lowering(apiDialect, apiSpelling);
    const accountRegions = new Map<string, AccountRegion | undefined>();
    for (const { value, origin } of distinct(found)) {
      const id = addApiObject(lowering, value, origin);
      if (id !== undefined) accountRegions.set(id, accountRegionOf(value));
    }
    const lowered = lowering.lowered();
    const capitals = new Set(
      found.flatMap(({ isCapitalized, origin }) => (isCapitalized ? keyOf(origin) : [])),
    );
    return {
      ...lowered,
      origin: (path) => asSpelled(lowered.origin(path), capitals),
      accountRegionOf: (logicalId) => accountRegions.get(logicalId),
    };
  },
};

/** The objects in a value, from the top down; what is within one is a part of it. */
function* objects(value: unknown, origin: Path): Generator<Found> {
  const answer = isMap(value) ? answerOf(value) : undefined;
  const described = answer?.value ?? value;
  if (isMap(described) && apiKindOf(described) !== undefined && !isOfModel(described)) {
    yield { value: described, origin, isCapitalized: answer?.isCapitalized === true };
  } else if (origin.length < MAX_DEPTH && typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      const step = Array.isArray(value) ? Number(key) : key;
      yield* objects(own(value, step), [...origin, step]);
    }
  }
}

/** What an object of the API says in a text, and a model of the API or a schema of its JSON in a map. */
const TEXTS = [
  'name',
  'gatewayId',
  'gatewayIdentifier',
  'gatewayArn',
  'credentialProviderVendor',
  'harnessName',
];

/** Whether a map says of each key what may stand there, and so is no object itself. */
function isOfModel(value: PlainMap): boolean {
  return TEXTS.some((key) => {
    const entry = own(value, key);
    return isMap(entry) && !isCall(entry);
  });
}

/** A path as the source spells it: below some objects with a capital first. */
function asSpelled(path: Path, capitals: ReadonlySet<string>): Path {
  for (let length = 0; length <= MAX_DEPTH && capitals.size > 0; length++) {
    const above = path.slice(0, length);
    if (capitals.has(keyOf(above))) return [...above, ...capitalized(path.slice(length))];
  }
  return path;
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}

/** Each thing once: what a list tells of a gateway gives way to the gateway itself. */
function distinct(found: readonly Found[]): Found[] {
  const byIdentity = new Map<string, Found>();
  found.forEach((object, index) => {
    const identity = apiIdentity(object.value) ?? `object ${index}`;
    const known = byIdentity.get(identity);
    if (known === undefined || (isGatewaySummary(known.value) && !isGatewaySummary(object.value))) {
      byIdentity.set(identity, object);
    }
  });
  return [...byIdentity.values()];
}

/** Whether it is the answer of a list call, which may be empty, and whose summaries may say nothing of credentials. */
function isListAnswer(value: unknown): boolean {
  if (!isMap(value)) return false;
  return Object.entries(LISTS).some(([key, required]) => {
    const list = own(value, key);
    if (!Array.isArray(list)) return false;
    return list.length === 0 ? key !== 'items' : list.every((item) => own(item, required) !== undefined);
  });
}

const LISTS = {
  credentialProviders: 'credentialProviderVendor',
  gateways: 'gatewayId',
  targets: 'targetId',
  items: 'targetId',
};
